"""The figures of a sum: which ones it can have, how they are stored, and what an editor is told of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from sections.figures import NEEDED, Sum
from sections.models import Addend, CheckedSum, Figure, Paragraph, create_rows, delete_rows
from sections.presenters.sums import in_signs, outcome_sentence


def next_position(paragraph: Paragraph) -> int:
    """The position of a new sum: behind the others of the paragraph."""
    return (paragraph.sums.aggregate(last=Max("position"))["last"] or 0) + 1


def check_results(checked: CheckedSum) -> None:
    """Raises ValidationError, by field, where the total or the whole stands in another report than the sum."""
    results = {name: getattr(checked, name) for name in ("total", "whole") if getattr(checked, name)}
    faults = {name: _of_another_report(checked, figure) for name, figure in results.items()}
    if any(faults.values()):
        raise ValidationError({name: words for name, words in faults.items() if words})


def check_number(checked: CheckedSum, number: int) -> None:
    """Raises ValidationError where a check of this kind needs another number of addends."""
    if "addends" in NEEDED.get(checked.kind, ()) and not number:
        checked.refuse_missing(["addends"])
    if checked.kind == Sum.SAME and number > 1:
        raise ValidationError(_("A number that is given twice is compared with one figure. Choose only one."))


def refused_addends(checked: CheckedSum, figures: Sequence[Figure]) -> dict[int, str]:
    """Why figures cannot be the addends of the sum, by the key of the figure."""
    faults = {figure.pk: _of_another_report(checked, figure) for figure in figures}
    used = [getattr(checked, name) for name in NEEDED.get(checked.kind, ()) if name in ("total", "whole")]
    for figure, count in Counter(figures).items():
        if count > 1:
            faults[figure.pk] = _("“%(figure)s” is chosen twice. Remove one of the two.") % {"figure": figure}
        elif figure in used:
            words = _("“%(figure)s” is the total or the whole of this sum already. Choose another figure.")
            faults[figure.pk] = words % {"figure": figure}
    for figure in _made_of_total(checked, figures):
        words = _("“%(figure)s” is itself a sum to which “%(total)s” belongs. Choose another figure.")
        faults[figure.pk] = words % {"figure": figure, "total": checked.total}
    return {key: words for key, words in faults.items() if words}


def _of_another_report(checked, figure):
    report = figure.paragraph.report
    if report == checked.paragraph.report:
        return ""
    words = _("“%(figure)s” stands in another report, %(symbol)s. Choose a figure of the same report.")
    return words % {"figure": figure, "symbol": report.symbol}


def _made_of_total(checked, figures):
    """The figures to which the total of the sum belongs, by way of other sums: it would be a part of itself."""
    if checked.kind != Sum.SUM or checked.total_id is None:
        return
    parts = defaultdict(set)
    rows = Addend.objects.of(checked.paragraph.report).filter(checked_sum__kind=Sum.SUM)
    for total, figure in rows.exclude(checked_sum=checked.pk).values_list("checked_sum__total", "figure"):
        parts[total].add(figure)
    for figure in figures:
        found, left = set(), {figure.pk}
        while left:
            left = set.union(*(parts[key] for key in left)) - found
            found |= left
        if checked.total_id in found:
            yield figure


def store_addends(checked: CheckedSum, figures: Iterable[Figure]) -> None:
    """Gives a stored sum these addends and no others."""
    wanted = {figure.pk: figure for figure in figures}
    stored = {row.figure_id: row for row in Addend.objects.filter(checked_sum=checked)}
    delete_rows([row for key, row in stored.items() if key not in wanted])
    create_rows([Addend(checked_sum=checked, figure=figure) for key, figure in wanted.items() if key not in stored])


def remarks_on(checked: CheckedSum) -> list[str]:
    """What an editor should know of a stored sum: that its numbers do not agree, that readers do not see it."""
    outcome = checked.outcome
    remarks = [] if outcome.agrees else [*filter(None, [in_signs(outcome.signs)]), outcome_sentence(outcome)]
    figures = [*checked.addends.all(), *filter(None, (checked.total, checked.whole))]
    for figure in dict.fromkeys(figure for figure in figures if not figure.is_shown):
        words = _("An editor rejected the figure “%(figure)s”, so readers do not see this sum.")
        remarks.append(words % {"figure": figure})
    return remarks
