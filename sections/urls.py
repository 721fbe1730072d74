"""The addresses of the pages, each of which begins with the language unless that is English, and of the files.

A number in an address may be as long as somebody types it: Django looks for no number that a column cannot hold.
"""

from django.urls import path

from . import converters  # noqa: F401  # registers the converters that the addresses use
from .views import (
    about,
    accessibility,
    changes,
    convention,
    entries,
    error_reports,
    figures,
    home,
    paragraphs,
    reports,
    search,
    sitemap,
)

INSTITUTION, LAW, PROGRAMME = {"type": "institution"}, {"type": "law"}, {"type": "programme"}

pages = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("about/fidelity/", about.fidelity, name="fidelity"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed/", changes.feed, name="changes-feed"),
    path("changes/<int:number>/", changes.change, name="change"),
    path("report-an-error/", error_reports.report_an_error, name="report-an-error"),
    path("report-an-error/sent/<str:receipt>/", error_reports.sent, name="error-report-sent"),
    path("report/", reports.default, name="default-report"),
    path("reports/", reports.reports, name="reports"),
    # The search.
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggestions, name="suggestions"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    # The Convention and the registers.
    path("convention/", convention.convention, name="convention"),
    path("convention/parts/<int:number>/", convention.part, name="convention-part"),
    path("convention/articles/<int:number>/", convention.article, name="convention-article"),
    path("convention/matrix/", convention.matrix, name="matrix"),
    path("institutions/", entries.register, INSTITUTION, name="institutions"),
    path("institutions/<entry:slug>/", entries.entry, INSTITUTION, name="institution"),
    path("institutions/<entry:slug>/card/", entries.card, INSTITUTION, name="institution-card"),
    path("laws/", entries.register, LAW, name="laws"),
    path("laws/<entry:slug>/", entries.entry, LAW, name="law"),
    path("laws/<entry:slug>/card/", entries.card, LAW, name="law-card"),
    path("programmes/", entries.register, PROGRAMME, name="programmes"),
    path("programmes/<entry:slug>/", entries.entry, PROGRAMME, name="programme"),
    path("programmes/<entry:slug>/card/", entries.card, PROGRAMME, name="programme-card"),
    # The report. Its own address comes last: a symbol is any path of three parts or more.
    path("<symbol:symbol>/full/", reports.full, name="report-full"),
    path("<symbol:symbol>/parts/<int:number>/", reports.part, name="report-part"),
    path("<symbol:symbol>/annexes/", reports.annexes, name="annexes"),
    path("<symbol:symbol>/replies/<int:number>/", reports.reply, name="reply"),
    path("<symbol:symbol>/paragraphs/<int:number>/", paragraphs.paragraph, name="paragraph"),
    path("<symbol:symbol>/tables/<int:number>/", figures.table, name="table"),
    path("<symbol:symbol>/figures/", figures.figures, name="figures"),
    path("<symbol:symbol>/figures/sums/", figures.sums, name="sums"),
    path("<symbol:symbol>/timeline/", figures.timeline, name="timeline"),
    path("<symbol:symbol>/places/", figures.places, name="places"),
    path("<symbol:symbol>/", reports.report, name="report"),
]

# What is not a page: files for machines, the same in every language.
files = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("report.json", sitemap.complete, name="complete"),
    path(".well-known/security.txt", sitemap.security, name="security"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-site.xml", sitemap.site_sitemap, name="sitemap-site"),
    path("<symbol:symbol>/sitemap.xml", sitemap.report_sitemap, name="sitemap-report"),
    path("<symbol:symbol>/report.json", reports.whole_file, name="report-file"),
    path("<symbol:symbol>/paragraphs/<int:number>.json", paragraphs.paragraph_json, name="paragraph-json"),
    path(
        "<symbol:symbol>/paragraphs/<int:number>.<citation:file_format>",
        paragraphs.paragraph_file,
        name="paragraph-file",
    ),
    path("<symbol:symbol>/tables/<int:number>.<data:file_format>", figures.table_file, name="table-file"),
    path("<symbol:symbol>/figures.<data:file_format>", figures.figures_file, name="figures-file"),
    path("<symbol:symbol>/timeline.<data:file_format>", figures.timeline_file, name="timeline-file"),
    path("<symbol:symbol>/places.<data:file_format>", figures.places_file, name="places-file"),
]
