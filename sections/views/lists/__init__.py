"""The lists of the pages as files. A new one is a function that gives its `Listing`, and a line in `sections.urls`:
an address beside the page with the name of the page's own and "-file". Formats and links follow.
"""
