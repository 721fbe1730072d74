"""What a view costs the site, as an attribute of it, so that `reportsite.rate_limits` knows no view by its name."""

from collections.abc import Callable

from sections.search.service import FILTERS

View = Callable


def narrowed_list(view: View) -> View:
    """A list that a request can narrow by filters, as a page or as a file."""
    view.counts_as = "list"
    return view


def reading(view: View) -> View:
    """A page to which lists lead, and that shows less without what the list was asked for."""
    view.counts_as, view.asked_by = "reading", ("q", *FILTERS)
    return view


def suggesting(view: View) -> View:
    """What is asked for at each letter that somebody types."""
    view.counts_as = "suggestions"
    return view


def open_form(view: View) -> View:
    """A form that anybody may send, and that says itself when there are too many."""
    view.counts_as = "form"
    return view
