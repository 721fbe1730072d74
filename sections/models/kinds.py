"""The kinds of entries and the kinds of relations between them, with the words that readers see."""

INSTITUTION_KINDS = {
    "ministry": "ministry",
    "agency": "agency or institute",
    "commission": "commission",
    "council": "council",
    "unit": "unit or directorate",
    "office": "office",
    "court": "court or judicial body",
    "police": "police",
    "prosecutor": "prosecutor",
    "legislature": "legislature",
    "government": "government",
    "state_body": "state or municipal body",
    "consular": "consular network",
    "group": "inter-agency or working group",
    "united_nations": "United Nations body",
    "international": "other international body",
    "foreign": "foreign authority",
    "civil_society": "civil society organization",
    "university": "university or research centre",
    "company": "company or bank",
    "forum": "forum or conference",
    "publication": "official publication",
}

LAW_KINDS = {
    "constitution": "constitution",
    "act": "act",
    "regulation": "regulations",
    "standard": "standard",
    "decree": "decree",
    "guidelines": "guidelines",
    "protocol": "protocol",
    "procedure": "procedure",
    "handbook": "handbook",
    "treaty": "treaty",
    "agreement": "agreement",
    "memorandum": "memorandum of understanding",
    "directive": "directive or order",
    "declaration": "declaration",
}

PROGRAMME_KINDS = {
    "plan": "plan",
    "programme": "programme",
    "strategy": "strategy",
    "campaign": "campaign",
    "mechanism": "mechanism",
    "network": "network",
    "registry": "registry",
    "pilot": "pilot",
    "course": "course or training",
    "scheme": "scheme",
    "model": "model",
    "fund": "fund",
    "competition": "competition",
    "publication": "publication",
    "tool": "tool or service",
    "forum": "forum or event",
    "project": "project",
}

KINDS_BY_TYPE = {"institution": INSTITUTION_KINDS, "law": LAW_KINDS, "programme": PROGRAMME_KINDS}

KINDS = [(f"{type}s", list(kinds.items())) for type, kinds in KINDS_BY_TYPE.items()]

# Each relation is stored once and read in both directions.
RELATIONS = {
    "part_of": ("is part of", "has as a part"),
    "responsible_for": ("is responsible for", "is the responsibility of"),
    "established_under": ("was established under", "established"),
    "implements": ("implements", "is implemented by"),
    "signed_with": ("was signed with", "signed"),
    "supported_by": ("is supported by", "supports"),
    "regulates": ("governs", "is governed by"),
    "regulations_of": ("are the regulations of", "has as its regulations"),
    "funded_by": ("is funded by", "funds"),
    "member_of": ("is a member of", "has as a member"),
    "published_by": ("is published by", "publishes"),
    "cooperates_with": ("cooperates with", "cooperates with"),
}
