"""What readers call the fields of a record."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

LABELS = {
    "name": _("Name"),
    "text": _("Text"),
    "slug": _("Address"),
    "kind": _("Kind"),
    "type": _("List"),
    "description": _("Description"),
    "description_paragraph_id": _("Description from"),
    "start_year": _("First year"),
    "end_year": _("Last year"),
    "language": _("Language"),
    "form": _("Form"),
    "in_report": _("Is in the report"),
    "paragraphs": _("Paragraphs"),
    "paragraph_id": _("Paragraph"),
    "article_id": _("Article"),
    "entry_id": _("Entry"),
    "report_id": _("Report"),
    "source_id": _("From"),
    "target_id": _("To"),
    "rule": _("Rule"),
    "quote": _("Words of the report"),
    "position": _("Position"),
    "phrases": _("Search terms"),
    "term": _("Search term"),
    "says": _("Words of the report"),
    "both_ways": _("Works both ways"),
    "note": _("Note"),
    "basis": _("Why it is linked"),
    "confidence": _("How directly"),
    "reason": _("Reason"),
    "review": _("Review"),
    "translations": _("In other languages"),
    "section_id": _("Reply"),
    "symbol": _("Symbol"),
    "title": _("Title"),
    "date": _("Date"),
    "languages": _("Languages"),
    "address": _("Address"),
    "read_by": _("Read by"),
    "read_on": _("Read on"),
    "articles": _("Articles"),
    "loaded": _("Loaded on"),
    "source_name": _("File"),
}


def label_of(model: type[Model], column: str) -> str:
    """The label of a column; its name in the code, in plain words, where it has none of its own."""
    if column in LABELS:
        return str(LABELS[column])
    try:
        return capfirst(str(model._meta.get_field(column).verbose_name))
    except FieldDoesNotExist:
        return capfirst(column.removesuffix("_id").replace("_", " "))
