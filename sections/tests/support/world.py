"""A small invented world: the third periodic report of Examplia, with entries, links and a reduced Convention.

Two parts, four replies, nine paragraphs:

    Part I
      A. General matters
        Reply 1   1 the Office and the Act · 2 a list in a list · 3 a table
        Reply 2   4 a footnote and an annex (recovered heading)
      B. The articles
        1. Part III of the Convention
          Reply 3   5 the Office by its short form · 6 a web address · 7 the Plan and the Act
    Part II
      Reply 4     8 nothing named · 9 a footnote that names the Office
"""

from datetime import date
from hashlib import sha256
from types import SimpleNamespace

from sections.models import (
    Abbreviation,
    ArticleLink,
    Block,
    ConventionArticle,
    ConventionPart,
    Entry,
    Footnote,
    Mention,
    Name,
    Paragraph,
    Reference,
    Relation,
    Report,
    Section,
    ShortForm,
    Table,
    create_rows,
)
from sections.search.service import rebuild

SYMBOL = "XXX/C/EXA/1"
PARTS = [(1, "I", "Scope", 1, 2), (2, "II", "Equality", 3, 3), (3, "III", "Rights of all", 4, 6)]
SUBJECTS = ["Who is meant", "Definitions", "No distinction", "Leaving a country", "Life", "Work freely chosen"]
OFFICE, ACT, PLAN = "National Office for Travellers", "Travellers Act", "Open Roads Plan"

# key, kind, level, label, title, number, parent, part of the Convention, recovered
SECTIONS = [
    ("part-1", "part", 1, "", "Part I", None, None, None, False),
    ("part-1/a", "heading", 2, "A.", "General matters", None, "part-1", None, False),
    ("reply-1", "reply", 3, "", "Reply to paragraph 1", 1, "part-1/a", None, False),
    ("reply-2", "reply", 3, "", "Reply to paragraph 2", 2, "part-1/a", None, True),
    ("part-1/b", "heading", 2, "B.", "The articles", None, "part-1", None, False),
    ("part-1/b/1", "heading", 3, "1.", "Part III of the Convention", None, "part-1/b", 3, False),
    ("reply-3", "reply", 4, "", "Reply to paragraph 3", 3, "part-1/b/1", 3, False),
    ("part-2", "part", 1, "", "Part II", None, None, None, True),
    ("reply-4", "reply", 2, "", "Reply to paragraph 4", 4, "part-2", None, False),
]

# paragraph number → section, and its blocks as (kind, level, label, text)
PARAGRAPHS = {
    1: ("reply-1", [("text", 0, "", f"The {OFFICE} (NOT) applies the {ACT}.")]),
    2: (
        "reply-1",
        [
            ("text", 0, "", "Travellers are told:"),
            ("item", 1, "(a)", "Where to go;"),
            ("item", 2, "", "By day & by night;"),
            ("item", 1, "(b)", "Whom to ask."),
        ],
    ),
    3: (
        "reply-1",
        [
            ("text", 0, "", "Its budget was as follows."),
            ("table", 0, "", f"Budget of the {OFFICE}\n(crowns)\n\t2014\t2015\nGranted\t1 200\t1 300\nSource: NOT."),
        ],
    ),
    4: (
        "reply-2",
        [("text", 0, "", "It was counted once. See annex 2."), ("footnote", 0, "4", "Counted in <May> 2015.")],
    ),
    5: ("reply-3", [("text", 0, "", "The Office keeps no one from leaving.")]),
    6: ("reply-3", [("text", 0, "", "More stands at http://office.example/more and elsewhere.")]),
    7: ("reply-3", [("text", 0, "", f"The {OFFICE} runs the {PLAN} under the {ACT}.")]),
    8: ("reply-4", [("text", 0, "", "No other fact is known.")]),
    9: ("reply-4", [("text", 0, "", "All is described above."), ("footnote", 0, "5", "By NOT.")]),
}


def make_world():
    """Fills the database; gives the report, and the entries as `office`, `act` and `plan`."""
    parts = _make_convention()
    report = Report.objects.create(
        symbol=SYMBOL,
        title="Third periodic report of Examplia",
        state_party="Examplia",
        treaty_body="Committee on Travellers",
        treaty_body_acronym="COT",
        procedure="simplified reporting procedure",
        due_year=2016,
        date_received=date(2017, 5, 2),
        date_distributed=date(2017, 6, 14),
        original_language="Examplian",
        list_of_issues="XXX/C/EXA/QPR/1",
        source_name="XXX-C-EXA-1.txt",
        is_default=True,
    )
    _make_text(report, parts)
    world = SimpleNamespace(report=report, **_make_entries(report))
    _make_links(world)
    return world


def make_indexed_world():
    """The same, and the index of the search."""
    made = make_world()
    rebuild()
    return made


def block(number, position=0):
    """A block of the world's report."""
    return Block.objects.get(paragraph__number=number, position=position)


def _make_convention():
    parts = {}
    for number, roman, title, first, last in PARTS:
        parts[number] = ConventionPart.objects.create(
            number=number, roman=roman, title=title, first_article=first, last_article=last
        )
        for article in range(first, last + 1):
            ConventionArticle.objects.create(number=article, part=parts[number], subject=SUBJECTS[article - 1])
    return parts


