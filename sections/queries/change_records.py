"""The records that rows of history speak of, fetched together: entries, paragraphs, articles, reports, replies."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from sections.models import (
    Addend,
    BackReference,
    Block,
    CheckedSum,
    Convention,
    ConventionArticle,
    ConventionPart,
    Entry,
    Figure,
    Paragraph,
    Place,
    Report,
    Section,
)
from sections.models.history import FormerRow

ENTRIES = ("entry_id", "source_id", "target_id")
PARAGRAPHS = ("paragraph_id", "description_paragraph_id")
# Records with an address of their own, to which no other row of history belongs.
ALONE = (BackReference, CheckedSum, Convention, ConventionArticle, ConventionPart, Place, Report)


class ChangeRecords:
    """What rows of history, and those before them, refer to, by key; of deleted entries the last name."""

    def __init__(self, rows: Iterable[FormerRow]) -> None:
        rows = [each for row in rows for each in (row, row.before) if each]

        def keys(*columns: str) -> set[int]:
            return {getattr(row, column, None) for row in rows for column in columns} - {None}

        entry_keys = keys(*ENTRIES) | {row.id for row in rows if row.instance_type is Entry}
        self.entries = Entry.objects.in_bulk(entry_keys)
        deleted = Entry.history.filter(id__in=entry_keys - self.entries.keys()).order_by("history_id")
        rows_of_deleted = list(deleted.values_list("id", "name", "type"))
        self.deleted_entries = {key: name for key, name, _ in rows_of_deleted}
        self.deleted_types = {key: type for key, _, type in rows_of_deleted}
        blocks = Block.objects.filter(pk__in=keys("block_id")).order_by()
        self.paragraph_of_block = dict(blocks.values_list("pk", "paragraph_id"))
        paragraphs = Paragraph.objects.select_related("report").defer("source_text")
        self.paragraphs = paragraphs.in_bulk(keys(*PARAGRAPHS) | set(self.paragraph_of_block.values()))
        self.articles = ConventionArticle.objects.in_bulk(keys("article_id"))
        self.reports = Report.objects.in_bulk(keys("report_id"))
        self.sections = Section.objects.select_related("report", "reply_subject").in_bulk(keys("section_id"))
        sums = keys("checked_sum_id")
        self.figures, self.sums = _words_of(Figure, keys("figure_id")), _words_of(CheckedSum, sums)
        alone = defaultdict(set, {CheckedSum: sums} if sums else {})
        for row in rows:
            if row.instance_type in ALONE:
                alone[row.instance_type].add(row.id)
        self.alone = {model: model.objects.in_bulk(keys) for model, keys in alone.items()}

    def record_alone(self, row: FormerRow) -> Model | None:
        """The record that a row of history is of, or the sum, where it has an address of its own and is still there."""
        if row.instance_type is Addend:
            return self.alone[CheckedSum].get(row.checked_sum_id)
        return self.alone.get(row.instance_type, {}).get(row.id)

    def paragraph_number(self, block: int) -> int | None:
        """The number of the paragraph that holds a block; None where the block is gone."""
        paragraph = self.paragraphs.get(self.paragraph_of_block.get(block))
        return paragraph.number if paragraph else None


def _words_of(model, keys):
    """The records with these keys in words; deleted ones as they were last."""
    words = {key: str(record) for key, record in model.objects.in_bulk(keys).items()}
    deleted = model.history.filter(id__in=keys - words.keys()).order_by("history_id") if keys - words.keys() else ()
    return words | {former.id: former.words for former in deleted}


def related_words(row: FormerRow, column: str) -> str:
    """The record to which a column of another kind leads, in words; "–" for one that no longer exists."""
    try:
        return str(getattr(row, column.removesuffix("_id")))
    except ObjectDoesNotExist:
        return "–"


def leads_elsewhere(row: FormerRow, column: str) -> bool:
    """Whether a column holds the key of another record."""
    return row.instance_type._meta.get_field(column.removesuffix("_id")).is_relation if column != "id" else False
