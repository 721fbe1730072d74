"""How reports print numbers and dates: every pattern of this room.

A number is written in digits, in groups of three parted by commas or spaces, with decimals after a point, and may be
scaled ("24.1 million"); or in a word, from one to ninety. A day is printed as "24 April 2017", or without its year
where that was said before; a period with two years, days or months and a dash or "to", "and" between them; a
year stands alone after "in", "since" or a name, and in the names of plans.

Many numbers count nothing. They cite (article 42, annex 9a, No. 189, strategy 4.6, objective No. 4), they order
(161st session), they belong to a symbol (H2, 123A, NMX-R-025-SCFI-2015), to a web address, or they are the label of
a list's item.
"""

import re

from sections.text.english_words import MONTHS, NUMBERS

MONTH = "|".join(MONTHS)
YEAR = r"(?:1[89]|20)\d\d"
DASH = "[-–—]"
GAP = "[ \u00a0]"
_DAY = rf"\d{{1,2}}{GAP}(?:{MONTH})(?:{GAP}{YEAR})?"
_MOMENT = rf"(?:{_DAY}|(?:{MONTH})(?:{GAP}{YEAR})?|{YEAR})"

# Two ends. The first may leave out what the second says: "1 January to 30 November 2016".
PERIOD = re.compile(
    rf"\b(?:(?:[Ff]rom|[Bb]etween){GAP}(?P<first>{_MOMENT}){GAP}(?:to|and|until){GAP}(?P<last>{_MOMENT})"
    rf"|(?P<year>{YEAR}){DASH}(?P<to>{YEAR}))\b"
)
DAY = re.compile(rf"\b(?P<day>\d{{1,2}}){GAP}(?P<month>{MONTH})(?:{GAP}(?P<year>{YEAR}))?\b")
MONTH_OF_YEAR = re.compile(rf"\b(?P<month>{MONTH}){GAP}(?P<year>{YEAR})\b")
LONE_YEAR = re.compile(rf"(?<![\d,./–—-])(?P<year>{YEAR})(?![\d/–—-]|,\d|\.\d|\w)")
BEFORE = [
    ("since", re.compile(r"\b[Ss]ince(?: (?:its inception|the year))? \(?$")),
    ("before", re.compile(r"\bprior to $|\bbefore $")),
    ("until", re.compile(r"\buntil $|\b[Bb]y $")),
]

WEB = re.compile(r"(?:https?://|www\.)\S+(?:\n\S+)?")
# What a number cites; the list goes on over "and", "to", commas: "articles 92, 96 and 97".
CITED = re.compile(
    r"\b(?:[Aa]rticles?|[Aa]rts?\.|[Pp]aragraphs?|[Ss]ubparagraphs?|[Aa]nnex(?:es)?|Nos?\.|[Ss]trategy|[Oo]bjective|"
    r"[Ff]ootnotes?|[Cc]hapters?|[Ss]ections?|Resolution|Table|PT?RM)\s+"
    r"(?:Nos?\.\s*)?\(?\d[\d.]*[a-zA-Z]?(?:\)|\b)(?:\s*(?:,|and|or|to|–|-)\s*(?:\d[\d.]*[a-z]?\b))*"
)
SYMBOL = re.compile(r"\b[A-Z][\w@]*\d[\w-]*|\b[A-Z]{2,}(?:-[A-Z0-9]+)+|\b\d+[A-Z]\b|\b\d+(?:st|nd|rd|th)\b|\(\d\)")
LABEL = re.compile(r"^\s*\(?\d{1,2}[.)]\s")

DIGITS = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    r"(?:[ \u00a0](?P<scale>million|billion))?(?![\w]|,\d{3}|\.\d)"
)
SCALES = {"million": 10**6, "billion": 10**9}
WORD = re.compile(rf"(?<![\w-])(?P<word>{'|'.join(NUMBERS)})(?![\w-])", re.IGNORECASE)
# "One of its themes" picks out and "one with France" points back; neither counts.
NO_COUNT = re.compile(r"[Oo]ne\b(?! (?:direct|case|woman|man|person|child)\b| in [A-Z])")
# "The second two" and "the two groups" count what was counted before, which is still a count.
BOUNDS = [
    ("about", re.compile(r"\b(?:some|about|approximately)\s$", re.IGNORECASE)),
    ("over", re.compile(r"\b(?:over|more than)\s$", re.IGNORECASE)),
    ("least", re.compile(r"\bat least\s$", re.IGNORECASE)),
    ("most", re.compile(r"\b(?:up to|at most|maximum of)\s$", re.IGNORECASE)),
]
# Where the thing counted ends.
STOP = re.compile(
    r"[.,;:()\n]|\s(?:who|which|that|were|was|have|has|had|are|is|been|in|on|at|by|from|to|and|or|with|for|will|can|"
    r"could|issued|granted|attended|benefit\w*|helped|took)\b"
)