def _make_text(report, parts):
    made, position = {}, 0
    for key, kind, level, label, title, number, parent, part, recovered in SECTIONS:
        position += 1
        made[key] = Section.objects.create(
            report=report, key=key, position=position, kind=kind, level=level, label=label, title=title,
            number=number, parent=made.get(parent), convention_part=parts.get(part), recovered=recovered,
            evidence="A gap in the bookmarks." if recovered else "", source_text="" if recovered else f"{title}\n",
        )  # fmt: skip
        for paragraph, (section, blocks) in PARAGRAPHS.items():
            if section == key:
                position += 1
                _make_paragraph(report, made[key], paragraph, position, blocks)
    Abbreviation.objects.create(
        report=report, position=position + 1, acronym="NOT", name=OFFICE, source_text=f"NOT\t{OFFICE}\n", source_line=40
    )
    for number, place in [(4, 20), (5, 24)]:
        paragraph = {4: 4, 5: 9}[number]
        called, body = block(paragraph), block(paragraph, 1)
        Footnote.objects.create(report=report, number=number, block=called, offset=place - 1, body=body)
    text = block(4).text
    start = text.index("annex 2")
    Reference.objects.create(block=block(4), kind="annex", start=start, end=start + 7, target="2")
    address = "http://office.example/more"
    start = block(6).text.index(address)
    Reference.objects.create(block=block(6), kind="web", start=start, end=start + len(address), target=address)


def _make_paragraph(report, section, number, position, blocks):
    source = f"{number}.\t" + "\n".join(text for *_, text in blocks) + "\n"
    paragraph = Paragraph.objects.create(
        report=report, number=number, section=section, position=position, source_text=source,
        source_line=number * 3, sha256=sha256(source.encode()).hexdigest(),
    )  # fmt: skip
    for place, (kind, level, label, text) in enumerate(blocks):
        made = Block.objects.create(paragraph=paragraph, position=place, kind=kind, level=level, label=label, text=text)
        if kind == "table":
            title, unit, *rows, source = text.split("\n")
            header, *rows = [row.split("\t") for row in rows]
            Table.objects.create(
                report=report, number=1, block=made, title=title, unit=unit, header=header, rows=rows, source=source
            )


def _make_entries(report):
    office = Entry.objects.create(
        type="institution", slug="office-for-travellers", name=OFFICE, kind="agency", start_year=2012,
        description="Applies the Act.", description_paragraph=Paragraph.objects.get(number=1),
    )  # fmt: skip
    act = Entry.objects.create(type="law", slug="travellers-act", name=ACT, kind="act")
    plan = Entry.objects.create(
        type="programme", slug="open-roads-plan", name=PLAN, kind="plan", start_year=2013, end_year=2018
    )
    Name.objects.create(entry=office, text="NOT", form="acronym")
    Name.objects.create(entry=office, text="Oficina Nacional de Viajeros", language="es", in_report=False)
    ShortForm.objects.create(report=report, entry=office, text="The Office", paragraphs=[5], rule="Named in reply 1.")
    stated_in = Paragraph.objects.get(number=7)
    Relation.objects.create(source=office, kind="responsible_for", target=plan, paragraph=stated_in)
    Relation.objects.create(source=plan, kind="established_under", target=act, paragraph=stated_in)
    return {"office": office, "act": act, "plan": plan}


def _make_links(world):
    """The links, stored together: nothing is indexed yet, so no index has to follow each of them."""
    office, act, plan = world.office, world.act, world.plan
    mentions = [
        _mention(*named)
        for named in [
            (1, 0, OFFICE, office), (1, 0, "NOT", office), (1, 0, ACT, act), (3, 1, OFFICE, office),
            (7, 0, OFFICE, office), (7, 0, PLAN, plan), (7, 0, ACT, act), (9, 1, "NOT", office),
        ]
    ]  # fmt: skip
    rule = "The Office is the one that reply 1 names."
    mentions.append(_mention(5, 0, "The Office", office, basis="contextual", rule=rule, review="confirmed"))
    mentions.append(_mention(8, 0, "No other", plan, review="rejected"))
    create_rows(mentions)
    create_rows([
        ArticleLink(
            paragraph=Paragraph.objects.get(number=number),
            article=ConventionArticle.objects.get(number=article),
            basis=basis, confidence=confidence, review=review, reason=f"Paragraph {number} speaks of it.",
        )
        for number, article, basis, confidence, review in [
            (1, 1, "editor", "high", "unreviewed"), (5, 4, "editor", "high", "confirmed"),
            (7, 4, "text", "medium", "unreviewed"), (7, 6, "editor", "medium", "unreviewed"),
            (8, 5, "editor", "medium", "rejected"),
        ]
    ])  # fmt: skip


def _mention(number, position, surface, entry, **more):
    named = block(number, position)
    start = named.text.index(surface)
    return Mention(block=named, start=start, end=start + len(surface), surface=surface, entry=entry, **more)


def make_other_report(symbol="XXX/C/OTH/1", texts=("The budget of others.", "Nobody travels.", "Budgets grow.")):
    """Adds a report with one reply under part III of the Convention, in which each text is a paragraph from 1 on."""
    report = Report.objects.create(symbol=symbol, title=f"Report {symbol}", state_party="Otherland", treaty_body="COT")
    part = ConventionPart.objects.get(number=3)
    reply = Section.objects.create(
        report=report, key="reply-1", position=1, kind="reply", level=1, title="Reply to paragraph 1", number=1,
        convention_part=part,
    )  # fmt: skip
    for number, text in enumerate(texts, start=1):
        _make_paragraph(report, reply, number, number + 1, [("text", 0, "", text)])
    return report
