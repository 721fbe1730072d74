"""The addresses of the pages, each of which begins with the language unless that is English, and of the files.

A number in an address may be as long as somebody types it: Django looks for no number that a column cannot hold.
"""

from django.urls import path

from . import converters  # noqa: F401  # registers the converters that the addresses use
from .views import (
    about,
    accessibility,
    basket,
    changes,
    citation_files,
    convention,
    entries,
    error_reports,
    figures,
    home,
    paragraphs,
    places,
    reports,
    search,
    sitemap,
)
from .views import data as site_data
from .views.lists import data, registers, site
from .views.lists import paragraphs as listed_paragraphs

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
    path("data/", site_data.data, name="data"),
    path("reports/", reports.reports, name="reports"),
    # The search.
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggestions, name="suggestions"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("basket/", basket.basket, name="basket"),
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
    path("<symbol:symbol>/paragraphs/<place:place>/", places.place, name="place"),
    path("<symbol:symbol>/footnotes/<int:number>/", places.footnote, name="footnote"),
    path("<symbol:symbol>/tables/<int:number>/", figures.table, name="table"),
    path("<symbol:symbol>/figures/", figures.figures, name="figures"),
    path("<symbol:symbol>/figures/sums/", figures.sums, name="sums"),
    path("<symbol:symbol>/timeline/", figures.timeline, name="timeline"),
    path("<symbol:symbol>/places/", figures.places, name="places"),
    path("<symbol:symbol>/<short_place:place>/", places.short, name="short-place"),
    path("<symbol:symbol>/", reports.report, name="report"),
]

# The lists of the pages as files, each beside its page and named after it.
lists = [
    path("reports.<data:file_format>", site.reports, name="reports-file"),
    path("changes.<data:file_format>", site.changes, name="changes-file"),
    path("basket.<passages:file_format>", basket.basket_file, name="basket-file"),
    path("search.<passages:file_format>", listed_paragraphs.search, name="search-file"),
    path("convention.<data:file_format>", registers.convention, name="convention-file"),
    path("convention/parts/<int:number>.<data:file_format>", registers.part, name="convention-part-file"),
    path(
        "convention/articles/<int:number>/paragraphs.<passages:file_format>",
        listed_paragraphs.article,
        name="convention-article-file",
    ),
    path("institutions.<data:file_format>", registers.register, INSTITUTION, name="institutions-file"),
    path("laws.<data:file_format>", registers.register, LAW, name="laws-file"),
    path("programmes.<data:file_format>", registers.register, PROGRAMME, name="programmes-file"),
    path(
        "institutions/<entry:slug>/paragraphs.<passages:file_format>",
        listed_paragraphs.entry,
        INSTITUTION,
        "institution-file",
    ),
    path("laws/<entry:slug>/paragraphs.<passages:file_format>", listed_paragraphs.entry, LAW, "law-file"),
    path(
        "programmes/<entry:slug>/paragraphs.<passages:file_format>",
        listed_paragraphs.entry,
        PROGRAMME,
        "programme-file",
    ),
    path("<symbol:symbol>/replies.<data:file_format>", data.replies, name="replies-file"),
    path(
        "<symbol:symbol>/parts/<int:number>/paragraphs.<passages:file_format>",
        listed_paragraphs.part,
        name="report-part-file",
    ),
    path(
        "<symbol:symbol>/replies/<int:number>/paragraphs.<passages:file_format>",
        listed_paragraphs.reply,
        name="reply-file",
    ),
    # A symbol is any path of three parts or more, so this comes behind what has more to say.
    path("<symbol:symbol>/paragraphs.<passages:file_format>", listed_paragraphs.whole, name="report-full-file"),
    path("<symbol:symbol>/annexes.<data:file_format>", data.annexes, name="annexes-file"),
    path("<symbol:symbol>/tables/<int:number>.<data:file_format>", data.table, name="table-file"),
    path("<symbol:symbol>/figures.<data:file_format>", data.figures, name="figures-file"),
    path("<symbol:symbol>/figures/sums.<data:file_format>", data.sums, name="sums-file"),
    path("<symbol:symbol>/timeline.<data:file_format>", data.timeline, name="timeline-file"),
    path("<symbol:symbol>/places.<data:file_format>", data.places, name="places-file"),
]

# Files for reference managers, which cite the page beside them in its language.
citations = [
    path("convention/articles/<int:number>.<citation:file_format>", citation_files.article, name="article-citation"),
    path(
        "institutions/<entry:slug>.<citation:file_format>",
        citation_files.entry,
        INSTITUTION,
        name="institutions-citation",
    ),
    path("laws/<entry:slug>.<citation:file_format>", citation_files.entry, LAW, name="laws-citation"),
    path("programmes/<entry:slug>.<citation:file_format>", citation_files.entry, PROGRAMME, name="programmes-citation"),
    path("<symbol:symbol>/paragraphs/<place:place>.<citation:file_format>", places.citation, name="place-citation"),
    path(
        "<symbol:symbol>/footnotes/<int:number>.<citation:file_format>",
        citation_files.footnote,
        name="footnote-citation",
    ),
    path("<symbol:symbol>/tables/<int:number>.<citation:file_format>", citation_files.table, name="table-citation"),
    path("<symbol:symbol>/replies/<int:number>.<citation:file_format>", citation_files.reply, name="reply-citation"),
    path("<symbol:symbol>.<citation:file_format>", citation_files.report, name="report-citation"),
]

# What is not a page: files for machines, the same in every language.
files = [
    path("favicon.ico", home.favicon, name="favicon"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("report.json", sitemap.complete, name="complete"),
    path(".well-known/security.txt", sitemap.security, name="security"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-site.xml", sitemap.site_sitemap, name="sitemap-site"),
    path("<symbol:symbol>/sitemap.xml", sitemap.report_sitemap, name="sitemap-report"),
    path("<symbol:symbol>/source.txt", about.source, name="source-file"),
    path("<symbol:symbol>/report.json", reports.whole_file, name="report-file"),
    path("<symbol:symbol>/paragraphs/<int:number>.json", paragraphs.paragraph_json, name="paragraph-json"),
    path("<symbol:symbol>/paragraphs/<place:place>.txt", places.text, name="place-text"),
    path("<symbol:symbol>/paragraphs/<place:place>.json", places.data, name="place-json"),
]
