"""What belongs to a page of the report or the Convention: related documents, a question, the text of an article."""

from django import template

from sections.models import Report, Section
from sections.queries.documents import list_of_issues, official_text, related_documents
from sections.queries.reports import question_words

register = template.Library()


@register.inclusion_tag("reports/documents.html", name="related_documents")
def documents(report: Report) -> dict[str, object]:
    """The list of the documents that belong to the report."""
    return {"report": report, "documents": related_documents(report)}


@register.inclusion_tag("replies/question.html")
def question(report: Report, section: Section) -> dict[str, object]:
    """Which question of which list of issues the reply answers, with the address of that document."""
    document = list_of_issues(report)
    here = document.question_address(section.number) if document else ""
    return {"report": report, "question": question_words(section), "document": document, "here": here}


@register.filter
def provision_label(provision: dict[str, object]) -> str:
    """The label of a paragraph or an item of an article, as treaties print it: "2." or "(a)"."""
    label = provision["label"]
    return f"{label}." if provision["depth"] == 1 else f"({label})"


register.simple_tag(official_text)
