"""The accessibility statement."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sections.presenters.responsibility import operator


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked and how, what is not known, and whom to tell; asks no database."""
    return render(request, "accessibility/accessibility.html", {"version": settings.VERSION, **operator()})
