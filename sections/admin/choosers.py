"""What a field that searches for a record shows of each: enough to choose the right one, never a bare number."""

import re
from functools import reduce
from operator import and_

from django.db.models import Case, Exists, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.utils.text import capfirst, smart_split, unescape_string_literal
from django.utils.translation import gettext

from sections.models import Block, ConventionArticle, Entry, Figure, Name, Paragraph, Report, Section
from sections.models.kinds import KINDS_BY_TYPE
from sections.queries.reports import section_title
from sections.text.fold import fold
from sections.text.snippet import best_snippet, opening
from sections.text.whole_numbers import whole_number

SHOWN = 110  # characters of a paragraph
# What may stand before a number: "article 22", "para. 137", "CMW/C/MEX/3, para. 137".
BEFORE_NUMBER = re.compile(
    r"^\W*(?P<symbol>[\w.-]+(?:/[\w.-]+){2,})?\W*(?:(?:articles?|art|paragraphs?|paras?|repl(?:y|ies))\b\W*)?",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?P<number>\d+)\b\W*")


class Choices:
    """Mixin of a ModelAdmin: how its records look where one of them is chosen."""

    def choices(self, rows: QuerySet, term: str) -> QuerySet:
        """The records that were searched for, with all that `choice_words` shows of them."""
        return with_words(rows, term)

    def choice_words(self, record: Model, term: str = "") -> str:
        """A record as a choice; of a paragraph a line with the words that were searched for."""
        return words_of(record, term)


class EntrySearch:
    """Mixin of a ModelAdmin: searches entries for words of their names, of their kinds and of their registers."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        for word in _words(search_term):
            queryset = queryset.filter(_named(word) | _of_kind(word))
        return queryset, False


def parted(term: str) -> tuple[str, int | None, str]:
    """The symbol, the number and the words of what was typed, such as "CMW/C/MEX/3, para. 137 consul" or "consul"."""
    start = BEFORE_NUMBER.match(term)
    number = NUMBER.match(term, start.end())
    value = whole_number(number["number"]) if number else None
    return ("", None, term) if value is None else (start["symbol"] or "", value, term[number.end() :])


def with_words(rows: QuerySet, term: str = "") -> QuerySet:
    """Adds to rows what `words_of` shows of them; entries with all words in their names come first."""
    if rows.model is Paragraph:
        blocks = Block.objects.filter(paragraph=OuterRef("pk")).order_by("position")
        found = blocks.filter(reduce(and_, [Q(text__icontains=word) for word in _words(term)], Q()))
        texts = {"first_text": blocks, "found_text": found}
        texts = {name: Subquery(blocks.values("text")[:1]) for name, blocks in texts.items()}
        return rows.select_related("report").annotate(**texts)
    if rows.model is Figure:
        return rows.select_related("block__paragraph__report")
    if rows.model is Section:
        return rows.select_related("report", "reply_subject")
    if issubclass(rows.model, Entry) and _words(term):
        named = reduce(and_, map(_named, _words(term)))
        rank = Case(When(named, then=Value(0)), default=Value(1), output_field=IntegerField())
        return rows.order_by(rank, "name", "slug")
    return rows


def words_of(record: Model, term: str = "") -> str:
    """A record in the words by which people know it."""
    match record:
        case Paragraph():
            return f"{record}: {_line(record, term)}"
        case ConventionArticle():
            return gettext("%(article)s: %(caption)s") % {"article": record, "caption": record.translated("subject")}
        case Entry():
            return f"{record.name} ({capfirst(record.get_type_display())}, {record.kind_words})"
        case Figure():
            return f"{record.surface} · {record.paragraph} · {record.what}"
        case Section():
            return f"{record.report.symbol}, {section_title(record)}"
        case Report():
            return f"{record.symbol} ({record.state_party})"
    return str(record)


def _line(paragraph, term):
    first = getattr(paragraph, "first_text", None) or ""
    found = getattr(paragraph, "found_text", None) or first
    places = [(found.casefold().find(word.casefold()), word) for word in _words(term)]
    spans = sorted((at, at + len(word), 0, 0.0) for at, word in places if at > SHOWN - len(word))
    if not spans:
        snippet = opening(first if not places else found, SHOWN)
    else:
        _, snippet = best_snippet([(found, spans)], {})
    text = " ".join(snippet.text.split())
    return f"{'… ' if snippet.start else ''}{text}{' …' if snippet.cut_after else ''}"


def _words(term):
    return [
        unescape_string_literal(bit) if bit[:1] in "\"'" and bit[:1] == bit[-1:] and bit[1:] else bit
        for bit in smart_split(term)
    ]


def _named(word):
    names = Name.objects.filter(entry=OuterRef("pk"), text__icontains=word)
    return Q(name__icontains=word) | Q(slug__icontains=word) | Q(Exists(names))


def _of_kind(word):
    """The condition that an entry is of a kind or in a register whose words begin so, in the reader's language."""
    wanted, found = fold(word), Q(pk__in=[])
    for type, kinds in KINDS_BY_TYPE.items():
        keys = [key for key, words in kinds.items() if f" {fold(str(words))}".find(f" {wanted}") >= 0]
        if fold(str(Entry.Type(type).label)).startswith(wanted):
            found |= Q(type=type)
        elif keys:
            found |= Q(type=type, kind__in=keys)
    return found
