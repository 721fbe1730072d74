"""Paragraphs of any reports with their words, in the order in which somebody wants them."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q

from sections.models import Block, Paragraph

AT_ONCE = 40  # reports asked for in one query


def paragraphs_in_order(wanted: Sequence[tuple[str, int]]) -> list[Paragraph]:
    """The paragraphs of these symbols and numbers in this order, with report, section and blocks; others are left out.

    Two queries for each 40 reports.
    """
    numbers: dict[str, set[int]] = {}
    for symbol, number in wanted:
        numbers.setdefault(symbol, set()).add(number)
    symbols, found = list(numbers), {}
    blocks = Prefetch("blocks", Block.objects.select_related("table").order_by("position"))
    rows = Paragraph.objects.select_related("report", "section__convention_part").defer("source_text")
    for first in range(0, len(symbols), AT_ONCE):
        of_reports = (Q(report__symbol=each, number__in=numbers[each]) for each in symbols[first : first + AT_ONCE])
        condition = Q(*of_reports, _connector=Q.OR)
        for paragraph in rows.filter(condition).prefetch_related(blocks):
            found[paragraph.report.symbol, paragraph.number] = paragraph
    return [found[key] for key in wanted if key in found]
