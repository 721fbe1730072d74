"""One description of each thing that leaves the site: the API, the files beside pages and the exports share them.

A thing that the API gives is a serializer, so that its OpenAPI schema comes from the same lines as its values.
"""
