"""The addresses of the API, below /api/v1/."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from . import views
from .docs import docs
from .root import RootView
from .search import SearchView

router = SimpleRouter(use_regex_path=False)
router.register("paragraphs", views.ParagraphViewSet, "api-paragraph")
router.register("replies", views.ReplyViewSet, "api-reply")
router.register("institutions", views.InstitutionViewSet, "api-institution")
router.register("laws", views.LawViewSet, "api-law")
router.register("programmes", views.ProgrammeViewSet, "api-programme")
router.register("convention/articles", views.ArticleViewSet, "api-article")
router.register("convention/texts", views.TextViewSet, "api-convention-text")

urlpatterns = [
    path("", RootView.as_view(), name="api-root"),
    path("docs/", docs, name="api-docs"),
    path("reports/", views.ReportListViewSet.as_view({"get": "list"}), name="api-reports"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("documents/", views.DocumentViewSet.as_view({"get": "list"}), name="api-documents"),
    path("figures/", views.FigureViewSet.as_view({"get": "list"}), name="api-figures"),
    path("dates/", views.DateViewSet.as_view({"get": "list"}), name="api-dates"),
    path("search/", SearchView.as_view(), name="api-search"),
    path("", include(router.urls)),
    re_path(r"^[\s\S]*$", views.nothing_here, name="api-nothing"),
]
