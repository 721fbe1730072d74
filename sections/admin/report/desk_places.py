"""Where the desk edits what a page of this site shows: the form of the record, or the list that it is in."""

import re
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from sections.models import (
    ConventionArticle,
    ConventionPart,
    DatedEvent,
    Entry,
    Figure,
    Paragraph,
    Place,
    Report,
    Section,
    Table,
)
from sections.text.places import parse_place
from sections.text.whole_numbers import whole_number

IN_PAGE = re.compile(r"(?P<what>p|figure-|date-)(?P<number>\d{1,18})")
# Lists of the desk, by the names of the pages that show the same records.
LISTS = {
    "convention": "conventionarticle",
    "figures": "figure",
    "figures-file": "figure",
    "sums": "checkedsum",
    "sums-file": "checkedsum",
    "timeline": "datedevent",
    "timeline-file": "datedevent",
    "places": "placemention",
    "places-file": "placemention",
    "institutions": "institution",
    "laws": "law",
    "programmes": "programme",
}
TYPES = ("institution", "law", "programme")


def desk_address(address: str) -> str:
    """The address at the desk where the place at an address of the site is edited; "" where there is none."""
    parts = urlsplit(address)
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    try:
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            match = resolve(path)
    except (Resolver404, ValueError):
        return ""
    name, given = match.url_name or "", match.kwargs
    record = _record(name, given, fragment)
    if record is not None:
        kind = record.type if isinstance(record, Entry) else record._meta.model_name
        return reverse(f"admin:sections_{kind}_change", args=[record.pk])
    return reverse(f"admin:sections_{LISTS[name]}_changelist") if name in LISTS else ""


def _record(name: str, given: dict, fragment: str) -> Model | None:
    """The record that the page, or the place in it, shows."""
    number = given.get("number")
    if "symbol" in given:
        report = Report.objects.filter(symbol__iexact=given["symbol"]).first()
        return report and _of_report(report, name, given, fragment)
    if name == "convention-article":
        return ConventionArticle.objects.filter(number=number).first()
    if name == "convention-part":
        return ConventionPart.objects.filter(number=number).first()
    if given.get("type") in TYPES and "slug" in given:
        return Entry.objects.filter(type=given["type"], slug=given["slug"]).first()
    return None


def _of_report(report, name, given, fragment):
    number = given.get("number")
    paragraphs = Paragraph.objects.filter(report=report)
    if name.startswith("paragraph") and number is not None:
        return _numbered(paragraphs, number)
    if "place" in given:
        written = parse_place(given["place"])
        return written and _numbered(paragraphs, written.runs[0][0])
    if name.startswith("table") and number is not None:
        return _numbered(Table.objects.filter(report=report), number)
    if (inside := IN_PAGE.fullmatch(fragment)) and (key := whole_number(inside["number"], 10**18)) is not None:
        if inside["what"] == "p":
            return _numbered(paragraphs, key)
        model = Figure if inside["what"] == "figure-" else DatedEvent
        return model.objects.of(report).filter(pk=key).first()
    if name == "places" and fragment:
        return Place.objects.filter(slug=fragment).first()
    if name.startswith("reply") and number is not None:
        return _numbered(Section.objects.filter(report=report, kind=Section.Kind.REPLY), number)
    return None if name in LISTS else report


def _numbered(rows: QuerySet, number: int) -> Model | None:
    return rows.filter(number=number).first() if number < 2**31 else None
