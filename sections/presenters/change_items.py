"""What a change is in words: sentences, the records concerned, and each field before and after."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from sections.models import Change
from sections.text.parts import TextPart

Parts = tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A record that a change concerns: its name, its address, which is "" for one that is deleted, model and key."""

    words: str
    address: str
    model: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True)
class ChangeSentence:
    """What was done to one record, or to several links alike. Each field comes as its label, before, and after."""

    words: str
    fields: tuple[tuple[str, Parts, Parts], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """A change as people see it, or several decisions that a reviewer made in one go, the first of them as `change`."""

    change: Change
    who: str
    things: tuple[Thing, ...]
    sentences: tuple[ChangeSentence, ...]
    changes: tuple[Change, ...]
    lead: str = ""  # a sentence that says what all of it was for

    @property
    def headline(self) -> str:
        """The change in one sentence."""
        if self.lead:
            return self.lead
        if len(self.sentences) == 1:
            return self.sentences[0].words
        about = ", ".join(thing.words for thing in self.things[:2]) or gettext("Content")
        about += ", …" if len(self.things) > 2 else "."
        count = len(self.sentences)
        words = ngettext("%(who)s made %(count)s change: %(about)s", "%(who)s made %(count)s changes: %(about)s", count)
        if self.is_session:
            count = len(self.changes)
            words = ngettext(
                "%(who)s made %(count)s decision on links: %(about)s",
                "%(who)s made %(count)s decisions on links: %(about)s",
                count,
            )
        return words % {"who": self.who, "count": count, "about": about}

    @property
    def is_session(self) -> bool:
        """Whether these are several changes."""
        return len(self.changes) > 1

    def get_absolute_url(self) -> str:
        """The address of its page; of a session that of the first change in it, which stays when more follow."""
        return reverse("change", kwargs={"number": self.number})

    @property
    def number(self) -> int:
        """The number by which its page is found."""
        return (self.change.session_id if self.is_session else None) or self.change.pk

    @property
    def until(self) -> datetime:
        """When the last of the changes was made."""
        return max(change.when for change in self.changes)

    @property
    def reasons(self) -> list[str]:
        """The reasons, each once."""
        return list(dict.fromkeys(filter(None, (change.reason_in_words for change in self.changes))))

    @property
    def given_reasons(self) -> set[str]:
        """Those of them that people put into words."""
        return {change.reason for change in self.changes if change.is_reason_given}
