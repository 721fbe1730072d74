"""The addresses of the pages."""

from django.urls import path, register_converter

from .views import (
    about,
    convention,
    home,
    institutions,
    laws,
    paragraphs,
    programmes,
    replies,
    reports,
    sitemap,
    tables,
)


class SymbolConverter:
    """The symbol of a United Nations document, such as CMW/C/MEX/3."""

    regex = r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+){2,}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(SymbolConverter, "symbol")

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("about/fidelity/", about.fidelity, name="fidelity"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    # The Convention and the registers.
    path("convention/", convention.convention, name="convention"),
    path("convention/parts/<int:number>/", convention.part, name="convention-part"),
    path("convention/articles/<int:number>/", convention.article, name="convention-article"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/<str:slug>/", institutions.institution, name="institution"),
    path("laws/", laws.laws, name="laws"),
    path("laws/<str:slug>/", laws.law, name="law"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<str:slug>/", programmes.programme, name="programme"),
    # The report. Its own address comes last: a symbol is any path of three parts or more.
    path("<symbol:symbol>/full/", reports.full, name="report-full"),
    path("<symbol:symbol>/replies/<int:number>/", replies.reply, name="reply"),
    path("<symbol:symbol>/paragraphs/<int:number>/", paragraphs.paragraph, name="paragraph"),
    path("<symbol:symbol>/tables/<int:number>/", tables.table, name="table"),
    path("<symbol:symbol>/", reports.report, name="report"),
]
