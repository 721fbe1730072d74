"""The list of sums that are checked. Figures are named as `7: 1 200`: number of the paragraph, words as printed."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.editing.records import place_of, which_of
from sections.editing.sums import check_number, check_results, next_position, refused_addends, store_addends
from sections.models import CheckedSum, Figure, Review
from sections.text.whole_numbers import whole_number

from .columns import NumberField, ParagraphField, key_columns
from .columns import text_columns as texts
from .lists import Errors, SpreadsheetList
from .text_lists import OF_PARAGRAPH, PARAGRAPH, refusals_of

# 7: 1 200 · 7 (2): 1 200, which is the second place of these words · CMW/C/MEX/3 7: 1 200
NAMED_FIGURE = re.compile(r"(?P<paragraph>[^:(]+?)\s*(?:\((?P<which>\d+)\))?\s*:\s*(?P<words>.+)")
MOST_WHICH = 999
MOST_COUNTED = 32_767


class FigureField(forms.Field):
    """A recorded figure, by its paragraph and its words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.paragraphs = ParagraphField()

    def to_python(self, value: str) -> Figure | None:
        if not value:
            return None
        found = NAMED_FIGURE.fullmatch(value)
        which = found and whole_number(found["which"] or "1", MOST_WHICH)
        if not which:
            words = _("“%(text)s” names no figure. Write the paragraph, a colon, and the words, like this: 7: 1 200.")
            raise ValidationError(words % {"text": value[:60]})
        paragraph = self.paragraphs.clean(found["paragraph"])
        try:
            block, start = place_of(found["words"], paragraph, which)
        except ValidationError as fault:
            raise ValidationError(fault.messages) from fault
        figure = Figure.objects.filter(block=block, start=start, surface=found["words"]).first()
        if figure is None:
            words = _("“%(text)s” is no recorded figure. Record it in the list of figures first.")
            raise ValidationError(words % {"text": value[:60]})
        return figure

    def prepare_value(self, value: Figure | None) -> str:
        if value is None:
            return ""
        which = which_of(value)
        place = self.paragraphs.prepare_value(value.paragraph)
        return f"{place}{f' ({which})' if which > 1 else ''}: {value.surface}"


class FiguresField(FigureField):
    """Several figures, with semicolons between them."""

    def to_python(self, value: str) -> list[Figure]:
        return [super(FiguresField, self).to_python(part.strip()) for part in value.split(";") if part.strip()]

    def prepare_value(self, value: list[Figure]) -> str:
        return "; ".join(super(FiguresField, self).prepare_value(figure) for figure in value)


class SumList(SpreadsheetList):
    """Sums that are checked. A row that says something new counts as confirmed, unless it says otherwise."""

    key, title, model = "sums", gettext_lazy("Checked sums"), CheckedSum
    fields = {
        "paragraph": ParagraphField(help_text=PARAGRAPH),
        **key_columns(CheckedSum, "kind"),
        **texts(CheckedSum, "what"),
        "addends": FiguresField(
            help_text=gettext_lazy("The figures that are added up, like this: 7: 1 200; 7: 1 300; 8 (2): 40.")
        ),
        "total": FigureField(help_text=gettext_lazy("The figure that is the result, like this: 7: 2 500.")),
        "whole": FigureField(help_text=gettext_lazy("For a share: the figure that is the whole.")),
        "counted": NumberField(
            most=MOST_COUNTED, required=False, help_text=gettext_lazy("Things that the text lists.")
        ),
        **texts(CheckedSum, "note"),
        **key_columns(CheckedSum, "review"),
    }
    fixed, needed, sources = ("paragraph",), ("kind", "what"), {"addends": "figures"}
    related = ("paragraph__report", "total__block__paragraph__report", "whole__block__paragraph__report")
    order = (*OF_PARAGRAPH, "position")
    duplicate = ("what", gettext_lazy("The paragraph has this sum already. Change that row."))

    def cells(self, record: CheckedSum) -> dict[str, str]:
        _figures_of(record)
        return super().cells(record)

    def set_values(self, record: CheckedSum, values: dict[str, Any]) -> None:
        values = {self.sources.get(column, column): value for column, value in values.items()}
        if record.pk is None and "paragraph" in values:
            record.position = next_position(values["paragraph"])
        super().set_values(record, values)
        if values and "review" not in values and record.review == Review.UNREVIEWED:
            record.review = Review.CONFIRMED

    def validate(self, record: CheckedSum, known: Iterable[str] = ()) -> Errors:
        """What the model has against a sum, and why it cannot have these figures."""
        errors = super().validate(record, {*known, "position"})
        if errors or known or record.paragraph_id is None:
            return errors
        figures = _figures_of(record)
        if refused := refused_addends(record, figures):
            errors["addends"] = list(refused.values())
        errors |= refusals_of("total", check_results, record)
        return errors | refusals_of("addends", lambda count: check_number(record, count), len(figures))

    def save(self, record: CheckedSum, **options: Any) -> None:
        figures = _figures_of(record)
        super().save(record, **options)
        store_addends(record, figures)

    def title_of(self, record: CheckedSum) -> str:
        return f"“{record.what}”, {record.paragraph}" if record.paragraph_id else "?"


def _figures_of(record):
    """The addends of a row: those that its file names, else those that are stored."""
    if "figures" not in vars(record):
        record.figures = list(record.addends.with_places().in_order()) if record.pk else []
    return record.figures
