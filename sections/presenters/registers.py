"""The three registers in words: what each is called, and what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import ResolverMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sections.queries.entries import moved_entry
from sections.text.fold import fold


@dataclass(frozen=True, slots=True)
class Register:
    """A register: the type of its entries, the name of its page, and its nouns in the reader's language."""

    type: str
    page: str
    noun: Promise
    one: Promise
    plural: Promise
    lead: Promise

    @property
    def heading(self) -> str:
        """The plural with a capital."""
        return str(self.plural).capitalize()

    def get_absolute_url(self) -> str:
        """The address of the register's page."""
        return reverse(self.page)


REGISTERS = {
    "institution": Register(
        "institution",
        "institutions",
        gettext_lazy("institution"),
        gettext_lazy("an institution"),
        gettext_lazy("institutions"),
        gettext_lazy(
            "Ministries, agencies, commissions, courts, state and municipal bodies, consulates, United Nations bodies, "
            "foreign authorities and civil society organizations mentioned in the report."
        ),
    ),
    "law": Register(
        "law",
        "laws",
        gettext_lazy("law"),
        gettext_lazy("a law"),
        gettext_lazy("laws"),
        gettext_lazy(
            "The Constitution, laws, regulations, standards, decrees, guidelines, protocols, treaties and agreements "
            "mentioned in the report."
        ),
    ),
    "programme": Register(
        "programme",
        "programmes",
        gettext_lazy("programme"),
        gettext_lazy("a programme"),
        gettext_lazy("programmes"),
        gettext_lazy(
            "Plans, programmes, strategies, campaigns, mechanisms, networks, registries and courses mentioned in the "
            "report."
        ),
    ),
}


def by_register(rows: Mapping[str, list]) -> list[tuple[Register, list]]:
    """The rows of each type of entries with the register of the type, types without rows left out."""
    return [(register, rows[type]) for type, register in REGISTERS.items() if rows[type]]


def moved_address(match: ResolverMatch, type: str, slug: str) -> str | None:
    """Where the page or file at a former address of an entry is now; None where nothing has moved.

    An entry that moved to another register is found at the addresses of that one.
    """
    if (entry := moved_entry(type, slug) or moved_entry(type, fold(slug))) is None:
        return None
    names = {name: value for name, value in match.kwargs.items() if name != "type"} | {"slug": entry.slug}
    return reverse(match.view_name.replace(type, entry.type, 1), kwargs=names)
