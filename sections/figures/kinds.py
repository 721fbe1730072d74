"""The kinds of things that a report counts, and the nouns that give them away."""

# Of numbers whose noun is unknown.
DEFAULT_KIND = "measures"

# The first kind with a noun among a figure's words gives its kind; the noun itself is its unit.
NOUNS = {
    "money": ["pesos", "dollars"],
    "share": ["per cent"],
    "age": ["years of age", "age group", "minimum age", "ranged in age"],
    "time": ["times", "years", "days", "hours", "months", "weeks", "hour"],
    "people": [
        "persons", "individuals", "people", "victims", "women", "woman", "men", "boys", "girls", "children",
        "minors", "adults", "adolescents", "students", "workers", "migrants", "officials", "officers", "experts",
        "assistants", "candidates", "prosecutors", "staff members", "advisers", "foreigners", "mexicans", "bodies",
        "torsos", "beneficiaries", "direct", "indirect",
    ],
    "papers": [
        "documents", "visas", "permits", "cards", "records", "validations", "entries", "contracts",
    ],
    "cases": [
        "complaints", "conciliation rulings", "recommendations", "convictions", "claims", "resolutions", "case",
        "assessments", "protection measures", "restoration plans",
    ],
    "activities": [
        "training sessions", "sessions", "workshops", "conferences", "courses", "forums", "meetings", "webinars",
        "visits",
    ],
    "places": ["states", "countries", "federative entities"],
    "bodies": ["offices", "centres", "modules", "units", "agencies", "telephone lines", "branches of government"],
    "texts": ["agreements", "memorandums", "protocols", "reports"],
    "measures": [
        "measures", "objectives", "strategies", "lines of action", "components", "areas", "pillars", "phases",
        "programmes", "groups", "ptrms", "class years", "aims",
    ],
}  # fmt: skip


def kind_and_unit(words: str) -> tuple[str, str]:
    """The kind and the unit of a number from the words after it; two empty strings when the words give none."""
    words = f" {words.casefold().replace('-', ' -')} "
    candidates = [
        (at, -len(noun), kind, noun)
        for kind, nouns in NOUNS.items()
        for noun in nouns
        if (at := words.find(f" {noun}")) >= 0 and not words[at + len(noun) + 1].isalpha()
    ]
    if not candidates:
        return "", ""
    _, _, kind, noun = min(candidates)
    return kind, noun
