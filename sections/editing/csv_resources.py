"""The three lists that can be edited as CSV: what columns they have, and how a record becomes a row and back."""

from abc import ABC, abstractmethod
from hashlib import sha256

from django.db.models import QuerySet

from sections.models import ArticleLink, Basis, Confidence, ConventionArticle, Entry, Name, Paragraph, Report, Review
from sections.models.kinds import KINDS_BY_TYPE

ID, VERSION, DELETE = "id", "version", "delete"
YES, NO = {"yes", "y", "true", "1", "sí", "si", "x"}, {"no", "n", "false", "0", ""}


class CellFault(Exception):
    """A cell that can't be; the column and why."""

    def __init__(self, column, words):
        super().__init__(words)
        self.column, self.words = column, words


class Lookup:
    """What cells point to, read once for a file: reports, paragraphs, articles, entries."""

    def __init__(self):
        self.default = Report.objects.default()
        rows = Paragraph.objects.select_related("report").only("number", "report__symbol")
        self.paragraphs = {(row.report.symbol, row.number): row for row in rows}
        self.articles = {row.number: row for row in ConventionArticle.objects.all()}

    def place(self, paragraph):
        """A paragraph as a cell holds it: its number, behind the symbol where it is of another report."""
        if paragraph is None:
            return ""
        own = self.default is not None and paragraph.report_id == self.default.pk
        return str(paragraph.number) if own else f"{paragraph.report.symbol} {paragraph.number}"

    def paragraph(self, column, cell):
        """The paragraph that a cell names, or None for an empty one."""
        if not cell:
            return None
        symbol, _, number = cell.rpartition(" ")
        symbol = symbol.strip().upper() or (self.default.symbol if self.default else "")
        found = self.paragraphs.get((symbol, int(number) if number.isdecimal() and len(number) < 10 else 0))
        if found is None:
            raise CellFault(column, f"There is no paragraph “{cell}” in {symbol or 'any report'}.")
        return found


class Sheet(ABC):
    """A list: its model, its columns (the first three of every list are id, version and delete) and their meaning."""

    key, title, model, about = "", "", None, {}
    fixed: tuple[str, ...] = ()  # columns that can be given to a new record only

    @property
    def columns(self) -> list[str]:
        return [ID, VERSION, DELETE, *self.about]

    def rows(self, lookup: Lookup) -> list[dict[str, str]]:
        """Every record as a row."""
        return [self.row(record, lookup) for record in self.records()]

    def row(self, record, lookup) -> dict[str, str]:
        """A record as a row; its version changes with any cell."""
        cells = self.cells(record, lookup)
        version = sha256("\0".join(cells.values()).encode()).hexdigest()[:10]
        return {ID: str(record.pk), VERSION: version, DELETE: "", **cells}

    @abstractmethod
    def records(self) -> QuerySet:
        """The records of the list, in its order."""

    @abstractmethod
    def cells(self, record, lookup) -> dict[str, str]:
        """What the columns say of the record."""

    @abstractmethod
    def fill(self, record, cells: dict[str, str], lookup) -> None:
        """Gives the record what those cells say."""


class EntrySheet(Sheet):
    key, title, model = "entries", "Entries", Entry
    fixed = ("type", "slug")
    about = {
        "type": "institution, law or programme; stays",
        "slug": "the last part of the address; stays, as people cite it",
        "name": "as the report prints it, in its fullest form",
        "kind": "one word, such as ministry, act or plan",
        "description": "one line",
        "description_paragraph": "number of the paragraph that says so",
        "start_year": "only where the report states it",
        "end_year": "only where the report states it",
    }

    def records(self):
        rows = Entry.objects.select_related("description_paragraph__report")
        return rows.order_by("type", "slug")

    def cells(self, entry, lookup):
        years = {name: str(getattr(entry, name) or "") for name in ("start_year", "end_year")}
        place = lookup.place(entry.description_paragraph)
        plain = {name: getattr(entry, name) for name in ("type", "slug", "name", "kind", "description")}
        return {**plain, "description_paragraph": place, **years}

    def fill(self, entry, cells, lookup):
        for column, cell in cells.items():
            if column in {"start_year", "end_year"}:
                setattr(entry, column, _year(column, cell))
            elif column == "description_paragraph":
                entry.description_paragraph = lookup.paragraph(column, cell)
            else:
                setattr(entry, column, _choice(column, cell, Entry.Type) if column == "type" else cell)
        kinds = KINDS_BY_TYPE.get(entry.type, {})
        if entry.kind not in kinds:
            raise CellFault(
                "kind", f"“{entry.kind}” is no kind of {entry.type or 'entry'}. Kinds are: {', '.join(kinds)}."
            )


