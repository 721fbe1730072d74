"""Paragraphs of any reports with their words, in the order in which somebody wants them."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Prefetch, Q, QuerySet

from sections.models import Block, Paragraph

AT_ONCE = 40  # reports asked for in one query
Key = tuple[str, int]  # a paragraph: the symbol of its report and its number


def existing(wanted: Iterable[Key]) -> set[Key]:
    """Those of these paragraphs that there are; a query for each 40 reports."""
    asked = _asked_for(Paragraph.objects.all(), wanted)
    return {key for rows in asked for key in rows.values_list("report__symbol", "number")}


def paragraphs_in_order(wanted: Sequence[Key]) -> list[Paragraph]:
    """The paragraphs of these symbols and numbers in this order, with report, section and blocks; others are left out.

    Two queries for each 40 reports.
    """
    blocks = Prefetch("blocks", Block.objects.select_related("table").order_by("position"))
    rows = Paragraph.objects.select_related("report", "section__convention_part").defer("source_text")
    asked = (paragraph for some in _asked_for(rows.prefetch_related(blocks), wanted) for paragraph in some)
    found = {(paragraph.report.symbol, paragraph.number): paragraph for paragraph in asked}
    return [found[key] for key in wanted if key in found]


def _asked_for(rows: QuerySet[Paragraph], wanted: Iterable[Key]) -> Iterator[QuerySet[Paragraph]]:
    """The rows of these paragraphs, those of 40 reports at once."""
    numbers: dict[str, set[int]] = {}
    for symbol, number in wanted:
        numbers.setdefault(symbol, set()).add(number)
    symbols = list(numbers)
    for first in range(0, len(symbols), AT_ONCE):
        of_reports = (Q(report__symbol=each, number__in=numbers[each]) for each in symbols[first : first + AT_ONCE])
        yield rows.filter(Q(*of_reports, _connector=Q.OR))
