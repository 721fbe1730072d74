"""The documents that belong to a report, and the text of the Convention where the site holds it."""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import get_language

from sections.models import Convention, ConventionArticle, ConventionText, RelatedDocument, Report, kept
from sections.models.convention import article_key

KEPT_REPORTS = 50
KINDS = RelatedDocument.Kind.values


@kept(KEPT_REPORTS)
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
    for name, read in (("languages", json.loads), ("date", date.fromisoformat)):
        if isinstance(values.get(name), str):  # as databases write them inside of JSON
            values[name] = read(values[name])
    document = RelatedDocument(report=report, **values)
    document.held = held
    return document


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The official text of an article as the site holds it, in which language, and whether it is the reader's."""

    title: str
    provisions: list[dict]
    language: str
    is_readers: bool
    source: ConventionText


def article_text(article: ConventionArticle) -> ArticleText | None:
    """The article's text in the reader's language, else in English, else in any; None where no text is loaded."""
    readers = (get_language() or "en")[:2]
    rows = ConventionText.objects.annotate(own=F(f"articles__{article_key(article.number)}")).defer("articles")
    rows = sorted(rows, key=lambda row: (row.language != readers, row.language != "en", row.language))
    row = next((row for row in rows if row.own), None)
    return row and ArticleText(row.own["title"], row.own["provisions"], row.language, row.language == readers, row)


def convention() -> Convention | None:
    """The treaty that the site is about, None before its data are loaded."""
    return Convention.objects.first()
