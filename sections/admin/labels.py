"""What the desk calls its lists and the fields of a record, in the editor's language, and its groups of lists.

Set here and not in the models, whose names are those of the code: a wording changes without a migration.
"""

from typing import NamedTuple

from django.apps import apps
from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sections.presenters.change_labels import own_label


class Noun(NamedTuple):
    """What a record of a model is called, and several of them."""

    one: str | Promise
    many: str | Promise


NOUNS = {
    "auth.User": Noun(_("login"), _("logins")),
    "otp_totp.TOTPDevice": Noun(_("app for the second step"), _("apps for the second step")),
    "sections.Entry": Noun(_("entry"), _("entries")),
    "sections.Institution": Noun(_("institution"), _("institutions")),
    "sections.Law": Noun(_("law"), _("laws")),
    "sections.Programme": Noun(_("programme"), _("programmes")),
    "sections.Name": Noun(_("name"), _("names")),
    "sections.ShortForm": Noun(_("short form"), _("short forms")),
    "sections.Relation": Noun(_("relation"), _("relations")),
    "sections.Mention": Noun(_("link from a name"), _("links from names")),
    "sections.ArticleLink": Noun(_("article link"), _("article links")),
    "sections.Paragraph": Noun(_("paragraph"), _("paragraphs")),
    "sections.Note": Noun(_("note"), _("notes")),
    "sections.Subjects": Noun(_("search terms of a paragraph"), _("search terms of paragraphs")),
    "sections.Synonym": Noun(_("line of the thesaurus"), _("thesaurus")),
    "sections.Report": Noun(_("report"), _("reports")),
    "sections.Section": Noun(_("section"), _("sections")),
    "sections.ReplySubject": Noun(_("subject of a reply"), _("subjects of replies")),
    "sections.RelatedDocument": Noun(_("related document"), _("related documents")),
    "sections.Silence": Noun(_("article found silent"), _("articles found silent")),
    "sections.ConventionArticle": Noun(_("article of the Convention"), _("articles of the Convention")),
    "sections.FormerAddress": Noun(_("former address"), _("former addresses")),
    "sections.ConventionText": Noun(_("text of the Convention"), _("texts of the Convention")),
    "sections.ErrorReport": Noun(_("error report"), _("error reports")),
    "sections.Figure": Noun(_("figure"), _("figures")),
    "sections.DatedEvent": Noun(_("date"), _("dates")),
    "sections.Place": Noun(_("place"), _("places")),
    "sections.PlaceMention": Noun(_("place in the text"), _("places in the text")),
    "sections.CheckedSum": Noun(_("checked sum"), _("checked sums")),
    "sections.Addend": Noun(_("figure of a sum"), _("figures of sums")),
    "sections.BackReference": Noun(_("back reference"), _("back references")),
    "sections.Table": Noun(_("table"), _("tables")),
    "sections.Convention": Noun(_("title of the Convention"), _("title of the Convention")),
    "sections.ConventionPart": Noun(_("part of the Convention"), _("parts of the Convention")),
    "sections.Block": Noun(_("piece of a paragraph"), _("pieces of paragraphs")),
    "sections.Footnote": Noun(_("footnote"), _("footnotes")),
    "sections.Reference": Noun(_("reference"), _("references")),
    "sections.Abbreviation": Noun(_("abbreviation"), _("abbreviations")),
    "sections.Sample": Noun(_("random sample"), _("random samples")),
    "sections.SampleItem": Noun(_("item of a sample"), _("items of samples")),
    "sections.Dismissal": Noun(_("dismissed suggestion"), _("dismissed suggestions")),
    "sections.Change": Noun(_("change"), _("changes")),
    "sections.Upload": Noun(_("uploaded list"), _("uploaded lists")),
    "sections.ContentLoad": Noun(_("load of a report"), _("loads of reports")),
}
APPS = {"sections": _("Report"), "auth": _("Logins"), "otp_totp": _("Second step")}
# What the first page and the side bar list together: models by their label, pages by the name of their address. What
# is in no group comes last.
GROUPS = [
    (_("Work"), ["review", "admin:my_actions", "admin:activity", "admin:watched"]),
    (_("Entries"), ["sections.Institution", "sections.Law", "sections.Programme"]),
    (
        _("Links"),
        ["sections.Mention", "sections.ArticleLink", "desk-suggestions", "coverage", "sections.Silence", "samples"],
    ),
    (
        _("The report"),
        ["sections.Paragraph", "sections.Report", "sections.Section", "sections.ReplySubject",
         "sections.RelatedDocument", "sections.Table", "sections.BackReference"],
    ),
    (
        _("Figures, dates and places"),
        ["sections.Figure", "sections.CheckedSum", "sections.DatedEvent", "sections.PlaceMention", "sections.Place"],
    ),
    (
        _("The Convention"),
        ["sections.ConventionArticle", "sections.ConventionPart", "sections.Convention", "sections.ConventionText",
         "convention-text"],
    ),
    (_("Search and lists"), ["sections.Synonym", "sections.Subjects", "lists"]),
    (_("Readers"), ["sections.ErrorReport"]),
    (_("Logins"), ["auth.User", "otp_totp.TOTPDevice", "admin:locked_names"]),
]  # fmt: skip
LABELS_OF = {
    "number": _("Number"),
    "part": _("Part"),
    "subject": _("Caption"),
    "terms": _("Words of the treaty"),
    "verified": _("Verified"),
    "evidence": _("Evidence"),
    "reference": _("Reference"),
    "when": _("When"),
    "place": _("Place"),
    "contact": _("Contact"),
    "state": _("State"),
    "answer": _("Answer"),
    "assigned_to": _("Dealt with by"),
    "handled_by": _("Handled by"),
    "handled": _("Last handled"),
    "surface": _("Words"),
    "unit": _("Unit"),
    "year": _("Year"),
}


def label_records() -> None:
    """Gives models and fields the words by which the desk calls them, and the lists of the desk their groups."""
    for name, noun in NOUNS.items():
        options = apps.get_model(name)._meta
        options.verbose_name, options.verbose_name_plural = noun
        for field in options.fields if options.app_label == "sections" else ():
            own = own_label(options.model, field.attname)
            field.verbose_name = own or LABELS_OF.get(field.name) or field.verbose_name
    for name, words in APPS.items():
        apps.get_app_config(name).verbose_name = words
    admin.site.groups = GROUPS
