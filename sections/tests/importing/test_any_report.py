"""Reports made at random in this form are read back as they were made."""

import sys
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from sections.importing import as_json, parse_report
from sections.importing.parse.paragraphs import reread

WORDS = ["light", "the Office", "(a)", "2016", "12.", "[sic]", "café", "10\u00a0roads", "non\u2011stop", "i.e.,"]
ROMANS = ["I", "II", "III", "IV", "V", "VI"]

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(lambda words: f"So {' '.join(words)}.")
cells = st.sampled_from(["", "Lit", "1\u00a0204", "–", "2 (b)", "3."])
endings = st.sampled_from(["\n", "\r\n"])


@dataclass
class Made:
    """A source under construction, and what reading it should give."""

    lines: list[str] = field(default_factory=list)
    bookmark: int = 900
    replies: list[dict] = field(default_factory=list)
    paragraphs: list[dict] = field(default_factory=list)
    footnotes: list[dict] = field(default_factory=list)
    tables: list[dict] = field(default_factory=list)
    part: str | None = None
    convention_part: str | None = None

    def head(self, words, lost=False):
        self.bookmark += 1
        if not lost:
            self.lines.append(f"[bookmark: _Toc{self.bookmark}]{words}")

    def block(self, kind, level, label, text):
        self.paragraphs[-1]["blocks"].append({"type": kind, "level": level, "label": label, "text": text})


@st.composite
def reports(draw):
    """A Made report: parts, Convention parts, replies some of whose headings are lost, and what they hold."""
    made = Made()
    number, count = 0, draw(st.integers(1, 3))
    for roman in ROMANS[:count]:
        made.part, made.convention_part = roman, None
        made.head(f"\t\tPart {roman}")
        for section in range(draw(st.integers(0, 2))):
            made.convention_part = ROMANS[section]
            made.head(f"\t{section + 1}.\tPart {ROMANS[section]} of the Convention")
            number = draw_replies(draw, made, number)
        number = draw_replies(draw, made, number)
    if draw(st.booleans()):
        made.lines += [" \t\tAbbreviations", "LO\tLantern Office", " "]
    return made


def draw_replies(draw, made, number):
    for _ in range(draw(st.integers(1, 3))):
        number += 1
        lost = number > 1 and draw(st.booleans())
        made.head(f"\t\tReply to paragraph {number}", lost)
        first = len(made.paragraphs) + 1
        for n in range(draw(st.integers(1, 3))):
            draw_paragraph(draw, made, number, " " if lost and n == 0 else "")
        made.replies.append(
            {
                "number": number,
                "recovered": lost,
                "first_paragraph": first,
                "last_paragraph": len(made.paragraphs),
                "part": made.part,
                "convention_part": made.convention_part,
            }
        )
    return number


def draw_paragraph(draw, made, reply, space):
    number = len(made.paragraphs) + 1
    made.paragraphs.append({"number": number, "reply": reply, "blocks": [], "footnotes": [], "annexes": []})
    shape = draw(st.sampled_from(["text", "texts", "letters", "plain", "numbers", "table"]))
    text = draw(sentences)
    if shape in ("letters", "plain", "numbers"):
        text = text[:-1] + ":"
    made.lines.append(f"{space}{number}.\t{text}{draw_note(draw, made)}")
    made.block("text", 0, "", text)
    if shape == "texts":
        draw_line(draw, made, "text", 0, "", "")
    elif shape == "letters":
        draw_line(draw, made, "item", 1, "(a)", "\t(a)\t", ":")
        draw_line(draw, made, "item", 2, "", "")
        draw_line(draw, made, "item", 1, "(b)", "\t(b)\t", ":")
        draw_line(draw, made, "item", 2, "(i)", "\t(i)\t")
        draw_line(draw, made, "item", 2, "(ii)", "\t(ii)\t")
    elif shape == "plain":
        for _ in range(draw(st.integers(1, 3))):
            draw_line(draw, made, "item", 1, "", "")
    elif shape == "numbers":
        for n in range(1, draw(st.integers(2, 4))):
            draw_line(draw, made, "item", 1, f"{n}.", f"{n}.\t")
    elif shape == "table":
        draw_table(draw, made)
    if draw(st.booleans()):
        made.lines[-1] += " Annexes 3 and 4b."
        made.paragraphs[-1]["blocks"][-1]["text"] += " Annexes 3 and 4b."
        made.paragraphs[-1]["annexes"] = ["3", "4b"]
        if made.paragraphs[-1]["blocks"][-1]["type"] == "table":
            made.tables[-1]["source"] += " Annexes 3 and 4b."
    if draw(st.booleans()):
        made.lines.append("")


def draw_line(draw, made, kind, level, label, start, end="."):
    text = draw(sentences)[:-1] + end
    made.lines.append(f"{start}{text}{draw_note(draw, made)}")
    made.block(kind, level, label, text)


def draw_note(draw, made):
    """A mark and its body to put after a text, now and then."""
    if not draw(st.booleans()):
        return ""
    number = len(made.footnotes) + 1
    text = draw(st.sampled_from(["One [of] two.", "See http://lamps.example/a_\nb?c=1.", "Two\nlines."]))
    whole = text.replace("_\n", "_").replace("\n", " ")
    made.footnotes.append({"number": number, "paragraph": len(made.paragraphs), "text": whole})
    made.paragraphs[-1]["footnotes"].append(number)
    return f"[footnoteRef:{number}] [{number}: \t\t{text}]"


def draw_table(draw, made):
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=4))
    table = {
        "paragraph": len(made.paragraphs),
        "title": "Lamps",
        "unit": draw(st.sampled_from(["", "(Thousands)"])),
        "header": rows[0],
        "rows": rows[1:],
        "source": "Source: the Office.",
    }
    made.lines += ["\t\tLamps", *filter(None, [table["unit"]])]
    for row in rows:
        made.lines += [*(f"\t{cell} " if cell else "\t" for cell in row), ""]
    made.lines += ["", table["source"]]
    made.tables.append(table)
    pieces = [table["title"], table["unit"], *("\t".join(row) for row in rows), table["source"]]
    made.block("table", 0, "", "\n".join(piece for piece in pieces if piece))


@given(reports(), endings)
@settings(max_examples=150, deadline=None)
def test_it_reads_back_what_was_made(made, ending):
    source = "\n".join([*made.lines, ""]).replace("\n", ending)
    report = parse_report(source.encode())
    assert report.source_text == source
    read = as_json(report)
    assert {name: read[name] for name in ("replies", "paragraphs", "footnotes", "tables")} == {
        "replies": made.replies,
        "paragraphs": made.paragraphs,
        "footnotes": made.footnotes,
        "tables": made.tables,
    }
    for paragraph in report.paragraphs:
        assert reread(paragraph.source_text, paragraph.number) == (paragraph.blocks, paragraph.footnotes)


def test_it_does_work_in_proportion_to_the_length():
    paragraph = ["The aims are:", "1.\tLight;", "2.\tPeace.", "\t\tLamps", "\tA", "\tB", "", "\t1", "\t2", ""]

    def calls(count):
        """How many functions are called to read a report of so many paragraphs."""
        lines = [line for n in range(1, count + 1) for line in (f"{n}.\t{paragraph[0]}", *paragraph[1:])]
        source = "\n".join(["\t\tReply to paragraph 1", *lines]).encode()
        counter = Counter()
        sys.setprofile(lambda frame, event, argument: counter.update([event]))
        try:
            parse_report(source)
        finally:
            sys.setprofile(None)
        return counter.total()

    calls(10)  # fills caches
    assert calls(400) < 11 * calls(40)
