"""What readers call the fields of a record."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

LABELS = {
    "name": _("Name"),
    "text": _("Text"),
    "slug": _("Address"),
    "kind": _("Kind"),
    "type": _("List"),
    "description": _("Description"),
    "description_paragraph_id": _("Described in paragraph"),
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
    "surface": _("Words"),
    "value": _("Value"),
    "bound": _("How exact"),
    "unit": _("Unit"),
    "what": _("Subject"),
    "period": _("Period"),
    "first_year": _("First year"),
    "last_year": _("Last year"),
    "first": _("First day"),
    "last": _("Last day"),
    "precision": _("How exact"),
    "sense": _("What the date means"),
    "understood": _("Why this year"),
    "place_id": _("Place"),
    "block_id": _("Paragraph"),
    "start": _("First letter"),
    "end": _("Last letter"),
    "names": _("Names in texts"),
    "within_id": _("Lies in"),
    "code": _("Code"),
    "row": _("Row on the map"),
    "column": _("Column on the map"),
    "total_id": _("Total"),
    "whole_id": _("Whole"),
    "figure_id": _("Figure"),
    "checked_sum_id": _("Checked sum"),
    "counted": _("Things listed"),
    "terms": _("The treaty’s own words"),
    "subject": _("Caption"),
    "number": _("Number"),
    "label": _("Number as printed"),
    "part_id": _("Part of the Convention"),
    "convention_part_id": _("Part of the Convention"),
    "roman": _("Number of the part"),
    "first_article": _("First article"),
    "last_article": _("Last article"),
    "acronym": _("Acronym"),
    "state_party": _("State party"),
    "treaty_body": _("Treaty body"),
    "treaty_body_acronym": _("Acronym of the treaty body"),
    "short_treaty_body": _("Short name of the treaty body"),
    "procedure": _("Procedure"),
    "due_year": _("Due in"),
    "date_received": _("Received on"),
    "date_distributed": _("Distributed on"),
    "original_language": _("Original language"),
    "list_of_issues": _("List of issues"),
    "list_of_issues_date": _("Date of the list of issues"),
    "considered": _("Considered by the Committee"),
    "source_sha256": _("SHA-256 of the file"),
    "source_document": _("Official document"),
    "source_obtained": _("How it was obtained"),
    "source_conversion": _("How it became text"),
    "source_compared": _("Compared with the official document"),
    "source_limits": _("What the text lacks"),
    "is_default": _("Default report"),
    "recovered": _("Recovered"),
    "evidence": _("Evidence"),
    "verified": _("Verified"),
}
# Of records whose columns mean something else than those of others.
LABELS_OF = {
    "entry.description": _("In one line"),
    "replysubject.text": _("Subject"),
    "note.text": _("Note"),
    "datedevent.what": _("What happened"),
    "checkedsum.what": _("What is added up"),
    "placemention.place_id": _("Place"),
    "table.source": _("Source"),
}


def own_label(model: type[Model], column: str) -> Promise | None:
    """The words for a column of a model, in the language in which they are shown; None where it has none."""
    return LABELS_OF.get(f"{model._meta.concrete_model._meta.model_name}.{column}") or LABELS.get(column)


def label_of(model: type[Model], column: str) -> str:
    """The label of a column; its name in the code, in plain words, where it has none of its own."""
    if (label := own_label(model, column)) is not None:
        return str(label)
    try:
        return capfirst(str(model._meta.get_field(column).verbose_name))
    except FieldDoesNotExist:
        return capfirst(column.removesuffix("_id").replace("_", " "))
