"""The paragraphs' texts ready for passages, as a process remembers them."""

from collections import OrderedDict
from dataclasses import dataclass

from django.db.models import Prefetch

from sections.models import Block, Mention, Paragraph, Subjects

from .adapter import Index
from .catalogue import Place, Thing, catalogue, place
from .engine.analysis import short_terms, stem
from .engine.highlight import Text
from .engine.subjects import Subject

MOST = 4_000  # paragraphs


@dataclass(frozen=True, slots=True)
class Readable:
    """A paragraph as a hit shows it: key, number, place, address, texts in order, entries that it names, subjects."""

    key: int
    number: int
    place: Place
    url: str
    texts: tuple[Text, ...]
    entries: tuple[Thing, ...]
    subjects: tuple[Subject, ...] = ()


def readable(index: Index, docs: list[int]) -> list[Readable | None]:
    """The paragraphs of these documents in the same order, None for one that is no more."""
    kept = index.in_language.setdefault("texts", OrderedDict())
    missing = [doc for doc in docs if doc not in kept]
    if missing:
        keys = {int(index.columns["#paragraph"][doc]): doc for doc in missing}
        mentions = Prefetch("mentions", Mention.objects.shown().only("block", "start", "end", "entry"))
        blocks = Prefetch("blocks", Block.objects.order_by("position").prefetch_related(mentions))
        rows = Paragraph.objects.filter(pk__in=keys).defer("source_text").select_related("report")
        phrases = dict(Subjects.objects.filter(paragraph__in=keys).values_list("paragraph", "phrases"))
        things = catalogue(index)
        for paragraph in rows.prefetch_related(blocks):
            kept[keys[paragraph.pk]] = _readable(paragraph, phrases.get(paragraph.pk, ()), things)
    found = [kept.get(doc) for doc in docs]
    while len(kept) > MOST:
        kept.popitem(last=False)
    return found


def _readable(paragraph, phrases, things):
    texts, entries = [], {}
    for block in paragraph.blocks.all():
        mentions = tuple((each.start, each.end, each.entry_id) for each in block.mentions.all())
        texts.append(Text.read(block.position, block.kind, block.text, mentions, stem))
        entries.update(dict.fromkeys(entry for _, _, entry in sorted(mentions)))
    return Readable(
        paragraph.pk,
        paragraph.number,
        place(things, paragraph.section_id),
        paragraph.get_absolute_url(),
        tuple(texts),
        tuple(things.entries[entry] for entry in entries if entry in things.entries),
        tuple(Subject(phrase, tuple(term.stem for term in short_terms(phrase))) for phrase in phrases),
    )
