"""Where hits are: their reports and sections."""

from sections.models import ConventionPart, Report, Section
from sections.queries.reports import section_title

from .catalogue import Catalogue
from .named import Place
from .scope import Scope


def reports_and_places(
    documents: list[int], scope: Scope, catalogue: Catalogue, report: Report | None
) -> list[tuple[Report | None, Place | None]]:
    """The report and the place of each document, None for what was removed meanwhile.

    In one report nothing is read; in all reports one query reads the sections of the documents.
    """
    keys = scope.sections[documents].tolist()
    if scope.report is not None:
        return [(report, catalogue.places.get(key)) for key in keys]
    rows = Section.objects.select_related("report", "reply_subject").defer("source_text", "evidence").in_bulk(set(keys))
    sections = [rows.get(key) for key in keys]
    return [
        (section.report, _place(section, scope.links.numbers(document, "p"), catalogue)) if section else (None, None)
        for document, section in zip(documents, sections, strict=True)
    ]


def _place(section, parts, catalogue):
    """The section as a place; the index has the part of the Convention, which may stand in a heading above."""
    romans = [catalogue.parts[number] for number in parts if number in catalogue.parts]
    part = str(ConventionPart(roman=romans[0])) if romans else ""
    return Place(section_title(section), section.get_absolute_url(), section.number if section.is_reply else None, part)
