"""The addresses of the pages."""

from django.urls import path, register_converter

from .api.beside import paragraph_json
from .views import (
    about,
    annexes,
    cards,
    changes,
    convention,
    figures,
    home,
    institutions,
    laws,
    matrix,
    paragraph_files,
    paragraphs,
    parts,
    places,
    programmes,
    replies,
    reports,
    search,
    sitemap,
    tables,
    timeline,
)


class SymbolConverter:
    """The symbol of a United Nations document, such as CMW/C/MEX/3."""

    regex = r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+){2,}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class DataConverter(SymbolConverter):
    """What the name of a file of data ends with."""

    regex = "csv|json"


class EndingConverter(SymbolConverter):
    """What the name of a file beside a paragraph ends with."""

    regex = "txt|ris|bib"


register_converter(SymbolConverter, "symbol")
register_converter(DataConverter, "data")
register_converter(EndingConverter, "ending")

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("about/fidelity/", about.fidelity, name="fidelity"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed/", changes.ChangesFeed(), name="changes-feed"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    # The search.
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggestions, name="suggestions"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    # The Convention and the registers.
    path("convention/", convention.convention, name="convention"),
    path("convention/parts/<int:number>/", convention.part, name="convention-part"),
    path("convention/articles/<int:number>/", convention.article, name="convention-article"),
    path("convention/matrix/", matrix.matrix, name="matrix"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/<str:slug>/", institutions.institution, name="institution"),
    path("institutions/<str:slug>/card/", cards.card, {"type": "institution"}, name="institution-card"),
    path("laws/", laws.laws, name="laws"),
    path("laws/<str:slug>/", laws.law, name="law"),
    path("laws/<str:slug>/card/", cards.card, {"type": "law"}, name="law-card"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<str:slug>/", programmes.programme, name="programme"),
    path("programmes/<str:slug>/card/", cards.card, {"type": "programme"}, name="programme-card"),
    # The report. Its own address comes last: a symbol is any path of three parts or more.
    path("<symbol:symbol>/full/", reports.full, name="report-full"),
    path("<symbol:symbol>/parts/<int:number>/", parts.part, name="report-part"),
    path("<symbol:symbol>/annexes/", annexes.annexes, name="annexes"),
    path("<symbol:symbol>/replies/<int:number>/", replies.reply, name="reply"),
    path("<symbol:symbol>/paragraphs/<int:number>/", paragraphs.paragraph, name="paragraph"),
    path("<symbol:symbol>/paragraphs/<int:number>.json", paragraph_json, name="paragraph-json"),
    path(
        "<symbol:symbol>/paragraphs/<int:number>.<ending:ending>",
        paragraph_files.paragraph_file,
        name="paragraph-file",
    ),
    path("<symbol:symbol>/tables/<int:number>/", tables.table, name="table"),
    path("<symbol:symbol>/tables/<int:number>.<data:ending>", tables.table_file, name="table-file"),
    path("<symbol:symbol>/figures/", figures.figures, name="figures"),
    path("<symbol:symbol>/figures.<data:ending>", figures.figures_file, name="figures-file"),
    path("<symbol:symbol>/figures/sums/", figures.sums, name="sums"),
    path("<symbol:symbol>/timeline/", timeline.timeline, name="timeline"),
    path("<symbol:symbol>/timeline.<data:ending>", timeline.timeline_file, name="timeline-file"),
    path("<symbol:symbol>/places/", places.places, name="places"),
    path("<symbol:symbol>/places.<data:ending>", places.places_file, name="places-file"),
    path("<symbol:symbol>/", reports.report, name="report"),
]
