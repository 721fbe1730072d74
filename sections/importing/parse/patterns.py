"""How reports of this form number, cite and abbreviate, and every pattern that reads them.

A State party's report in reply to a list of issues is written in Word and converted to plain text.
What Word kept as a style comes out as tabs, and what it kept as a field comes out in square brackets:

    [bookmark: _Toc485018343]<TAB><TAB>Reply to paragraph 1      a heading
    1.<TAB>The Act is compatible with …[footnoteRef:4] …         a paragraph, and the mark of a note
    … [4: <TAB><TAB>The body of the note.]                       the body, later on the same line

*Headings.* A part ("Part I"), a lettered heading ("A."), a numbered one ("1."), a roman one ("I."), a heading
without a label, and a reply ("Reply to paragraph 8", "Replies to paragraphs 3 to 5 of the list of issues
(CMW/C/XXX/QPR/2)"). The bookmarks that Word wrote for the table of contents are numbered without gaps when the
table is made, so a gap in them says that headings were lost, and how many. A lost heading also leaves a stray
space before the number of the paragraph that followed it. A heading that names a part of the treaty ("Part III
of the Convention") says what the replies below it are about.

*Paragraphs* are numbered 1, 2, 3 … through the whole report: number, full stop, tab at the start of a line. Lists
inside a paragraph may be numbered as well; they follow a colon and begin again at 1.

*List items* are lettered "(a)", roman "(i)", numbered "1." or "(1)", bulleted, or have lost their bullet and are
plain lines after a colon. A label now and then lacks its opening parenthesis: "c)". Labels in running text, "(a) to
ensure …; (b) to safeguard …", are only words.

*Tables* are a title after two tabs, a unit line in parentheses, and cells one a line after one tab; a blank
line ends a row. Thousands are set apart by no-break spaces. A line that begins "Source:" closes some.

*Footnotes.* A body may hold square brackets of its own, and is broken over lines where the author broke a long web
address by hand. The notes of the front page are not part of the text, so the first number need not be 1.

*Annexes* are cited as "Annex 1.", "annexes 5 and 6", "Annexes 4, 9a and 9b", "annexes 3 to 6".

*Abbreviations* close the report: the acronym, a tab, the name.

White space: `\\s` also matches the no-break space, which these texts use between a word and its number.
"""

import re

BYTE_ORDER_MARK = "\ufeff"
LINE_AND_ENDING = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

BOOKMARK = re.compile(r"\[bookmark: ?([^\]]*)\]")
LEADING_BOOKMARKS = re.compile(r"(?:\[bookmark: ?[^\]]*\] *)*")
TOC_NUMBER = re.compile(r"_Toc(\d+)")

NUMBERED = re.compile(r"(?P<spaces> *)(?P<label>(?P<number>\d+)\.)\t[\t ]*(?P<text>.*)")
LABELLED = re.compile(r" *(?P<tabs>\t+)(?P<label>(?:[A-Z]|[IVXLC]+|\d+)\.)\t[\t ]*(?P<text>[^\t].*)")
TITLE = re.compile(r" *\t\t+ *(?P<text>[^\t]+)")
CELL = re.compile(r" *\t(?P<text>[^\t]*)")
STRAY = re.compile(r"(?P<text>.*\t.*)")
PLAIN = re.compile(r"(?P<text>.*)")

_BULLETS = "•·▪◦●○‣*–—\\-\uf0b7\uf0a7§"
_LABEL = rf"\(?[a-z]{{1,5}}\)|\(?\d{{1,3}}\)|\(?[A-Z]\)|[a-z]\.|[ivxl]{{1,5}}\.|[{_BULLETS}]|o(?=\t)"
ITEM = re.compile(rf" *(?P<tabs>\t+)(?P<label>{_LABEL})[\t ]+(?P<text>.*)")
ITEM_AT_MARGIN = re.compile(rf" *(?P<label>{_LABEL})\t[\t ]*(?P<text>.*)")
ENCLOSED = re.compile(r"(\(?)(\w+)([).])")

_NUMBERS = r"(\d+)(?:\s*\([a-z]\))?(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|to)\s+|\s*[-–]\s*)(\d+))*"
REPLY = re.compile(
    r"(?:Repl(?:y|ies)|Responses?|Answers?)\s+to\s+(?:the\s+)?(?:(?:issues?|questions?)\s+(?:raised\s+)?(?:in|under)\s+)?"
    rf"(?:paragraphs?|paras?\.|questions?|issues?)\s+(?:Nos?\.\s*)?{_NUMBERS}",
    re.IGNORECASE,
)
PART = re.compile(r"Part\s+([IVXLC]+|\d+)(?:\s*[.:–—-]\s*\S.*|\s*)", re.IGNORECASE)
CONVENTION_PART = re.compile(r"\bPart\s+([IVXLC]+)\s+of\s+the\s+Convention\b", re.IGNORECASE)
ABBREVIATIONS = re.compile(r"(?:List of )?(?:acronyms and )?abbreviations(?: and acronyms)?", re.IGNORECASE)
ABBREVIATION = re.compile(r" *([^\t]+?) *\t[\t ]*([^\t]+?)[\t ]*")

TABLE_NUMBER = re.compile(r"(?:Table|Chart|Figure|Graph)\b.{0,20}", re.IGNORECASE)
SOURCE = re.compile(r"Sources?\s*:", re.IGNORECASE)

ANCHOR = re.compile(r"\[footnoteRef: ?(\d+)\]")
BROKEN_ANCHOR = re.compile(r"\[footnoteRef\b")
BODY = re.compile(r"\[(\d+):[ \t]")
BRACKET = re.compile(r"\[(?:footnoteRef:|bookmark:|\d+:[ \t])?|\]")

WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"“”\[\]]+", re.IGNORECASE)
ADDRESS_AT_END = re.compile(r"(?:https?://|www\.)\S*\Z", re.IGNORECASE)
PIECE_OF_ADDRESS = re.compile(r"[=&?#%/_~+.-]|[a-z0-9]\S*[/=&?_.#%-]\w|(?:pdf|html?|php|aspx?)\b")
WORD_OF_SENTENCE = re.compile(r"[A-Z][a-z]*,?\s")

_ANNEX = r"(?:\d+[a-z]?|[IVXLC]+|[A-Z])(?![\w-])"
_AND = r"\s*,\s*(?:and\s+)?|\s+(?:and|to)\s+|\s*–\s*"
ANNEXES = re.compile(rf"\b[Aa]nnexes\s+{_ANNEX}(?:(?:{_AND}){_ANNEX})*")
ANNEX = re.compile(rf"\b[Aa]nnex\s+{_ANNEX}(?:\s+(?:and|to)\s+{_ANNEX}(?=\s*(?:[.,;:)]|\Z)))?")
FIRST_WORD = re.compile(r"\w+\s+")
ANNEX_LABEL = re.compile(rf"(?P<joint>{_AND})?(?P<label>{_ANNEX})")
