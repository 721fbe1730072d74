"""The URLs of the site: the editors' admin, health checks, the API, files, and the pages in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from sections import urls
from sections.admin import (
    convention,
    coverage,
    paragraph_links,
    preferences,
    restructuring,
    review,
    samples,
    spreadsheets,
    suggestions,
)
from sections.admin.login import second_step
from sections.views import health

handler500 = "reportsite.unavailable.server_error"

handler400 = "reportsite.refusals.bad_request"
handler403 = "reportsite.refusals.permission_denied"
handler404 = "reportsite.refusals.not_found"

urlpatterns = [
    path("admin/second-step/", second_step, name="second-step"),
    path("admin/preferences/", preferences.preferences, name="preferences"),
    path("admin/review/", review.review, name="review"),
    path("admin/review/take-back/", review.take_back, name="review-take-back"),
    path("admin/review/<str:key>/", review.decide, name="review-decide"),
    path("admin/paragraphs/<int:pk>/", paragraph_links.paragraph_links, name="paragraph-links"),
    path("admin/paragraphs/<int:pk>/decide/", paragraph_links.decide_paragraph, name="paragraph-decide"),
    path("admin/paragraphs/<int:pk>/link/", paragraph_links.link_paragraph, name="paragraph-link"),
    path("admin/paragraphs/<int:pk>/links/<int:link>/", paragraph_links.change_link, name="paragraph-change-link"),
    path("admin/suggestions/", suggestions.suggestions, name="desk-suggestions"),
    path("admin/suggestions/dismiss/", suggestions.dismiss, name="desk-suggestions-dismiss"),
    path("admin/coverage/", coverage.coverage, name="coverage"),
    path("admin/samples/", samples.samples, name="samples"),
    path("admin/samples/<int:pk>/", samples.sample, name="sample"),
    path("admin/entries/<int:pk>/register/", restructuring.move, name="entry-register"),
    path("admin/entries/<int:pk>/merge/", restructuring.merge_with, name="entry-merge"),
    path("admin/entries/<int:pk>/split/", restructuring.split_off, name="entry-split"),
    path("admin/lists/", spreadsheets.lists, name="lists"),
    path("admin/lists/<int:pk>/", spreadsheets.upload, name="list-upload"),
    path("admin/lists/<int:pk>/confirm/", spreadsheets.confirm, name="list-confirm"),
    path("admin/lists/<str:sheet>.<str:ending>", spreadsheets.download, name="list-download"),
    path("admin/convention-text/", convention.load_text, name="convention-text"),
    path("admin/", admin.site.urls),
    # `ProbeMiddleware` answers at these two before anything looks at the host.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("sections.api.urls")),
    *urls.files,
    *i18n_patterns(*urls.lists, *urls.citations, *urls.pages, prefix_default_language=False),
]
