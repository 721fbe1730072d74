"""Word lists of English: spelling variants, irregular inflections, and words that say little. Pure."""

import re

# British and American forms that no rule below covers, in lower case.
PAIRS = {
    "programme": "program", "programmes": "programs", "cheque": "check", "defence": "defense", "defences": "defenses",
    "offence": "offense", "offences": "offenses", "licence": "license", "licences": "licenses",
    "practise": "practice", "judgement": "judgment", "judgements": "judgments", "grey": "gray",
    "travelling": "traveling", "travelled": "traveled", "traveller": "traveler", "travellers": "travelers",
    "labelled": "labeled", "labelling": "labeling", "counselling": "counseling", "counsellor": "counselor",
    "counsellors": "counselors", "enrolment": "enrollment", "enrolments": "enrollments", "fulfil": "fulfill",
    "fulfils": "fulfills", "fulfilment": "fulfillment", "paediatric": "pediatric", "gynaecology": "gynecology",
    "foetus": "fetus", "ageing": "aging", "acknowledgement": "acknowledgment", "organisation": "organization",
}  # fmt: skip

# Irregular inflections, which a stemmer does not know.
IRREGULAR = {
    "children": "child", "women": "woman", "men": "man", "people": "person", "persons": "person", "held": "hold",
    "took": "take", "taken": "take", "gave": "give", "given": "give", "sought": "seek", "paid": "pay",
    "left": "leave", "sent": "send", "made": "make", "found": "find", "lost": "lose", "fled": "flee",
    "criteria": "criterion", "wives": "wife", "lives": "life",
}  # fmt: skip

_OUR = "col|lab|hon|fav|behavi|neighb|harb|hum|rum|vig|end?eav|arm|sav|flav|parl|val|rig|cand|od|splend|vap"
_RULES = [
    (re.compile(r"^(.{2,})is(ation|ations|ational|e|ed|es|ing|er|ers)$"), r"\1iz\2"),
    (re.compile(r"^(.{2,})ys(e|ed|es|ing|er|ers)$"), r"\1yz\2"),
    (re.compile(rf"^({_OUR})our(.*)$"), r"\1or\2"),
    (re.compile(r"^(cent|theat|met|lit|fib|kilomet|centimet)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(.{3,})ogue(s?)$"), r"\1og\2"),
]

# Words that have -ise or -yse in American English too.
_KEEP = {
    "advise", "arise", "comprise", "compromise", "concise", "devise", "disguise", "enterprise", "excise", "exercise",
    "expertise", "franchise", "improvise", "merchandise", "otherwise", "precise", "premise", "promise", "raise",
    "revise", "rise", "supervise", "surprise", "televise", "wise", "praise", "noise", "cruise", "likewise",
}  # fmt: skip
_KEEP_STEMS = tuple(word[:-1] for word in sorted(_KEEP))


def normalise_spelling(word: str) -> str:
    """The key of a folded word, which is never shown: the same for its British and its American form."""
    if word in PAIRS:
        return PAIRS[word]
    if word.startswith(_KEEP_STEMS) and "isation" not in word:
        return word
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, word)
        if key != word:
            return key
    return word


# Words that a question has and the answer need not have.
_STOP = """
    a about above across after again against all along already also although always am among an and another any
    anybody anyone anything are as at be because been before being below between both but by can cannot could de del
    did do does doing done down during each either el else en ever every everyone everything few for from further
    get gets getting give given gives had has have having he hence her here hers him his how however i if in instead
    into is it its itself just la las least less let los many may me might more most much must my nobody none nor
    not nothing of off often on one only onto or other others ought our ours out over own per please por rather re
    same shall she should since so some somebody someone something still such than that the their theirs them
    themselves then there therefore these they this those though through thus to together too toward towards un una
    under unless until up upon us very via was we were what whatever when whenever where whereas wherever whether
    which whichever while who whoever whom whose why will with within without would y yet you your tell show find
    explain describe mean means say says said talk eg ie happens happen exist exists concerning regarding
"""
STOP_WORDS = frozenset(_STOP.split())

_LOW = """
    people person persons somebody someone thing things way ways kind kinds type types number make makes made making
    take takes took taken taking use uses used using put puts need needs needed want wants able allow allows allowed
    possible found come comes came coming go goes going went try tries tried keep keeps kept become becomes became
    currently actually really ever case cases
"""
# Low-information words raise the score but need not match.
LOW_INFORMATION = frozenset(_LOW.split())

_PARTS = """
    annex annexes article articles chart charts figure figures footnote footnotes heading headings note notes paragraph
    paragraphs part parts place places reply replies section sections table tables timeline
"""
# Parts of a report: never a misspelling of another word, though the report may not contain them.
REPORT_PARTS = frozenset(_PARTS.split())


def carries_meaning(exact: str) -> bool:
    """Whether a folded word is more than a stop word; single letters are not, digits are."""
    return exact not in STOP_WORDS and (len(exact) > 1 or exact.isdigit() or ord(exact) > 127)
