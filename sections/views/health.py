"""Two answers for machines: the process is up; it can serve the site."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sections.ops.readiness import why_not_ready

RETRY_AFTER = "10"  # seconds


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 `{status: "ok"}` whenever the process can answer at all; does not use the database."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, fits the code and holds a report, and the disk has space.

    Otherwise 503 with `status` and, in words, the `reason`.
    """
    if reason := why_not_ready():
        answer = {"status": "not ready", "reason": reason}
        return JsonResponse(answer, status=503, headers={"Retry-After": RETRY_AFTER})
    return JsonResponse({"status": "ok"})
