"""The Republic of Examplia reports: texts in the form of a converted report, whole and in pieces."""

EXAMPLIA = """\
 \t\tPart I
[bookmark: _Toc100]\tA.\tGeneral information
[bookmark: _Toc101]\t\tReply to paragraph 1
1.\tThe Lantern Act protects travellers.[footnoteRef:2] It was passed in 2011. [2: \t\tSee http://lantern.example/act?
id=7, with [amended] article 3.]\x20

2.\tThe Lantern Office does the following:
It lights the roads;
It keeps a register. The register is public.
3.\tLamps were counted. Annexes 1, 2a and 2b.
\t\tLamps by year
(Thousands) Public roads
\t
\t2015
\t2016

\tLit\x20
\t1\u00a0204
\t1\u00a0310


Source: www.lamps.example/count.
[bookmark: _Toc102]\tB.\tInformation on the Convention
[bookmark: _Toc103]\t1.\tPart II of the Convention
[bookmark: _Toc104]\t\tReply to paragraph 2
4.\tTwo aims are pursued: (a) light; (b) peace.
 5.\tMeasures are:
\t(a)\tThe Office, for:
Roads;
Bridges;
\tb)\tThe Council.
[bookmark: _Toc106]\t2.\tPart III of the Convention
[bookmark: _Toc107]\t\tReply to paragraph 4
6.\tThe reply comes later; see annexes 3 to 5.
 \t\tAbbreviations
LO\tLantern Office
RC\tRoad Council
"""

CONTENTS = {
    "facts": {"title": "First report of Examplia", "state_party": "Examplia", "date_received": "2017-05-19"},
    "contents": [
        {"title": "Part I"},
        {"label": "A.", "title": "General information"},
        {"title": "Reply to paragraph 1"},
        {"label": "B.", "title": "Information on the Convention"},
        {"label": "1.", "title": "Part II of the Convention"},
        {"title": "Reply to paragraph 2"},
        {"title": "Reply to paragraph 3"},
        {"label": "2.", "title": "Part III of the Convention"},
        {"title": "Reply to paragraph 4"},
        {"title": "Abbreviations"},
    ],
}


def report_of(*lines):
    """A short report in bytes: one reply, and the lines given below its heading."""
    return "\n".join(["\t\tReply to paragraph 1", *lines, ""]).encode()
