"""Generated paragraphs as rows of the site's own tables, written in bulk: a report that no one submitted."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import count, islice

from corpus import ENTRIES, PARTS, REPLY, Paragraph, generate, names
from django.db import connection, transaction

CHUNK = 20_000
SYMBOL = "CMW/C/ZZZ/1"


def fill(paragraphs: int, per_report: int = 0, progress=lambda done: None) -> None:
    """Writes so many generated paragraphs, with outline, registers, mentions and article links, into empty tables.

    They are one report, or with `per_report` several of that many paragraphs each; the first is the default report.
    """
    entries, articles, ids, done = _entries(), _articles(), count(1), 0
    for number, first in enumerate(range(0, paragraphs, per_report or paragraphs), 1):
        size = min(per_report or paragraphs, paragraphs - first)
        with transaction.atomic():
            report = _report(number)
            sections = _sections(report, (size - 1) // REPLY + 1)
            for chunk in batches(generate(size, first=first + 1)):
                _write(report, first, chunk, sections, entries, articles, ids)
        done += size
        progress(done)
    _reset_counters()


def symbol(number: int) -> str:
    """The symbol of the generated report of that number, from 1; 40 State parties report in turn."""
    return SYMBOL if number == 1 else f"CMW/C/Z{(number - 1) % 40:02}/{(number - 1) // 40 + 1}"


def _report(number):
    from sections.models import Report

    state = "Nowhere" if number == 1 else f"State {(number - 1) % 40:02}"
    title = "Generated" if number == 1 else f"Generated report {number}"
    return Report.objects.create(
        symbol=symbol(number), title=title, state_party=state, treaty_body="Committee", is_default=number == 1
    )


def _entries():
    """The entries by type and rank."""
    from sections.models import Entry

    kinds = {"institution": "office", "law": "act", "programme": "programme"}
    made = {
        (type, rank): Entry(type=type, slug=f"{type}-{rank}", name=name, kind=kinds[type])
        for type in ENTRIES
        for rank, name in enumerate(names(type))
    }
    Entry.objects.bulk_create(made.values())
    return made


def _sections(report, replies):
    """The primary key of each reply's section by the reply's number; parts of the Convention stand above them."""
    from sections.models import ConventionPart, Section

    parts = {part.number: part for part in ConventionPart.objects.all()}
    headings = [
        Section(report=report, key=f"part-{number}", position=number, kind="heading", level=1,
                title=f"Part {number}", convention_part=parts[number])
        for number in range(1, PARTS + 1)
    ]  # fmt: skip
    Section.objects.bulk_create(headings)
    rows = (
        Section(report=report, key=f"reply-{number}", position=PARTS + number, kind="reply", level=2, number=number,
                title=f"Reply to paragraph {number}", parent=headings[number % PARTS])
        for number in range(1, replies + 1)
    )  # fmt: skip
    Section.objects.bulk_create(rows, batch_size=2000)
    return dict(Section.objects.filter(report=report, kind="reply").values_list("number", "pk"))


def _articles():
    from sections.models import ConventionArticle

    return dict(ConventionArticle.objects.values_list("number", "pk"))


def _write(report, first, chunk: list[Paragraph], sections, entries, articles, ids):
    """Writes paragraphs of the corpus; their numbers in the report begin after `first`."""
    from sections.models import ArticleLink, Block, Mention
    from sections.models import Paragraph as Row

    paragraphs, blocks, mentions, links = [], [], [], []
    for made in chunk:
        source, number = "\n".join(made.blocks), made.number - first
        paragraphs.append({
            "id": made.number, "report": report.pk, "number": number, "section": sections[(number - 1) // REPLY + 1],
            "position": number, "source_text": source, "source_line": number,
            "sha256": hashlib.sha256(source.encode()).hexdigest(),
        })  # fmt: skip
        own = [next(ids) for _ in made.blocks]
        blocks += [
            {"id": pk, "paragraph": made.number, "position": place, "kind": "item" if place else "text",
             "level": int(place > 0), "label": "", "text": text}
            for place, (pk, text) in enumerate(zip(own, made.blocks, strict=True))
        ]  # fmt: skip
        mentions += [
            {"block": own[named.block], "start": named.start, "end": named.end, "basis": "text", "rule": "",
             "entry": entries[named.type, named.rank].pk, "review": "unreviewed",
             "surface": made.blocks[named.block][named.start : named.end]}
            for named in made.named
        ]  # fmt: skip
        links += [
            {"paragraph": made.number, "article": articles[number], "basis": "text", "confidence": "high",
             "reason": "", "review": "unreviewed"}
            for number in made.articles
        ]  # fmt: skip
    for model, rows in ((Row, paragraphs), (Block, blocks), (Mention, mentions), (ArticleLink, links)):
        insert(model, rows)


def insert(model, rows: list[dict]) -> None:
    """Writes rows given by field name; foreign keys by primary key. As fast as the database lets in rows."""
    if not rows:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in rows[0])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(tuple(row.values()))
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [tuple(r.values()) for r in rows])


def _reset_counters():
    """Lets the database count on from the keys that were given by hand, and look at what it now holds."""
    from django.core.management.color import no_style

    from sections.models import Block, Paragraph

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Paragraph, Block]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def texts(paragraphs: int) -> Iterator[tuple[int, str]]:
    """Number and text of each generated paragraph, for an index that is not the site's."""
    return ((made.number, "\n".join(made.blocks)) for made in generate(paragraphs))


def batches(rows: Iterable, size: int = CHUNK) -> Iterator[list]:
    """The rows in lists of at most that size."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch
