"""The lists of the registers: entries, their names, short forms and relations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.editing.delete import delete_entry
from sections.editing.new_slugs import free_slug
from sections.models import Entry, Name, Paragraph, Relation, ShortForm
from sections.models.fields import FIRST_YEAR, LAST_YEAR
from sections.models.kinds import KINDS_BY_TYPE, RELATIONS

from .columns import KeyField, NumberField, NumbersField, ParagraphField, ReportField, YesNoField, key_columns
from .columns import text_columns as texts
from .lists import SpreadsheetList, entry_columns

YEAR = {"least": FIRST_YEAR, "most": LAST_YEAR, "required": False}


class EntryList(SpreadsheetList):
    """Institutions, laws and programmes."""

    key, title, model = "entries", gettext_lazy("Entries"), Entry
    fields = {
        **key_columns(Entry, "type"),
        "slug": forms.CharField(
            required=False,
            max_length=80,
            help_text=gettext_lazy("The last part of the address. A new entry without one gets it from its name."),
        ),
        **texts(Entry, "name"),
        "kind": forms.CharField(required=False, help_text=gettext_lazy("One word, such as ministry, act or plan.")),
        **texts(Entry, "description"),
        "description_paragraph": ParagraphField(
            required=False, help_text=gettext_lazy("The number of the paragraph that says so.")
        ),
        "start_year": NumberField(**YEAR),
        "end_year": NumberField(**YEAR),
    }
    fixed = ("type", "slug")
    related, order = ("description_paragraph__report",), ("type", "slug")
    duplicate = ("slug", gettext_lazy("Another entry of this type has this address already. Choose another address."))
    renames = True

    def set_values(self, record: Entry, values: dict[str, Any]) -> None:
        if not record.pk and not values.get("slug") and values.get("name"):
            values["slug"] = free_slug(values.get("type", ""), values["name"])
        if "slug" in values:
            values["slug"] = values["slug"].lower()
        super().set_values(record, {name: value for name, value in values.items() if name != "kind"})
        record.kind = values.get("kind", record.kind).lower()
        kinds = KINDS_BY_TYPE.get(record.type, {})
        if kinds and record.kind not in kinds:
            words = _("“%(kind)s” is no kind of this register. Its kinds are: %(kinds)s.")
            raise ValidationError({"kind": words % {"kind": record.kind[:60], "kinds": ", ".join(kinds)}})

    def delete(self, record: Entry) -> None:
        delete_entry(record)

    def entries_of(self, record: Entry) -> set[int]:
        return {record.pk}


class NameList(SpreadsheetList):
    """The other names of entries."""

    key, title, model = "names", gettext_lazy("Names"), Name
    fields = {
        **entry_columns("entry_"),
        **texts(Name, "text"),
        **key_columns(Name, "language", "form"),
        "in_report": YesNoField(
            help_text=gettext_lazy("Whether a report prints it. The desk finds it out and ignores changes.")
        ),
    }
    entries = {"entry": "entry_"}
    related, order = ("entry",), ("entry__type", "entry__slug", "language", "form", "text")
    duplicate = ("text", gettext_lazy("The entry has this name in this language already."))
    renames = True

    def set_values(self, record: Name, values: dict[str, Any]) -> None:
        values.pop("in_report", None)  # what the text of the reports says; see printed_names
        super().set_values(record, values)

    def title_of(self, record: Name) -> str:
        return _("“%(name)s” of %(entry)s") % {"name": record.text, "entry": _entry_name(record, "entry")}


class ShortFormList(SpreadsheetList):
    """Words that mean an entry in stated paragraphs only."""

    key, title, model = "short-forms", gettext_lazy("Short forms"), ShortForm
    fields = {
        "report": ReportField(help_text=gettext_lazy("The symbol of the report. Empty for the report of this site.")),
        **entry_columns("entry_"),
        **texts(ShortForm, "text"),
        "paragraphs": NumbersField(help_text=gettext_lazy("Where it means the entry, such as 12; 14–16.")),
        **texts(ShortForm, "rule"),
    }
    entries, needed = {"entry": "entry_"}, ("paragraphs",)
    related, order = ("entry", "report"), ("report__symbol", "text", "entry__slug")
    duplicate = ("text", gettext_lazy("The entry has this short form in this report already."))
    renames = True

    def set_values(self, record: ShortForm, values: dict[str, Any]) -> None:
        if not record.report_id and "report" not in values:
            values["report"] = self.fields["report"].clean("")
        super().set_values(record, values)
        if not record.report_id or not {"paragraphs", "report"} & values.keys():
            return
        known = Paragraph.objects.filter(report=record.report_id, number__in=record.paragraphs)
        missing = sorted(set(record.paragraphs) - set(known.values_list("number", flat=True)))
        if missing:
            words = _("%(symbol)s has no paragraph %(number)s.")
            named = {"symbol": record.report.symbol, "number": ", ".join(map(str, missing[:20]))}
            raise ValidationError({"paragraphs": words % named})

    def title_of(self, record: ShortForm) -> str:
        return _("“%(name)s” of %(entry)s") % {"name": record.text, "entry": _entry_name(record, "entry")}


class RelationList(SpreadsheetList):
    """What the text states between two entries."""

    key, title, model = "relations", gettext_lazy("Relations"), Relation
    fields = {
        **entry_columns("source_"),
        "kind": KeyField(RELATIONS),
        **entry_columns("target_"),
        "paragraph": ParagraphField(
            required=False, help_text=gettext_lazy("The number of the paragraph that states it.")
        ),
    }
    entries, needed = {"source": "source_", "target": "target_"}, ("kind",)
    related = ("source", "target", "paragraph__report")
    order = ("source__type", "source__slug", "kind", "target__type", "target__slug")
    duplicate = ("target_slug", gettext_lazy("This relation between the two entries exists already."))

    def set_values(self, record: Relation, values: dict[str, Any]) -> None:
        super().set_values(record, values)
        if record.source_id and record.source_id == record.target_id:
            raise ValidationError({"target_slug": _("An entry has no relation to itself. Name another entry.")})

    def title_of(self, record: Relation) -> str:
        names = (_entry_name(record, "source"), record.get_kind_display(), _entry_name(record, "target"))
        return " ".join(map(str, names))


def _entry_name(record, field):
    """The name of the record's entry; "?" where it could not be read."""
    return getattr(record, field).name if getattr(record, f"{field}_id") else "?"
