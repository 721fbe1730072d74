"""The matrix of articles and entries: which of them the same paragraphs bear on and name, and in how many."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sections.filters import matrix_request
from sections.models import ConventionPart, Report
from sections.models.kinds import KINDS_BY_TYPE
from sections.presenters.registers import REGISTERS
from sections.queries import matrix as queries

WIDTH = 12  # columns on one page


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Articles against the entries of one register; every number leads to the paragraphs that it counts."""
    report = Report.objects.default()
    parts = list(ConventionPart.objects.order_by("number"))
    asked = matrix_request(request.GET, parts)
    matrix = queries.matrix(report, asked, WIDTH)
    kinds = KINDS_BY_TYPE[asked.type]
    context = {
        "report": report,
        "asked": asked,
        "matrix": matrix,
        "register": REGISTERS[asked.type],
        "registers": list(REGISTERS.values()),
        "parts": parts,
        "part": next((part for part in parts if part.number == asked.part), None),
        "kinds": list(kinds.items()),
        "kind_words": kinds.get(asked.kind, ""),
        "before": max(matrix.first - WIDTH, 0) if matrix.first else None,
        "after": matrix.last if matrix.last < matrix.total else None,
    }
    return render(request, "matrix/matrix.html", context)
