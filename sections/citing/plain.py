"""A citation in one line of plain text."""

from django.utils.formats import date_format
from django.utils.translation import gettext


def plain_citation(report, place=""):
    """The report's citation, such as "Report of Examplia, UN Doc. XXX/C/EXA/1 (2 May 2017), para. 3"."""
    document = gettext("UN Doc. %(symbol)s") % {"symbol": report.symbol}
    if day := report.date_distributed or report.date_received:
        document += f" ({date_format(day, gettext('j F Y'))})"
    # A title that does not say whose report it is gets the State party before it.
    names_state = report.state_party.casefold() in report.title.casefold()
    parts = [report.title] if names_state else [report.state_party, report.title]
    return ", ".join(part for part in (*parts, document, place) if part)
