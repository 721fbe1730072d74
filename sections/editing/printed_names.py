"""Which names the reports print. Nobody says so: the text of the reports does, read as the linking reads it."""

from collections.abc import Iterable

from sections.linking.names import KnownName, NameTree
from sections.models import Block, Change, Name, Report, changing, update_rows
from sections.search.service import reports_without_index, sections_with


def settle_printed(names: Iterable[Name] | None = None) -> None:
    """Sets `in_report` on these names, or on all, by what the reports print. Needs an index that is up to date."""
    rows = list(Name.objects.all() if names is None else names)
    printed = _printed(rows, reads_first=names is None)
    _mark([name for name in rows if name.in_report != (name.pk in printed)])


def settle_added(report: Report) -> None:
    """Sets `in_report` on the names that a report prints which was just added; reads no other report."""
    names = list(Name.objects.filter(in_report=False))
    printed = _found(names, Block.objects.filter(paragraph__report=report))
    _mark([name for name in names if name.pk in printed])


def _mark(wrong):
    for name in wrong:
        name.in_report = not name.in_report
    if wrong:
        with changing(Change.Kind.LINK):
            update_rows(wrong, ["in_report"])


def _printed(names, reads_first):
    """The keys of those names that stand in a report. Of many names, most stand in the report that is read first."""
    printed = set()
    whole = [*reports_without_index(), *([Report.objects.default()] if reads_first else [])]
    if whole and names:
        printed = _found(names, Block.objects.filter(paragraph__report__in=[report for report in whole if report]))
    for name in names:
        if name.pk not in printed and (sections := sections_with(name.text)):
            printed |= _found([name], Block.objects.filter(paragraph__section__in=sections))
    return printed


def _found(names, blocks):
    tree = NameTree(KnownName(name.text, name.pk, name.form == Name.Form.ACRONYM) for name in names)
    found = set()
    for text in blocks.order_by().values_list("text", flat=True).iterator(chunk_size=500):
        found.update(entry for span in tree.spans(text, 0) for entry in span.entries)
        if len(found) == len(names):
            break
    return found
