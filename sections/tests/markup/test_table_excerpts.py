"""Excerpts of tables: the columns that a search is about, beside the first, as a small table."""

import re

from sections.markup import excerpt
from sections.text.parts import text_parts
from sections.text.snippet import Snippet

TEXT = (
    "Budget <i>\nPesos\n\t2010\t2011\t2012\t2013\t2014\nApproved\t1\t2\t3\t4\t5\nRevised\t6\t7\t8\t9\t10\nSource: INM"
)


def shown(*marked, start=0, end=None, **cut):
    end = len(TEXT) if end is None else end
    spans = [match.span() for word in marked for match in re.finditer(word, TEXT)]
    html = excerpt(Snippet(start, end, tuple(text_parts(TEXT, start, end, spans)), **cut), "table", "en")
    head, body = '<blockquote class="table" lang="en">', "</blockquote>"
    assert html.startswith(head) and html.endswith(body)
    return html[len(head) : -len(body)]


def test_it_shows_the_columns_with_marks_and_the_lines_around_the_table():
    assert shown("2014", "Revised") == (
        "<p>Budget &lt;i&gt;</p><p>Pesos</p><table>"
        '<tr><td></td><th scope="col"><mark>2014</mark></th></tr>'
        '<tr><th scope="row">Approved</th><td>5</td></tr>'
        '<tr><th scope="row"><mark>Revised</mark></th><td>10</td></tr>'
        "</table><p>Source: INM</p>"
    )


def test_it_shows_the_first_columns_where_no_column_has_a_mark():
    assert '<tr><th scope="row"><mark>Approved</mark></th><td>1</td><td>2</td><td>3</td></tr>' in shown("Approved")


def test_it_keeps_the_columns_where_it_begins_within_a_row():
    assert shown("5", start=TEXT.index("4\t5"), end=TEXT.index("\nSource"), cut_before=True) == (
        '<table><tr><td></td><td><mark>5</mark></td></tr><tr><th scope="row">Revised</th><td>10</td></tr></table>'
    )


def test_it_lists_cells_where_no_row_is_whole():
    assert shown("5", start=TEXT.index("4\t5"), end=TEXT.index("\t7"), cut_before=True, cut_after=True) == (
        "<p>4</p><p><mark>5</mark></p><p>Revised</p><p>6</p><p>…</p>"
    )
