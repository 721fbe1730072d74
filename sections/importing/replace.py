"""Replaces the stored text of a report: what stays keeps its row, and with it every link laid over it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db.models import F

from sections.models import Block, Footnote, Mention, Reference, Report, ShortForm, Table

from .build import Instances

HALF = 0.5
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
    old = list(report.paragraphs.order_by("number").prefetch_related("blocks"))
    mentions = list(Mention.objects.filter(block__paragraph__report=report).select_related("block__paragraph"))
    _clear(report)
    _keep_keys(report, instances, old)
    instances.save()
    _remove_rest(report, instances, outcome)
    _place_mentions(mentions, instances, outcome)
    return outcome


def _clear(report):
    """Deletes what is written anew: nothing else points to these rows."""
    mentions = Mention.objects.filter(block__paragraph__report=report)
    mentions._raw_delete(mentions.db)  # they come back under their keys; changes are recorded at the end
    Reference.objects.filter(block__paragraph__report=report).delete()
    Footnote.objects.filter(report=report).delete()
    Table.objects.filter(report=report).delete()
    report.abbreviations.all().delete()
    report.paragraphs.update(number=F("number") + OUT_OF_THE_WAY)


def _keep_keys(report, instances, old):
    """Gives each new row the key of the old row that it takes the place of."""
    keys = dict(report.sections.values_list("key", "pk"))
    for section in instances.sections:
        section.pk = keys.get(section.key)
    blocks = defaultdict(list)
    for block in instances.blocks:
        blocks[block.paragraph.number].append(block)
    same = same_paragraphs(
        [(paragraph.number, _words(paragraph.blocks.all())) for paragraph in old],
        [(paragraph.number, _words(blocks[paragraph.number])) for paragraph in instances.paragraphs],
    )
    by_number = {paragraph.number: paragraph for paragraph in old}
    for paragraph in instances.paragraphs:
        if before := by_number.get(same.get(paragraph.number)):
            paragraph.pk = before.pk
            for new, stored in zip(blocks[paragraph.number], before.blocks.all(), strict=False):
                new.pk = stored.pk
    moved = {before: after for after, before in same.items()}
    for form in ShortForm.objects.filter(report=report):
        form.paragraphs = sorted(moved[number] for number in form.paragraphs if number in moved)
        form.save()


def _words(blocks):
    return "\n".join(block.text for block in blocks)


def _remove_rest(report, instances, outcome):
    """Removes old rows that nothing took the place of; names the article links that go with them."""
    rest = report.paragraphs.exclude(pk__in=[paragraph.pk for paragraph in instances.paragraphs])
    for paragraph in rest.prefetch_related("article_links__article", "editors_notes", "subjects"):
        lost = [str(link.article) for link in paragraph.article_links.all()]
        lost += [f"editors’ note “{note}”" for note in paragraph.editors_notes.all()]
        if hasattr(paragraph, "subjects"):
            lost.append(f"subjects “{paragraph.subjects}”")
        number = paragraph.number - OUT_OF_THE_WAY
        outcome.lost += [f"paragraph {number}, {words}: the paragraph is gone" for words in lost]
    Block.objects.filter(paragraph__report=report).exclude(pk__in=[block.pk for block in instances.blocks]).delete()
    rest.delete()
    sections = report.sections.exclude(pk__in=[section.pk for section in instances.sections])
    for section in sections.exclude(reply_subject=None).select_related("reply_subject"):
        outcome.lost.append(f"reply {section.number}, subject “{section.reply_subject}”: the reply is gone")
    sections.delete()


def _place_mentions(mentions, instances, outcome):
    """Lays the old mentions over the new text: first those that stay in place, then those that a person decided on.

    A name within a longer name goes with it.
    """
    blocks, taken, laid = defaultdict(list), defaultdict(list), []
    for block in instances.blocks:
        blocks[block.paragraph_id].append(block)
    was = defaultdict(list)  # by block the former spans of the mentions laid so far, each with its place now

    def importance(mention):
        return not _stays(mention, blocks), not mention.is_decided, mention.start - mention.end

    for mention in sorted(mentions, key=importance):
        here, occupied = blocks[mention.block.paragraph_id], taken[mention.block.paragraph_id]
        at, former = (mention.block.position, mention.start), (mention.block_id, mention.start, mention.end)
        if _stays(mention, blocks):
            place = at
        else:
            place = _place_within(mention, was[mention.block_id])
            place = place or nearest_place(mention.surface, at, [block.text for block in here], occupied)
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
        was[former[0]].append((former[1:], place))
        laid.append(mention)
    Mention.objects.bulk_create(laid)


def _place_within(mention, laid):
    """Where a mention comes to stand whose span was within that of one already laid; None if it was in none."""
    for (start, end), (index, now) in laid:
        if start <= mention.start and mention.end <= end:
            return index, now + mention.start - start
    return None


def _stays(mention, blocks):
    here, at = blocks[mention.block.paragraph_id], mention.block.position
    return at < len(here) and here[at].text[mention.start : mention.end] == mention.surface


def same_paragraphs(old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]]) -> dict[int, int]:
    """New numbers to old ones, for paragraphs given as (number, words).

    Paragraphs with equal words are the same, in order. Of those that are left between two such, the
    ones most alike are the same, if half of their words are. A paragraph that is new has no old number.
    """
    matcher = SequenceMatcher(None, [words for _, words in old], [words for _, words in new], autojunk=False)
    same = {}
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(old[old_from:old_to], new[new_from:new_to], strict=True)
            same |= {after[0]: before[0] for before, after in pairs}
        elif tag == "replace":
            same |= _most_alike(old[old_from:old_to], new[new_from:new_to])
    return same


def _most_alike(old, new):
    likeness = []
    for before, earlier in old:
        words = SequenceMatcher(None, b=earlier.split(), autojunk=False)
        for after, later in new:
            words.set_seq1(later.split())
            likeness.append((words.ratio(), -before, -after))
    same: dict[int, int] = {}
    for ratio, before, after in sorted(likeness, reverse=True):
        if ratio >= HALF and -after not in same and -before not in same.values():
            same[-after] = -before
    return same


def nearest_place(
    words: str, at: tuple[int, int], texts: Sequence[str], taken: Sequence[tuple[int, int, int]]
) -> tuple[int, int] | None:
    """Where the words stand in a paragraph's texts, as (index, start), nearest to where they stood; None if nowhere.

    `at` is (index, start) in the old texts; `taken` lists (index, start, end) that other links occupy.
    """
    places = []
    for index, text in enumerate(texts):
        start = text.find(words)
        while start >= 0:
            end = start + len(words)
            if not any(index == other and start < stop and end > begin for other, begin, stop in taken):
                places.append((abs(index - at[0]), abs(start - at[1]), index, start))
            start = text.find(words, start + 1)
    return min(places)[2:] if places else None