class NameSheet(Sheet):
    key, title, model = "names", "Names", Name
    about = {
        "entry_type": "institution, law or programme",
        "entry_slug": "the last part of the entry’s address",
        "text": "the name",
        "language": "en or es",
        "form": "name or acronym",
        "in_report": "yes, or no for a name that editors add from elsewhere",
    }

    def records(self):
        return Name.objects.select_related("entry").order_by("entry__type", "entry__slug", "language", "form", "text")

    def cells(self, name, lookup):
        entry = {"entry_type": name.entry.type, "entry_slug": name.entry.slug}
        plain = {"text": name.text, "language": name.language, "form": name.form}
        return {**entry, **plain, "in_report": "yes" if name.in_report else "no"}

    def fill(self, name, cells, lookup):
        type = cells.get("entry_type", name.entry.type if name.entry_id else "")
        slug = cells.get("entry_slug", name.entry.slug if name.entry_id else "")
        if not name.entry_id or (type, slug) != (name.entry.type, name.entry.slug):
            type = _choice("entry_type", type, Entry.Type)
            name.entry = Entry.objects.filter(type=type, slug=slug).first()
            if name.entry is None:
                raise CellFault("entry_slug", f"There is no {type} with the address “{slug}”.")
        name.text = cells.get("text", name.text)
        for column, choices in (("language", Name.Language), ("form", Name.Form)):
            if column in cells:
                setattr(name, column, _choice(column, cells[column], choices))
        if "in_report" in cells:
            name.in_report = _boolean("in_report", cells["in_report"])


class ArticleSheet(Sheet):
    key, title, model = "articles", "Article links", ArticleLink
    fixed = ("paragraph", "article")
    about = {
        "paragraph": "number of the paragraph; of another report: its symbol, a space, the number; stays",
        "article": "number of the article of the Convention; stays",
        "basis": ", ".join(Basis.values),
        "confidence": ", ".join(Confidence.values),
        "reason": "one sentence: why the paragraph bears on the article",
        "review": ", ".join(Review.values),
    }

    def records(self):
        rows = ArticleLink.objects.select_related("paragraph__report", "article")
        return rows.order_by("paragraph__report__symbol", "paragraph__number", "article__number")

    def cells(self, link, lookup):
        place = {"paragraph": lookup.place(link.paragraph), "article": str(link.article.number)}
        return place | {name: getattr(link, name) for name in ("basis", "confidence", "reason", "review")}

    def fill(self, link, cells, lookup):
        if "paragraph" in cells:
            link.paragraph = lookup.paragraph("paragraph", cells["paragraph"])
            if link.paragraph is None:
                raise CellFault("paragraph", "Give the number of the paragraph.")
        if "article" in cells:
            number = cells["article"]
            link.article = lookup.articles.get(int(number) if number.isdecimal() and len(number) < 4 else 0)
            if link.article is None:
                raise CellFault("article", f"The Convention has no article “{number}”.")
        for column, choices in (("basis", Basis), ("confidence", Confidence), ("review", Review)):
            if column in cells:
                setattr(link, column, _choice(column, cells[column], choices))
        link.reason = cells.get("reason", link.reason)


SHEETS: dict[str, Sheet] = {sheet.key: sheet for sheet in (EntrySheet(), NameSheet(), ArticleSheet())}


def sheet_with(columns: list[str]) -> Sheet | None:
    """The list that a file with these columns is of: the one whose own columns it has most of."""
    counted = {sheet: len(set(columns) & set(sheet.about)) for sheet in SHEETS.values()}
    best = max(counted, key=counted.get)
    return best if counted[best] else None


def _choice(column, cell, choices):
    if cell.lower() not in choices.values:
        raise CellFault(
            column, f"“{cell}” can’t stand here. Write {', '.join(choices.values[:-1])} or {choices.values[-1]}."
        )
    return cell.lower()


def _boolean(column, cell):
    if cell.lower() not in YES | NO:
        raise CellFault(column, f"“{cell}” can’t stand here. Write yes or no.")
    return cell.lower() in YES


def _year(column, cell):
    if not cell:
        return None
    if not (cell.isdecimal() and 1000 <= int(cell[:9]) <= 2999):
        raise CellFault(column, f"“{cell}” is no year.")
    return int(cell)
