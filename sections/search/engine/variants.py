"""One key for words that British and American English spell differently, so that either form finds the other. Pure.

The key is never shown; it only has to be the same for both forms, and different for different words.
"""

import re

# Pairs that no rule below covers, in lower case.
PAIRS = {
    "programme": "program", "programmes": "programs", "cheque": "check", "defence": "defense", "defences": "defenses",
    "offence": "offense", "offences": "offenses", "licence": "license", "licences": "licenses",
    "practise": "practice", "judgement": "judgment", "judgements": "judgments", "grey": "gray",
    "travelling": "traveling", "travelled": "traveled", "traveller": "traveler", "travellers": "travelers",
    "labelled": "labeled", "labelling": "labeling", "counselling": "counseling", "counsellor": "counselor",
    "counsellors": "counselors", "enrolment": "enrollment", "enrolments": "enrollments", "fulfil": "fulfill",
    "fulfils": "fulfills", "fulfilment": "fulfillment", "paediatric": "pediatric", "gynaecology": "gynecology",
    "foetus": "fetus", "ageing": "aging", "acknowledgement": "acknowledgment", "organisation": "organization",
    "cooperate": "cooperate",
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
    """The key of a folded word: the same for its British and its American form."""
    if word in PAIRS:
        return PAIRS[word]
    if word.startswith(_KEEP_STEMS) and "isation" not in word:
        return word
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, word)
        if key != word:
            return key
    return word
