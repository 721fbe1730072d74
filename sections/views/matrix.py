"""The matrix of articles and entries: which stand together, and in how many paragraphs."""

from django.shortcuts import render

from sections.models import ConventionPart, Report
from sections.models.kinds import KINDS_BY_TYPE
from sections.queries.matrix import MatrixQuestion
from sections.queries.matrix import matrix as ask

from .entries import REGISTERS

WIDTH = 12  # columns on one page


def matrix(request):
    """Articles against the entries of one register; every number leads to the paragraphs that it counts."""
    report = Report.objects.default()
    parts = list(ConventionPart.objects.order_by("number"))
    question = _question(request.GET, parts)
    found = ask(report, question, WIDTH)
    register = next(row for row in REGISTERS.values() if row.type == question.type)
    context = {
        "report": report,
        "question": question,
        "matrix": found,
        "register": register,
        "registers": list(REGISTERS.values()),
        "parts": parts,
        "part": next((part for part in parts if part.number == question.part), None),
        "kinds": list(KINDS_BY_TYPE[question.type].items()),
        "kind_words": KINDS_BY_TYPE[question.type].get(question.kind, ""),
        "before": found.first - WIDTH if found.first >= WIDTH else None,
        "after": found.last if found.last < found.total else None,
    }
    return render(request, "convention/matrix.html", context)


def _question(asked, parts):
    """What the request asks; whatever makes no sense in it is left out."""
    pages = {register.page: register.type for register in REGISTERS.values()}
    type = pages.get(asked.get("with"), "institution")
    kind = asked.get("kind", "")
    numbers = {str(part.number): part.number for part in parts}
    first = asked.get("first", "")
    return MatrixQuestion(
        type=type,
        kind=kind if kind in KINDS_BY_TYPE[type] else "",
        part=numbers.get(asked.get("part")),
        first=int(first) if first.isascii() and first.isdigit() and len(first) < 5 else 0,
    )
