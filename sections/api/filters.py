"""Filters of the API's lists; a value that names nothing is refused in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field

from sections.filters import KnownFilter, NumberFilter, TextFilter
from sections.models import ArticleLink, ConventionArticle, Entry, Mention
from sections.models.kinds import KINDS_BY_TYPE
from sections.queries.entries import moved_entry


class ParagraphFilter(KnownFilter):
    """Paragraphs of a reply, or that bear on an article, or that name an entry; in the API."""

    reply = NumberFilter("section__number", help_text="Only paragraphs of the reply of this number.")
    article = NumberFilter(method="_on_article", help_text="Only paragraphs linked to this article of the Convention.")
    institution = TextFilter(method="_naming", help_text="Only paragraphs that name the institution of this slug.")
    law = TextFilter(method="_naming", help_text="Only paragraphs that name the law of this slug.")
    programme = TextFilter(method="_naming", help_text="Only paragraphs that name the programme of this slug.")

    def unknown(self, asked: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """The reply, the article and the entries that there are not."""
        if "reply" in asked and not self.queryset.filter(section__number=asked["reply"]).exists():
            yield "reply", f"The report has no reply {asked['reply']}."
        if "article" in asked and not ConventionArticle.objects.filter(number=asked["article"]).exists():
            yield "article", f"The Convention has no article {asked['article']}."
        for type in Entry.Type.values:
            slug = asked.get(type)
            if slug and not (Entry.objects.filter(type=type, slug=slug).exists() or moved_entry(type, slug)):
                yield type, f"There is no {type} with the slug {slug[:60]}."

    def _on_article(self, rows, name, number):
        links = ArticleLink.objects.shown().filter(article__number=number)
        return rows.filter(pk__in=links.values("paragraph"))

    def _naming(self, rows, type, slug):
        entry = Entry.objects.filter(type=type, slug=slug).first() or moved_entry(type, slug)
        mentions = Mention.objects.shown().filter(entry=entry)
        return rows.filter(pk__in=mentions.values("block__paragraph"))


def _kind(type):
    """The filter by kind, which the schema describes with the kinds of that register."""
    choices = {"type": "string", "enum": ["", *KINDS_BY_TYPE[type]]}
    return extend_schema_field(choices)(TextFilter("kind", help_text="Only entries of this kind."))


class EntryFilter(KnownFilter):
    """Entries of a kind; in the API."""

    def unknown(self, asked: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """A kind that the register does not have."""
        kinds = KINDS_BY_TYPE[self.type]
        if "kind" in asked and asked["kind"] not in kinds:
            yield "kind", f"Give one of {', '.join(kinds)}."


class InstitutionFilter(EntryFilter):
    """Institutions of a kind; in the API."""

    type, kind = "institution", _kind("institution")


class LawFilter(EntryFilter):
    """Laws of a kind; in the API."""

    type, kind = "law", _kind("law")


class ProgrammeFilter(EntryFilter):
    """Programmes of a kind; in the API."""

    type, kind = "programme", _kind("programme")
