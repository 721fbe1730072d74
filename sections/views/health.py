"""Two answers for machines: the process is up; the database answers and holds a report."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sections.models import Paragraph


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 `{status: "ok"}` whenever the process can answer at all; does not use the database."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and holds a report; else 503 with `status` and, in words, the `reason`."""
    try:
        has_report = Paragraph.objects.exists()
    except DatabaseError:
        return _not_ready("The database does not answer, or its tables are missing: run manage.py migrate.")
    if not has_report:
        return _not_ready("The database holds no report yet: run manage.py load_report.")
    return JsonResponse({"status": "ok"})


def _not_ready(reason):
    return JsonResponse({"status": "not ready", "reason": reason}, status=503)
