"""A citation in one line of plain text."""


def plain_citation(report, place=""):
    """The report's citation, such as "Report of Examplia, UN Doc. XXX/C/EXA/1 (2 May 2017), para. 3"."""
    document = f"UN Doc. {report.symbol}"
    if day := report.date_distributed or report.date_received:
        document += f" ({day.day} {day:%B %Y})"
    # A title that does not say whose report it is gets the State party before it.
    names_state = report.state_party.casefold() in report.title.casefold()
    parts = [report.title] if names_state else [report.state_party, report.title]
    return ", ".join(part for part in (*parts, document, place) if part)
