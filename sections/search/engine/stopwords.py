"""Stop words, so that a question finds what answers it. Pure."""

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
STOP_WORDS = frozenset(_TEXT.split())

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
