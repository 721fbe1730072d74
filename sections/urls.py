"""The addresses of the pages, each of which begins with the language unless that is English."""

from django.urls import path

from . import converters  # noqa: F401  # symbols in addresses are read by it
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
    paragraphs,
    parts,
    places,
    programmes,
    replies,
    reports,
    search,
    tables,
    timeline,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("about/fidelity/", about.fidelity, name="fidelity"),
    path("changes/", changes.changes, name="changes"),
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
    path("<symbol:symbol>/tables/<int:number>/", tables.table, name="table"),
    path("<symbol:symbol>/figures/", figures.figures, name="figures"),
    path("<symbol:symbol>/figures/sums/", figures.sums, name="sums"),
    path("<symbol:symbol>/timeline/", timeline.timeline, name="timeline"),
    path("<symbol:symbol>/places/", places.places, name="places"),
    path("<symbol:symbol>/", reports.report, name="report"),
]
