"""The addresses of what is not a page: files for machines, the same in every language."""

from django.urls import path

from . import converters  # noqa: F401  # registers the converters of the addresses below
from .views import changes, data, paragraphs, sitemap

urlpatterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("changes/feed/", changes.ChangesFeed(), name="changes-feed"),
    path("<symbol:symbol>/paragraphs/<int:number>.json", paragraphs.paragraph_json, name="paragraph-json"),
    path(
        "<symbol:symbol>/paragraphs/<int:number>.<citation:file_format>",
        paragraphs.paragraph_file,
        name="paragraph-file",
    ),
    path("<symbol:symbol>/tables/<int:number>.<data:file_format>", data.table_file, name="table-file"),
    path("<symbol:symbol>/figures.<data:file_format>", data.figures_file, name="figures-file"),
    path("<symbol:symbol>/timeline.<data:file_format>", data.timeline_file, name="timeline-file"),
    path("<symbol:symbol>/places.<data:file_format>", data.places_file, name="places-file"),
]
