"""What each page is cited as: the control that it offers, with the files beside it."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from sections.citing import Control, Place, paragraphs_place, report_place, site_page, whole_address
from sections.models import ConventionArticle, Entry, Report, Table
from sections.queries import paragraphs
from sections.queries.entry_names import shown_name
from sections.queries.paragraphs import Content
from sections.queries.reports import Heading


def of_report(request: HttpRequest, report: Report) -> Control:
    """The report as a whole."""
    return _control(request, report, Place(), report.get_absolute_url())


def of_paragraph(request: HttpRequest, report: Report, content: Content) -> Control:
    """The paragraph, and the items, tables and footnotes in it."""
    page = _paragraph_page(report, content.number)
    tables = [Table(report=report, number=block.table.number) for block in content.blocks if block.table]

    def parts() -> list[Control]:
        return [
            *of_items(request, report, content),
            *(of_table(request, report, table, content.number) for table in tables),
            *of_footnotes(request, report, content),
        ]

    return Control(
        paragraphs_place(report, [content.number], whole_address(request, page)),
        page,
        others=_files_of_text(report, content.number),
        make_parts=parts if content.items or tables or content.footnotes else None,
    )


def of_paragraphs(request: HttpRequest, report: Report, place: object, numbers: Sequence[int]) -> Control:
    """The paragraphs of these numbers, at the address of that place."""
    page = reverse("place", kwargs={"symbol": report.symbol, "place": place})
    cited = paragraphs_place(report, numbers, whole_address(request, page))
    return Control(cited, page, others=_files_of_text(report, place))


def of_items(request: HttpRequest, report: Report, content: Content) -> list[Control]:
    """The items of the paragraph's lists."""
    page = _paragraph_page(report, content.number)
    return [
        _control(
            request,
            report,
            Place((content.number,), path.steps),
            f"{page}#{path.anchor}",
            f"{page.removesuffix('/')}{path.in_address}",
        )
        for path in content.items.values()
    ]


def of_footnotes(request: HttpRequest, report: Report, content: Content) -> list[Control]:
    """The footnotes of the paragraph."""
    page = _paragraph_page(report, content.number)
    return [
        _control(
            request,
            report,
            Place((content.number,), footnote=number),
            f"{page}#fn{number}",
            f"{report.get_absolute_url()}footnotes/{number}",
        )
        for number in content.footnotes
    ]


def of_table(request: HttpRequest, report: Report, table: Table, number: int) -> Control:
    """The table in the paragraph of that number."""
    return _control(request, report, Place((number,), table=table.number), table.get_absolute_url())


def of_reply(request: HttpRequest, report: Report, heading: Heading) -> Control:
    """The reply, which is cited by its paragraphs."""
    numbers = [row.number for row in paragraphs.contents(report).values() if row.section == heading.section.pk]
    return _control(request, report, Place(tuple(numbers)), heading.section.get_absolute_url())


def of_article(request: HttpRequest, article: ConventionArticle) -> Control:
    """The page of the article, which is this site's."""
    words = gettext("Article %(number)s of the Convention: %(subject)s")
    title = words % {"number": article.number, "subject": article.translated("subject")}
    return _of_page(request, title, article.get_absolute_url())


def of_entry(request: HttpRequest, report: Report | None, entry: Entry) -> Control:
    """The page of the entry, which is this site's, by its name in the reader's language where it has one."""
    return _of_page(request, shown_name(report, entry).text, entry.get_absolute_url())


def _control(request, report, place, page, files_path=""):
    return Control(report_place(report, whole_address(request, page), place), page, files_path)


def _of_page(request, title, page):
    return Control(site_page(title, whole_address(request, page)), page)


def _paragraph_page(report, number):
    return reverse("paragraph", kwargs={"symbol": report.symbol, "number": number})


def _files_of_text(report, place):
    """The text and the data of paragraphs: files that are the same in every language."""
    names = {"symbol": report.symbol, "place": place}
    rows = [(gettext("plain text"), "place-text"), ("JSON", "place-json")]
    return [(words, reverse(name, kwargs=names)) for words, name in rows]
