"""The kinds of entries, relations, figures and sums, with the words that readers see."""

from django.utils.translation import gettext_lazy as _

INSTITUTION_KINDS = {
    "ministry": _("ministry"),
    "agency": _("agency or institute"),
    "commission": _("commission"),
    "council": _("council"),
    "unit": _("unit or directorate"),
    "office": _("office"),
    "court": _("court or judicial body"),
    "police": _("police"),
    "prosecutor": _("prosecutor"),
    "legislature": _("legislature"),
    "government": _("government"),
    "state_body": _("state or municipal body"),
    "consular": _("consular network"),
    "group": _("inter-agency or working group"),
    "united_nations": _("United Nations body"),
    "international": _("other international body"),
    "foreign": _("foreign authority"),
    "civil_society": _("civil society organization"),
    "university": _("university or research centre"),
    "company": _("company or bank"),
    "forum": _("forum or conference"),
    "publication": _("official publication"),
}

LAW_KINDS = {
    "constitution": _("constitution"),
    "act": _("act"),
    "regulation": _("regulations"),
    "standard": _("standard"),
    "decree": _("decree"),
    "guidelines": _("guidelines"),
    "protocol": _("protocol"),
    "procedure": _("procedure"),
    "handbook": _("handbook"),
    "treaty": _("treaty"),
    "agreement": _("agreement"),
    "memorandum": _("memorandum of understanding"),
    "directive": _("directive or order"),
    "declaration": _("declaration"),
}

PROGRAMME_KINDS = {
    "plan": _("plan"),
    "programme": _("programme"),
    "strategy": _("strategy"),
    "campaign": _("campaign"),
    "mechanism": _("mechanism"),
    "network": _("network"),
    "registry": _("registry"),
    "pilot": _("pilot"),
    "course": _("course or training"),
    "scheme": _("scheme"),
    "model": _("model"),
    "fund": _("fund"),
    "competition": _("competition"),
    "publication": _("publication"),
    "tool": _("tool or service"),
    "forum": _("forum or event"),
    "project": _("project"),
}

KINDS_BY_TYPE = {"institution": INSTITUTION_KINDS, "law": LAW_KINDS, "programme": PROGRAMME_KINDS}

KINDS = [(f"{type}s", list(kinds.items())) for type, kinds in KINDS_BY_TYPE.items()]

# Each relation is stored once and read in both directions.
RELATIONS = {
    "part_of": (_("is part of"), _("includes")),
    "responsible_for": (_("is responsible for"), _("is the responsibility of")),
    "established_under": (_("was established under"), _("established")),
    "implements": (_("implements"), _("is implemented by")),
    "signed_with": (_("was signed with"), _("signed")),
    "supported_by": (_("is supported by"), _("supports")),
    "regulates": (_("governs"), _("is governed by")),
    "regulations_of": (_("are the regulations of"), _("has implementing regulations")),
    "funded_by": (_("is funded by"), _("funds")),
    "member_of": (_("is a member of"), _("has member")),
    "published_by": (_("is published by"), _("publishes")),
    "cooperates_with": (_("cooperates with"), _("cooperates with")),
}

FIGURE_KINDS = {
    "people": _("people"),
    "money": _("money"),
    "share": _("percentages"),
    "papers": _("visas, permits and records"),
    "cases": _("complaints, rulings and claims"),
    "activities": _("training, meetings and inspections"),
    "bodies": _("offices, centres and facilities"),
    "places": _("States and countries"),
    "texts": _("agreements, protocols and reports"),
    "measures": _("measures, programmes and their parts"),
    "age": _("ages"),
    "time": _("times and frequencies"),
}

SUM_KINDS = {
    "sum": _("parts and their total"),
    "share": _("a share of a whole"),
    "shares": _("shares of one whole"),
    "count": _("a list and its length"),
    "same": _("a number given twice"),
}

# How a date is meant.
SENSES = {
    "on": _("then"),
    "period": _("from, to"),
    "since": _("since then"),
    "until": _("up to then"),
    "before": _("before then"),
    "name": _("in a name or a title, such as “Plan 2008”: nothing is said to have happened then"),
}

# Those of which the printed date alone would say something else.
DATE_WORDS = {
    "since": _("since %(date)s"),
    "until": _("until %(date)s"),
    "before": _("before %(date)s"),
}
