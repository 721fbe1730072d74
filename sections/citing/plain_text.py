"""Plain text: a citation in one line, and a paragraph with its citation, to be pasted anywhere."""

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.exports import FileFormat
from sections.models import Block, Paragraph, Report


def plain_citation(report: Report, place: str = "") -> str:
    """The report's citation, such as "Report of Examplia, UN Doc. XXX/C/EXA/1 (2 May 2017), para. 3"."""
    document = gettext("UN Doc. %(symbol)s") % {"symbol": report.symbol}
    if day := report.date_distributed or report.date_received:
        document += f" ({date_format(day, gettext('j F Y'))})"
    # A title that does not say whose report it is gets the State party before it.
    names_state = report.state_party.casefold() in report.title.casefold()
    parts = [report.title] if names_state else [report.state_party, report.title]
    return ", ".join(part for part in (*parts, document, place) if part)


def paragraph_as_text(paragraph: Paragraph, place: str, address: str) -> str:
    """The paragraph's number and words, its notes, its citation and its address, in lines of plain text."""
    blocks = list(paragraph.blocks.all())
    body = [_line(block) for block in blocks if block.kind != "footnote"]
    notes = [f"Note {block.label}: {block.text}" for block in blocks if block.kind == "footnote"]
    first, *rest = body or [""]
    lines = [f"{paragraph.number}. {first}".rstrip(), *rest]
    if notes:
        lines += ["", *notes]
    return "\n".join([*lines, "", f"{plain_citation(paragraph.report, place)}.", address, ""])


def _line(block: Block) -> str:
    indent = "    " * max(block.level, 0)
    return f"{indent}{block.label} {block.text}" if block.label else f"{indent}{block.text}"


PLAIN_TEXT = FileFormat("txt", _("plain text"), "text/plain; charset=utf-8", paragraph_as_text, attachment=False)
