"""The documents that belong to a report, and the text of the Convention where the site holds it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Subquery, When
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from sections.models import Convention, ConventionArticle, ConventionText, RelatedDocument, Report, cached_per_version
from sections.models.convention import article_key

KEPT_REPORTS = 50
KINDS = RelatedDocument.Kind.values


@cached_per_version(KEPT_REPORTS)
def related_documents(report: Report) -> tuple[RelatedDocument, ...]:
    """The documents that belong to the report, from what the Committee asked to the next report; one query."""
    rows = list(RelatedDocument.objects.filter(report=report).with_held())
    for row in rows:
        row.report = report
    return tuple(sorted(rows, key=lambda row: (KINDS.index(row.kind), row.symbol)))


def list_of_issues(report: Report) -> RelatedDocument | None:
    """The list of issues that the report replies to, as editors recorded it or as the report names it.

    Asks nothing where `kept_report` has read the report.
    """
    recorded, named = getattr(report, "list_document", None), report.list_of_issues
    if not (recorded or named):
        return None
    values = dict(recorded or {"symbol": named, "date": report.list_of_issues_date})
    held = bool(values.pop("held", False))
    values |= {"languages": _read(values.get("languages", []), json.loads)}
    values |= {"date": _read(values.get("date"), date.fromisoformat)}
    document = RelatedDocument(report=report, **values)
    document.held = held
    return document


@dataclass(frozen=True, slots=True)
class OfficialText:
    """Where the official text is, and the text of an article where the site holds it; else `language` is "".

    `is_readers` says whether that is the reader's language; `source_name` and `loaded` say where the text came from.
    """

    symbol: str = ""
    address: str = ""
    language: str = ""
    is_readers: bool = False
    title: str = ""
    provisions: list[dict] = field(default_factory=list)
    source_name: str = ""
    loaded: date | None = None


def official_text(article: ConventionArticle) -> OfficialText:
    """The article's text in the reader's language, else in English, else in any; one query."""
    readers = (get_language() or "en")[:2]
    rank = Case(When(language=readers, then=0), When(language="en", then=1), default=2)
    names = {name: name for name in ("language", "source_name", "loaded")}
    own = JSONObject(**names, article=KeyTransform(article_key(article.number), "articles"))
    best = ConventionText.objects.order_by(rank, "language").values_list(own, flat=True)[:1]
    treaty = Convention.objects.annotate(text=Subquery(best)).first()
    place = {"symbol": treaty.symbol, "address": treaty.official_address(readers)} if treaty else {}
    text = treaty.text if treaty else best.first()
    held = text and _read(text["article"], json.loads)
    if not held:
        return OfficialText(**place)
    return OfficialText(
        **place,
        language=text["language"],
        is_readers=text["language"] == readers,
        title=held["title"],
        provisions=held["provisions"],
        source_name=text["source_name"],
        loaded=_read(text["loaded"], date.fromisoformat),
    )


def _read(value: Any, read: Callable[[str], Any]) -> Any:
    """A value out of JSON that a database made: SQLite leaves JSON within it as text, and dates are text in both."""
    return read(value) if isinstance(value, str) else value
