"""The paragraphs that a citation points at: single ones, lists and ranges, items, and what there is of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Max, Min, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from sections.models import Paragraph, Report
from sections.queries.paragraphs import contents
from sections.text.citations import Citation
from sections.text.ranges import format_ranges, runs

from .catalogue import Catalogue
from .results import Target
from .scope import Scope

MAX_PARAGRAPHS = 200  # of a range


@dataclass(slots=True)
class Resolution:
    """The target, its documents in the order in which they come first among the hits, and sentences for the reader.

    There is no target where the citation points at something in each of several reports.
    """

    target: Target | None
    docs: list[int] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    literal: list[int] = field(default_factory=list)  # documents that hold the very words, perhaps of another thing
    is_one: bool = True  # whether the target is all that is cited
    others: list[Target] = field(default_factory=list)  # further things that are cited


class CitedParagraphs:
    """What paragraphs a citation points at in a report; the resolver of all citations builds on it."""

    def __init__(self, citation: Citation, scope: Scope, catalogue: Catalogue, report: Report | None) -> None:
        self.first, self.last, self.label, self.law = citation.first, citation.last, citation.label, citation.law
        self.runs, self.item = citation.runs, citation.item
        self.scope, self.catalogue, self.report = scope, catalogue, report

    def paragraph(self) -> Resolution | None:
        """The paragraphs or the item; what there is of them where the report does not have all."""
        rows = Paragraph.objects.filter(report=self.report)
        wanted = Q()
        for first, last in self.runs:
            wanted |= Q(number__gte=first, number__lte=last)
        chosen = dict(rows.filter(wanted).order_by("number").values_list("number", "pk")[:MAX_PARAGRAPHS])
        if not chosen:
            form = gettext("There is no paragraph %(range)s: %(symbol)s has paragraphs %(first)s to %(last)s.")
            values = {"range": _range(self.first, self.last), "symbol": self.report.symbol}
            label = gettext("Paragraph %(number)s") % {"number": values["range"]}
            return missing("paragraph", label, form, values, rows)
        first, docs = min(chosen), self._docs(chosen.values())
        if sentence := self._missing_of(chosen, rows):
            return self._what_there_is(chosen, docs, sentence)
        if len(chosen) > 1:
            label = gettext("Paragraphs %(numbers)s") % {"numbers": format_ranges(sorted(chosen))}
            return Resolution(Target("paragraph", label, self._place_url(first), first), docs)
        label = gettext("Paragraph %(number)s") % {"number": first}
        if self.item:
            label += "".join(f" ({name})" for name in self.item)
            return Resolution(Target("paragraph", label, self._place_url(first), first), docs)
        return Resolution(Target("paragraph", label, self._paragraph_url(first), first), docs)

    def _missing_of(self, chosen, rows):
        """What the report lacks of the paragraphs or of the item that is cited, in a sentence; "" where it has all."""
        number = min(chosen)
        if self.item:
            paths = contents(self.report)[number].items.values()
            if any(path.is_named_by(self.item) for path in paths):
                return ""
            values = {
                "number": number,
                "symbol": self.report.symbol,
                "item": "".join(f"({name})" for name in self.item),
            }
            if known := [f"{number}{path.in_address}" for path in paths]:
                form = gettext("Paragraph %(number)s of %(symbol)s has no item “%(item)s”. Its items: %(known)s.")
                return form % (values | {"known": ", ".join(known)})
            return gettext("Paragraph %(number)s of %(symbol)s has no item “%(item)s”.") % values
        extent = rows.aggregate(first=Min("number"), last=Max("number"))
        known = range(extent["first"], extent["last"] + 1)
        absent = [run for run in self.runs if any(end not in known for end in run)]
        if not absent:
            return ""
        form = gettext("%(symbol)s does not have all of the paragraphs %(typed)s: it has %(first)s to %(last)s.")
        typed = ", ".join(_range(*run) for run in self.runs)
        return form % (extent | {"symbol": self.report.symbol, "typed": typed})

    def _what_there_is(self, chosen, docs, sentence):
        """The paragraphs of the citation that the report has, as a link, and the sentence that says what it lacks."""
        numbers = sorted(chosen)
        if len(numbers) == 1:
            label, url = gettext("Paragraph %(number)s") % {"number": numbers[0]}, self._paragraph_url(numbers[0])
        else:
            label = gettext("Paragraphs %(numbers)s") % {"numbers": format_ranges(numbers)}
            self.runs, self.item = tuple(runs(numbers)), ()
            url = self._place_url(numbers[0])
        return Resolution(Target("paragraph", label, url, numbers[0]), docs, [sentence], is_one=False)

    def page(self) -> Resolution:
        """A page, which the text does not have: the paragraph of that number, if somebody may mean it."""
        resolution = self.paragraph()
        sentence = gettext("The text on this site has no page numbers; cite its paragraphs instead.")
        if resolution is None or resolution.target.missing:
            missing = resolution.target.missing if resolution else ""
            label = gettext("Page %(number)s") % {"number": self.first}
            return Resolution(Target("page", label, missing=" ".join(filter(None, [sentence, missing]))))
        resolution.sentences, resolution.is_one = [sentence], False
        return resolution

    def number(self) -> Resolution | None:
        """A number alone: a paragraph where there is one."""
        resolution = self.paragraph()
        return None if resolution is None or resolution.target.missing else resolution

    def _place_url(self, number):
        """The address of the range, the list or the item that is cited, or where there is none of its paragraph."""
        numbers = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in self.runs)
        place = numbers + "".join(f"({name})" for name in self.item)
        try:
            return reverse("place", kwargs={"symbol": self.report.symbol, "place": place})
        except NoReverseMatch:
            return self._paragraph_url(number)

    def _paragraph_url(self, number):
        return reverse("paragraph", kwargs={"symbol": self.report.symbol, "number": int(number)})

    def _docs(self, keys: Iterable[int]) -> list[int]:
        """The documents of these paragraphs, by primary key, in the same order and each once."""
        keys = list(dict.fromkeys(keys))
        docs = np.flatnonzero(np.isin(self.scope.paragraphs, keys)).tolist()
        doc_of = dict(zip(self.scope.paragraphs[docs].tolist(), docs, strict=True))
        return [doc_of[key] for key in keys if key in doc_of]


def missing(kind: str, label: str, form: str, values: dict[str, object], rows: QuerySet) -> Resolution | None:
    """A target that does not exist, with the numbers that do; None where there are none."""
    extent = rows.aggregate(first=Min("number"), last=Max("number"))
    return None if extent["last"] is None else Resolution(Target(kind, label, missing=form % (values | extent)))


def _range(first, last):
    return str(first) if first == last else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
