"""The lists of what stands beside the text: article links, notes, subjects of paragraphs, and the thesaurus."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.editing.thesaurus import check_line, check_phrases
from sections.models import ArticleLink, Note, Subjects, Synonym

from .columns import ArticleField, NumberField, ParagraphField, PhrasesField, YesNoField, key_columns
from .columns import text_columns as texts
from .lists import Errors, SpreadsheetList

MOST_NOTES = 1000  # of a paragraph
OF_PARAGRAPH = ("paragraph__report__symbol", "paragraph__number")
PARAGRAPH = gettext_lazy(
    "Number of the paragraph; of another report: its symbol, a space, the number. Cannot be changed."
)


class ArticleList(SpreadsheetList):
    """The articles of the Convention that paragraphs bear on."""

    key, title, model = "articles", gettext_lazy("Article links"), ArticleLink
    fields = {
        "paragraph": ParagraphField(help_text=PARAGRAPH),
        "article": ArticleField(help_text=gettext_lazy("Number of the article of the Convention. Cannot be changed.")),
        **key_columns(ArticleLink, "basis", "confidence"),
        **texts(ArticleLink, "reason"),
        **key_columns(ArticleLink, "review"),
    }
    fixed = ("paragraph", "article")
    related = ("paragraph__report", "article")
    order = (*OF_PARAGRAPH, "article__number")
    duplicate = ("article", gettext_lazy("The paragraph is linked to this article already. Change that row."))


class NoteList(SpreadsheetList):
    """The editors’ notes on paragraphs."""

    key, title, model = "notes", gettext_lazy("Notes"), Note
    fields = {
        "paragraph": ParagraphField(help_text=PARAGRAPH),
        "position": NumberField(
            least=1,
            most=MOST_NOTES,
            required=False,
            help_text=gettext_lazy("Order among the paragraph’s notes, from 1. A new note without one comes last."),
        ),
        "words": forms.CharField(
            required=False,
            max_length=300,
            help_text=gettext_lazy("The words that the note speaks of, as printed. May stay empty."),
        ),
        **texts(Note, "text"),
    }
    fixed, sources = ("paragraph",), {"words": "quote"}
    related, order = ("paragraph__report",), (*OF_PARAGRAPH, "position")
    duplicate = ("position", gettext_lazy("The paragraph has another note at this position."))

    def set_values(self, record: Note, values: dict[str, Any]) -> None:
        if "words" in values:
            values["quote"] = values.pop("words")
        if "position" in values and values["position"] is None:
            del values["position"]
            if record.pk:
                raise ValidationError({"position": _("The cell is empty. Write a number from 1.")})
        if not record.pk and "position" not in values and "paragraph" in values:
            last = Note.objects.filter(paragraph=values["paragraph"]).aggregate(last=Max("position"))["last"]
            values["position"] = (last or 0) + 1
        super().set_values(record, values)


class SubjectsList(SpreadsheetList):
    """In other words, what paragraphs are about."""

    key, title, model = "subjects", gettext_lazy("Subjects of paragraphs"), Subjects
    fields = {
        "paragraph": ParagraphField(help_text=PARAGRAPH),
        "phrases": PhrasesField(
            help_text=gettext_lazy("One a line of the cell, by Alt and Enter in Excel, Ctrl and Enter in LibreOffice.")
        ),
    }
    fixed, needed = ("paragraph",), ("phrases",)
    related, order = ("paragraph__report",), OF_PARAGRAPH
    duplicate = ("paragraph", gettext_lazy("The paragraph has subjects already. Change that row."))

    def title_of(self, record: Subjects) -> str:
        return str(record.paragraph) if record.paragraph_id else "?"

    def validate(self, record: Subjects, known: Iterable[str] = ()) -> Errors:
        """What the model has against a record, and phrases by which no search can find anything."""
        return super().validate(record, known) or refusals_of("phrases", check_phrases, record.phrases)


class ThesaurusList(SpreadsheetList):
    """Who searches for the term also finds what says it otherwise."""

    key, title, model = "thesaurus", gettext_lazy("Thesaurus"), Synonym
    fields = {
        **texts(Synonym, "term", "says"),
        "both_ways": YesNoField(help_text=gettext_lazy("yes, if the second also finds the first")),
        **texts(Synonym, "note"),
    }
    order = ("term", "says")
    duplicate = ("term", gettext_lazy("The thesaurus has this line already."))

    def validate(self, record: Synonym, known: Iterable[str] = ()) -> Errors:
        """What the model has against a line, and why it would do nothing."""
        return super().validate(record, known) or refusals_of("says", check_line, record)


def refusals_of(column: str, check: Callable[[Any], None], value: Any) -> Errors:
    """What a check says against a value, by column: that of the message, else the given one."""
    try:
        check(value)
    except ValidationError as error:
        return error.message_dict if hasattr(error, "error_dict") else {column: error.messages}
    return {}
