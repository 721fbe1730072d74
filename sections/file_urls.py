"""The addresses of what is no page: files for machines, the same in every language."""

from django.urls import path

from . import converters  # noqa: F401  # symbols in addresses are read by it
from .api.beside import paragraph_json
from .views import changes, figures, paragraph_files, places, sitemap, tables, timeline

urlpatterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("changes/feed/", changes.ChangesFeed(), name="changes-feed"),
    path("<symbol:symbol>/paragraphs/<int:number>.json", paragraph_json, name="paragraph-json"),
    path(
        "<symbol:symbol>/paragraphs/<int:number>.<ending:ending>",
        paragraph_files.paragraph_file,
        name="paragraph-file",
    ),
    path("<symbol:symbol>/tables/<int:number>.<data:ending>", tables.table_file, name="table-file"),
    path("<symbol:symbol>/figures.<data:ending>", figures.figures_file, name="figures-file"),
    path("<symbol:symbol>/timeline.<data:ending>", timeline.timeline_file, name="timeline-file"),
    path("<symbol:symbol>/places.<data:ending>", places.places_file, name="places-file"),
]
