"""An excerpt of a table as a small table: its rows, and of its columns those that a search is about."""

from html import escape
from itertools import groupby
from typing import NamedTuple

from sections.text.snippet import Snippet

MOST_COLUMNS = 4  # where nothing in the columns is marked


class _Cell(NamedTuple):
    html: str
    is_marked: bool


def table_excerpt(snippet: Snippet) -> str:
    """Lines of one cell as paragraphs; rows as a table of the first column and those with marks, or of the first few.

    The first row is the head where the excerpt begins with the table.
    """
    rows = list(_rows(snippet))
    if snippet.cut_before and len(rows[0]) > 1:  # a row whose first cells are missing
        width = max((len(row) for row in rows[1 : len(rows) - snippet.cut_after]), default=0)
        rows[0] = [_Cell("", False)] * (width - len(rows[0])) + rows[0]
        if not width:  # nor is there a whole row to which it could be aligned
            rows = [[cell] for row in rows for cell in row]
    lines, has_head = [], snippet.start == 0
    for is_table, group in groupby(rows, key=lambda row: len(row) > 1):
        if is_table:
            lines.append(_table(list(group), has_head))
            has_head = False
        else:
            lines += [f"<p>{row[0].html}</p>" for row in group if row[0].html]
    return "".join([*lines, "<p>…</p>" if snippet.cut_after else ""])


def _rows(snippet):
    """The rows of the snippet, whose parts may end anywhere in a cell."""
    row, html, is_marked = [], "", False
    for part in snippet.parts:
        for kind, text in _pieces(part.text):
            if kind == "text":
                html += f"<mark>{escape(text)}</mark>" if part.marked else escape(text)
                is_marked |= part.marked
                continue
            row.append(_Cell(html.strip(), is_marked))
            html, is_marked = "", False
            if kind == "\n":
                yield row
                row = []
    yield [*row, _Cell(html.strip(), is_marked)]


def _pieces(text):
    """The text between tabs and line ends, and these."""
    for kind, letters in groupby(text, key=lambda letter: letter if letter in "\t\n" else "text"):
        if kind == "text":
            yield kind, "".join(letters)
        else:
            for letter in letters:
                yield letter, letter


def _table(rows, has_head):
    width = max(map(len, rows))
    marked = [at for at in range(1, width) if any(at < len(row) and row[at].is_marked for row in rows)]
    columns = [0, *(marked or range(1, min(width, MOST_COLUMNS)))]
    lines = []
    for number, row in enumerate(rows):
        cells = [row[at].html if at < len(row) else "" for at in columns]
        if not any(cells):
            continue
        is_head = has_head and number == 0
        first = f'<th scope="row">{cells[0]}</th>' if cells[0] else "<td></td>"
        kind, scope = ("th", ' scope="col"') if is_head else ("td", "")
        others = (f"<{kind}{scope}>{cell}</{kind}>" if cell else "<td></td>" for cell in cells[1:])
        lines.append(f"<tr>{first}{''.join(others)}</tr>")
    return f"<table>{''.join(lines)}</table>" if lines else ""
