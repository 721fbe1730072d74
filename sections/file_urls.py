"""The addresses of what is not a page: files for machines, the same in every language."""

from django.urls import path

from . import converters  # noqa: F401  # registers the converters of the addresses below
from .views import changes, figures, paragraph_files, places, sitemap, tables, timeline

urlpatterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("changes/feed/", changes.ChangesFeed(), name="changes-feed"),
    path("<symbol:symbol>/paragraphs/<int:number>.json", paragraph_files.paragraph_json, name="paragraph-json"),
    path(
        "<symbol:symbol>/paragraphs/<int:number>.<citation:file_format>",
        paragraph_files.paragraph_file,
        name="paragraph-file",
    ),
    path("<symbol:symbol>/tables/<int:number>.<data:file_format>", tables.table_file, name="table-file"),
    path("<symbol:symbol>/figures.<data:file_format>", figures.figures_file, name="figures-file"),
    path("<symbol:symbol>/timeline.<data:file_format>", timeline.timeline_file, name="timeline-file"),
    path("<symbol:symbol>/places.<data:file_format>", places.places_file, name="places-file"),
]
