"""What an action touches, in words, before it is done: of each kind of record a count and examples with their text.

The action is carried out and rolled back: what the page says is what will happen.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from sections.models import (
    Addend,
    ArticleLink,
    Change,
    CheckedSum,
    ConventionArticle,
    ConventionText,
    DatedEvent,
    Entry,
    Figure,
    Mention,
    Name,
    Note,
    PlaceMention,
    RelatedDocument,
    Relation,
    ReplySubject,
    ShortForm,
    Silence,
    Subjects,
    Synonym,
)
from sections.models.history import FormerRow
from sections.queries.changes import rows_of
from sections.queries.excerpts import Excerpt, excerpts, openings

from .net_changes import NetRow, net_rows

EXAMPLES = 6  # of each kind
LONGEST = 160  # characters of a value
SAME_FOR_ALL = {"review", "basis", "confidence"}  # few values: rows are grouped by the change from one to another

COUNTED = {
    Entry: ngettext_lazy("%(count)s entry", "%(count)s entries", "count"),
    Name: ngettext_lazy("%(count)s name", "%(count)s names", "count"),
    ShortForm: ngettext_lazy("%(count)s short form", "%(count)s short forms", "count"),
    Relation: ngettext_lazy("%(count)s relation", "%(count)s relations", "count"),
    Mention: ngettext_lazy("%(count)s link to an entry", "%(count)s links to entries", "count"),
    ArticleLink: ngettext_lazy("%(count)s link to an article", "%(count)s links to articles", "count"),
    Note: ngettext_lazy("%(count)s note", "%(count)s notes", "count"),
    Subjects: ngettext_lazy("subjects of %(count)s paragraph", "subjects of %(count)s paragraphs", "count"),
    ReplySubject: ngettext_lazy("subject of %(count)s reply", "subjects of %(count)s replies", "count"),
    Synonym: ngettext_lazy("%(count)s line of the thesaurus", "%(count)s lines of the thesaurus", "count"),
    RelatedDocument: ngettext_lazy("%(count)s related document", "%(count)s related documents", "count"),
    ConventionText: ngettext_lazy("%(count)s text of the Convention", "%(count)s texts of the Convention", "count"),
    Silence: ngettext_lazy("%(count)s article found silent", "%(count)s articles found silent", "count"),
    Figure: ngettext_lazy("%(count)s figure", "%(count)s figures", "count"),
    CheckedSum: ngettext_lazy("%(count)s checked sum", "%(count)s checked sums", "count"),
    Addend: ngettext_lazy("%(count)s figure of a sum", "%(count)s figures of sums", "count"),
    DatedEvent: ngettext_lazy("%(count)s date", "%(count)s dates", "count"),
    PlaceMention: ngettext_lazy("%(count)s named place", "%(count)s named places", "count"),
    ConventionArticle: ngettext_lazy("caption of %(count)s article", "captions of %(count)s articles", "count"),
}
ACTIONS = {
    "added": pgettext_lazy("to records", "added"),
    "changed": pgettext_lazy("to records", "changed"),
    "removed": pgettext_lazy("to records", "removed"),
}
LABELS = {"review": gettext_lazy("state")}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its words before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Example:
    """One record: what it is called, where it stands with the words there, and the fields that change."""

    name: str
    excerpt: Excerpt | None
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """Records of one kind to which the same happens: their number, what happens, and some of them."""

    model: type[Model]
    action: str
    fields: tuple[FieldChange, ...]  # that change alike in all of them
    examples: tuple[Example, ...]
    count: int

    @property
    def counted(self) -> str:
        """Their number in words."""
        return counted(self.model, self.count)

    @property
    def rest(self) -> int:
        """The number of those that are no examples."""
        return self.count - len(self.examples)


class _RolledBack(Exception):
    """Ends a rehearsal."""


def rehearse(
    action: Callable[[], Change], stays_if: Callable[[list[Touched]], bool] = lambda touched: False
) -> tuple[list[Touched], bool]:
    """What the action touches, and whether it stays done: only if `stays_if` says so of what it touches.

    Whatever the action raises, the caller gets.
    """
    touched: list[Touched] = []
    try:
        with transaction.atomic():
            touched += touched_by(action())
            if not stays_if(touched):
                raise _RolledBack
    except _RolledBack:
        return touched, False
    return touched, True


def touched_by(change: Change) -> list[Touched]:
    """What a change touched, in groups, those of the most records first."""
    groups: dict[tuple, list[NetRow]] = {}
    for row in net_rows(rows_of([change])[change.pk] if change.pk else ()):
        same = tuple(_fields(row, lambda field: field.name in SAME_FOR_ALL))
        other = tuple(name for name in row.columns if name not in SAME_FOR_ALL) if row.action == "changed" else ()
        groups.setdefault((row.last.instance_type, row.action, same, other), []).append(row)
    shown = [row for rows in groups.values() for row in rows[:EXAMPLES]]
    records = _Records(shown)
    touched = []
    for (model, action, same, _other), rows in groups.items():
        examples = tuple(map(records.example, rows[:EXAMPLES]))
        touched.append(Touched(model, str(ACTIONS[action]), same, examples, len(rows)))
    return sorted(touched, key=lambda group: -group.count)


def counted(model: type[Model], count: int) -> str:
    """A number of records of a model in words: "388 links to articles"."""
    words: Promise | None = COUNTED.get(model)
    if words is None:
        return f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"
    return words % {"count": count}


class _Records:
    """The places and the texts of rows, fetched together."""

    def __init__(self, rows: list[NetRow]) -> None:
        rows = [row.shown for row in rows]
        self.places = excerpts(_span(row) for row in rows if hasattr(row, "surface"))
        self.paragraphs = openings({row.paragraph_id for row in rows if hasattr(row, "paragraph_id")} - {None})

    def example(self, row: NetRow) -> Example:
        shown = row.shown
        if hasattr(shown, "surface"):
            excerpt = self.places.get(_span(shown))
        else:
            excerpt = self.paragraphs.get(getattr(shown, "paragraph_id", None))
        return Example(_name(shown), excerpt, tuple(_fields(row, lambda field: field.name not in SAME_FOR_ALL)))


def _span(row):
    return row.block_id, row.start, row.end


def _name(row):
    """What a row is called; an article with its caption."""
    if row.instance_type is ArticleLink and (article := ConventionArticle.objects.filter(pk=row.article_id).first()):
        return f"{article}, {article.translated('subject')}"
    return row.words


def _fields(row, wanted):
    """What changes in a row, field by field; nothing of one that is added or removed."""
    if row.action != "changed":
        return
    for field in row.last.instance_type._meta.concrete_fields:
        if field.attname in row.columns and wanted(field):
            label = LABELS.get(field.name) or field.verbose_name
            yield FieldChange(str(label), _words(row.was, field), _words(row.left, field))


def _words(row: FormerRow, field: Field) -> str:
    """The value of a field in words."""
    value = getattr(row, field.attname)
    if value is None or value == "" or value == []:
        return _("nothing")
    if field.is_relation:
        return _record(field.related_model, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    display = getattr(row, f"get_{field.name}_display", None)
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(display() if display else value)
    return f"{words[:LONGEST]}…" if len(words) > LONGEST else words


def _record(model, key):
    """The name of a record; of a deleted one the last."""
    if record := model._base_manager.filter(pk=key).first():
        return str(record)
    former = model.history.filter(id=key).order_by("-history_id").first() if hasattr(model, "history") else None
    return former.words if former else _("a deleted record")
