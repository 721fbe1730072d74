"""Replaces the stored text of a report: what stays keeps its row, and with it every link laid over it."""

from dataclasses import dataclass, field

from django.db.models import F, Prefetch

from sections.models import Block, Footnote, Mention, Reference, Report, ShortForm, Table

from .build import Instances
from .parse.matching import nearest_place, same_paragraphs

OUT_OF_THE_WAY = 1_000_000_000  # added to old numbers, so that new ones never clash with them


@dataclass
class Replacement:
    """What a new text does to the links on the old one; `lost` names those that a person decided on, in words."""

    kept: int = 0  # mentions in their place
    moved: int = 0
    gone: int = 0
    lost: list[str] = field(default_factory=list)


def replace(report: Report, instances: Instances) -> Replacement:
    """Saves the new rows over the stored ones; the caller holds the transaction, and rolls it back if links are lost.

    A mention goes with its words within its paragraph. One whose words are gone is removed; linking finds anew what
    names the text holds.
    """
    outcome = Replacement()
    old = _stored_paragraphs(report)
    mentions = list(Mention.objects.filter(block__paragraph__report=report).select_related("block__paragraph"))
    _clear(report)
    _keep_keys(instances, report, old)
    _save_kept(instances)
    instances.save()
    _remove_rest(report, instances, outcome)
    _place_mentions(mentions, instances, outcome)
    return outcome


def _stored_paragraphs(report):
    bodies = Prefetch("blocks", Block.objects.order_by("position"))
    return list(report.paragraphs.order_by("number").prefetch_related(bodies))


def _clear(report):
    """Deletes what is written anew: nothing else points to these rows."""
    mentions = Mention.objects.filter(block__paragraph__report=report)
    mentions._raw_delete(mentions.db)  # they come back under their keys; changes are recorded at the end
    Reference.objects.filter(block__paragraph__report=report).delete()
    Footnote.objects.filter(report=report).delete()
    Table.objects.filter(report=report).delete()
    report.abbreviations.all().delete()
    report.paragraphs.update(number=F("number") + OUT_OF_THE_WAY)


def _keep_keys(instances, report, old):
    """Gives each new row the key of the old row that it takes the place of."""
    keys = dict(report.sections.values_list("key", "pk"))
    for section in instances.sections:
        section.pk = keys.get(section.key)
    texts: dict[int, list[Block]] = {}
    for block in instances.blocks:
        texts.setdefault(block.paragraph.number, []).append(block)
    by_number = {paragraph.number: paragraph for paragraph in old}
    same = same_paragraphs(
        [(paragraph.number, _words(paragraph.blocks.all())) for paragraph in old],
        [(paragraph.number, _words(texts.get(paragraph.number, ()))) for paragraph in instances.paragraphs],
    )
    for paragraph in instances.paragraphs:
        before = by_number.get(same.get(paragraph.number))
        if before is None:
            continue
        paragraph.pk = before.pk
        for new, stored in zip(texts[paragraph.number], before.blocks.all(), strict=False):
            new.pk = stored.pk
    _move_short_forms(report, {before: after for after, before in same.items()})


def _save_kept(instances):
    """Writes the new content into the rows that stay; what is left in `instances` is new."""
    instances.report.save()
    for section in instances.sections:
        section.save()
    for rows in (instances.paragraphs, instances.blocks):
        for row in rows:
            if row.pk:
                row.save()


def _move_short_forms(report, moved):
    for form in ShortForm.objects.filter(report=report):
        form.paragraphs = sorted(moved[number] for number in form.paragraphs if number in moved)
        form.save()


def _words(blocks):
    return "\n".join(block.text for block in blocks)


def _remove_rest(report, instances, outcome):
    """Removes old rows that nothing took the place of; names the article links that go with them."""
    rest = report.paragraphs.exclude(pk__in=[paragraph.pk for paragraph in instances.paragraphs])
    for paragraph in rest.prefetch_related("article_links__article", "editors_notes", "subjects"):
        number = paragraph.number - OUT_OF_THE_WAY
        for link in paragraph.article_links.all():
            outcome.lost.append(f"paragraph {number}, {link.article}: the paragraph is gone")
        for note in paragraph.editors_notes.all():
            outcome.lost.append(f"paragraph {number}, editors’ note “{note}”: the paragraph is gone")
        if hasattr(paragraph, "subjects"):
            outcome.lost.append(f"paragraph {number}, subjects “{paragraph.subjects}”: the paragraph is gone")
    Block.objects.filter(paragraph__report=report).exclude(pk__in=[block.pk for block in instances.blocks]).delete()
    rest.delete()
    report.sections.exclude(pk__in=[section.pk for section in instances.sections]).delete()


def _place_mentions(mentions, instances, outcome):
    """Lays the old mentions over the new text: first those that stay in place, then those that a person decided on."""
    blocks: dict[int, list[Block]] = {}
    for block in instances.blocks:
        blocks.setdefault(block.paragraph_id, []).append(block)
    taken: dict[int, list] = {}
    laid = []
    for mention in sorted(mentions, key=lambda mention: (not _stays(mention, blocks), not mention.is_decided)):
        here = blocks.get(mention.block.paragraph_id, [])
        occupied = taken.setdefault(mention.block.paragraph_id, [])
        at = (mention.block.position, mention.start)
        place = nearest_place(mention.surface, at, [block.text for block in here], occupied)
        if place is None:
            outcome.gone += 1
            if mention.is_decided:
                number = mention.block.paragraph.number
                outcome.lost.append(f"paragraph {number}, “{mention.surface}”: the words are gone")
            continue
        outcome.kept, outcome.moved = outcome.kept + (place == at), outcome.moved + (place != at)
        index, start = place
        mention.block, mention.start, mention.end = here[index], start, start + len(mention.surface)
        occupied.append((index, mention.start, mention.end))
        laid.append(mention)
    Mention.objects.bulk_create(laid)


def _stays(mention, blocks):
    here = blocks.get(mention.block.paragraph_id, [])
    at = mention.block.position
    return at < len(here) and here[at].text[mention.start : mention.end] == mention.surface
