"""The URLs of the site: the editors' admin, health checks, the API, files, and the pages in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from sections import urls
from sections.views import health

handler500 = "reportsite.unavailable.server_error"

handler400 = "reportsite.error_pages.bad_request"
handler403 = "reportsite.error_pages.permission_denied"
handler404 = "reportsite.error_pages.not_found"

urlpatterns = [
    path("admin/", include("sections.admin.urls")),
    path("admin/", admin.site.urls),
    # `ProbeMiddleware` answers at these two before anything looks at the host.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("sections.api.urls")),
    *urls.files,
    *i18n_patterns(*urls.lists, *urls.citations, *urls.pages, prefix_default_language=False),
]
