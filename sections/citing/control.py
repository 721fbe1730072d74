"""What the cite control of a page offers: the citation in every style, files, and the same for parts of the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .cited import Cited, SitePage
from .formats import FORMATS, meta_tags
from .styles import STYLES, plain_citation


@dataclass(frozen=True, slots=True)
class Control:
    """A citation to be read, copied and downloaded, and the path of its page.

    `files_path` is the path of its files without their endings, where they do not stand beside that page; `others` are
    files that are no citations, as (words, address). `make_parts` gives the controls of the parts of the page when they
    are asked for.
    """

    cited: Cited
    page: str
    files_path: str = ""
    others: Sequence[tuple[str, str]] = ()
    make_parts: Callable[[], Sequence["Control"]] | None = None

    @property
    def has_parts(self) -> bool:
        """Whether there are parts, which need not be made to know that."""
        return self.make_parts is not None

    @property
    def parts(self) -> Sequence["Control"]:
        """The controls of the parts of the page."""
        return self.make_parts() if self.make_parts else ()

    @property
    def in_short(self) -> str:
        """The citation in a few words: of a place title, symbol and place, of a page its title."""
        return self.cited.title if isinstance(self.cited, SitePage) else plain_citation(self.cited)

    @property
    def meta_tags(self) -> list[tuple[str, str]]:
        """Names and contents of the tags from which Zotero and other programs read what the page is cited as.

        The names are Highwire's; an institution makes Zotero file the page as a report.
        """
        return meta_tags(self.cited)

    @property
    def styles(self) -> list[tuple[str, str, list[str]]]:
        """Key and name of each style, and the citation in it in pieces."""
        return [(style.key, style.name, style.runs(self.cited)) for style in STYLES.values()]

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """Name, address and media type of the citation's files."""
        path = self.files_path or self.page.removesuffix("/")
        return [(row.label, f"{path}.{row.ending}", row.media_type) for row in FORMATS.values()]
