"""The site with one page more, `/constant/`: what a Django view costs at least behind the site's middleware."""

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

get_wsgi_application()  # sets Django up

from reportsite import urls  # noqa: E402

urls.urlpatterns.insert(0, path("constant/", lambda request: HttpResponse("constant")))

from reportsite.wsgi import application  # noqa: E402

__all__ = ["application"]
