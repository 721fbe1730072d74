"""The register of lists. A new one is a subclass of `SpreadsheetList` and its name in LISTS; pages and files follow."""

from collections.abc import Collection

from .encodings import accented_words
from .entry_lists import EntryList, NameList, RelationList, ShortFormList
from .lists import SpreadsheetList
from .record_lists import CaptionList, DateList, DescriptionList, FigureList, PlaceList, ReplySubjectList
from .sum_lists import SumList
from .text_lists import ArticleList, NoteList, SubjectsList, ThesaurusList

LISTS: dict[str, type[SpreadsheetList]] = {
    each.key: each
    for each in (
        EntryList,
        NameList,
        ShortFormList,
        RelationList,
        ArticleList,
        SubjectsList,
        NoteList,
        ThesaurusList,
        FigureList,
        SumList,
        DateList,
        PlaceList,
        CaptionList,
        ReplySubjectList,
        DescriptionList,
    )
}
# By which the columns of a file are found.
COLUMNS = frozenset(column for each in LISTS.values() for column in each().columns)


def list_with(columns: Collection[str], *names: str) -> SpreadsheetList | None:
    """The list to which a file with these columns belongs: the one with most of them; None if it has none.

    Where several have as many, that whose key one of the `names`, of file and sheet, begins with, or the shortest.
    """

    def fit(each):
        own = len(each.fields.keys() & set(columns))
        return own, -len(each.fields), any(name.lower().startswith(each.key) for name in names)

    best = max(LISTS.values(), key=lambda each: (fit(each)[0], fit(each)[2], fit(each)[1]))
    return best() if fit(best)[0] else None


def known_words() -> set[str]:
    """The words of all lists in which anything beside ASCII stands."""
    lists = [each() for each in LISTS.values()]
    cells = (cell for each in lists for record in each.records() for cell in each.cells(record).values())
    return {word for cell in cells for word in accented_words(cell)}
