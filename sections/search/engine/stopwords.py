"""Words that carry no meaning of their own, so that a question finds what answers it. Pure."""

_TEXT = """
    a about above across after again against all along already also although always am among an and another any
    anybody anyone anything are as at be because been before being below between both but by can cannot could de del
    did do does doing done down during each either el else en ever every everyone everything few for from further
    get gets getting give given gives had has have having he hence her here hers him his how however i if in instead
    into is it its itself just la las least less let los many may me might more most much must my nor not of off
    often on one only onto or other others ought our ours out over own per please por rather re same shall she
    should since so some somebody someone something still such than that the their theirs them themselves then there
    therefore these they this those though through thus to together too toward towards un una under unless until up
    upon us very via was we were what whatever when whenever where whereas wherever whether which whichever while
    who whoever whom whose why will with within without would y yet you your tell show find explain describe mean
    means say says said talk happens happen exist exists concerning regarding
"""
FUNCTION_WORDS = frozenset(_TEXT.split())

_FAINT = """
    people person persons somebody someone thing things way ways kind kinds type types number make makes made making
    take takes took taken taking use uses used using put puts need needs needed want wants able allow allows allowed
    possible found come comes came coming go goes going went try tries tried keep keeps kept become becomes became
    currently actually really ever case cases
"""
# Words of questions that say little beside others: they are looked for, but nothing is left out for lack of them.
FAINT_WORDS = frozenset(_FAINT.split())

_PARTS = """
    annex annexes article articles chart charts figure figures footnote footnotes heading headings note notes paragraph
    paragraphs part parts place places reply replies section sections table tables timeline
"""
# What a report is made of: never a slip for another word, though the report may not say it of itself.
PARTS_OF_A_REPORT = frozenset(_PARTS.split())


def carries_meaning(exact: str) -> bool:
    """Whether a folded word says what is looked for; single letters don't, digits do."""
    return exact not in FUNCTION_WORDS and (len(exact) > 1 or exact.isdigit() or ord(exact) > 127)
