"""What is wrong with a line of the thesaurus, and what an editor should know of it before it is saved."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext

from sections.models import Change, Synonym, changing, delete_rows
from sections.search.service import phrase_key, phrase_uses, says_something
from sections.text.fold import fold

LEXICON = ("Spanish", "French")  # notes of lines that translate for the search


def check_line(line: Synonym) -> None:
    """Raises ValidationError, with messages by field, for a line that can have no effect or that there is already."""
    errors = {}
    for field in ("says",) if line.note in LEXICON else ("term", "says"):
        words = getattr(line, field)
        if words and not (phrase_key(words) and says_something(words)):
            message = gettext("“%(words)s” has no word that a search looks for. Give a word that carries meaning.")
            errors[field] = message % {"words": words}
    if errors:
        raise ValidationError(errors)
    if line.note not in LEXICON and phrase_key(line.term) == phrase_key(line.says):
        message = gettext("A search for “%(term)s” finds “%(says)s” already: it looks for all forms of a word.")
        raise ValidationError({"says": message % {"term": line.term, "says": line.says}})
    others = list(_other_lines(line))
    if other := next((other for other in others if _same(line, other)), None):
        message = gettext("There is the line “%(line)s” already, which says the same.")
        raise ValidationError({"says": message % {"line": other}})
    if other := next((other for other in others if _same(line, other, reverse=True)), None):
        if other.both_ways:
            message = gettext("There is the line “%(line)s” already, which holds both ways.")
        else:
            message = gettext("There is the line “%(line)s”. Let that one hold both ways instead of adding another.")
        raise ValidationError({"says": message % {"line": other}})


def check_phrases(phrases: Iterable[str]) -> None:
    """Raises ValidationError for subjects of a paragraph that can have no effect, or that are there twice."""
    seen: dict[str, str] = {}
    for phrase in phrases:
        if not says_something(phrase):
            message = gettext("“%(words)s” has no word that a search looks for. Give a word that carries meaning.")
            raise ValidationError(message % {"words": phrase})
        other = seen.setdefault(fold(phrase), phrase)
        if other != phrase:
            message = gettext("“%(words)s” and “%(other)s” differ only in case, accents or marks. Keep one of them.")
            raise ValidationError(message % {"words": phrase, "other": other})


def delete_lines(keys: Iterable[int], reason: str = "", user: AbstractBaseUser | None = None) -> Change:
    """Deletes lines as one change, which can be undone."""
    with changing(Change.Kind.DELETE, reason, user) as change:
        delete_rows(list(Synonym.objects.filter(pk__in=list(keys))))
    return change


def remarks(line: Synonym) -> list[str]:
    """What is odd in a line, in sentences: no refusal, as the next report may be otherwise."""
    term, says = phrase_uses([line.term, line.says])
    found = []
    if not says.paragraphs and not any(item.paragraphs for item in says.entries):
        message = gettext("No report holds “%(says)s”, so the line finds nothing until one does.")
        found.append(message % {"says": line.says})
    if term.entries and line.note not in LEXICON:
        message = gettext("“%(term)s” is a name of %(entries)s. Searches for it find that first.")
        entries = get_text_list([item.name for item in term.entries], gettext("and"))
        found.append(message % {"term": line.term, "entries": entries})
    onward = [other for other in _other_lines(line) if phrase_key(other.term) == phrase_key(line.says)]
    if onward and line.note not in LEXICON:
        message = gettext(
            "There are lines that begin where this one ends: %(lines)s. A search for “%(term)s” does not go on to them."
        )
        lines = get_text_list([f"“{other}”" for other in onward], gettext("and"))
        found.append(message % {"lines": lines, "term": line.term})
    return found


def _other_lines(line):
    """The other lines that searches read together with this one: those of the thesaurus, or of one foreign language."""
    others = Synonym.objects.exclude(pk=line.pk)
    return others.filter(note=line.note) if line.note in LEXICON else others.exclude(note__in=LEXICON)


def _same(line, other, reverse=False):
    """Whether searches take another line for the same, or for the same in the other direction."""
    key = fold if line.note in LEXICON else phrase_key
    if reverse and line.note in LEXICON:
        return False
    pair = (other.says, other.term) if reverse else (other.term, other.says)
    return tuple(map(key, pair)) == (key(line.term), key(line.says))
