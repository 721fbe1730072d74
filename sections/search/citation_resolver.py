"""What a citation points at in a report, and the paragraphs that belong to it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Max, Min, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from sections.models import ArticleLink, Footnote, Paragraph, Reference, Report, Section, Table
from sections.queries.reports import section_title
from sections.text.ranges import format_ranges
from sections.text.whole_numbers import whole_number

from .catalogue import Catalogue
from .engine.analysis import stem
from .engine.citation_parser import Citation
from .engine.postings import documents, merged, phrase, within
from .named import name_stems
from .results import Target
from .scope import Scope

MAX_PARAGRAPHS = 200  # of a range
MAX_IN_ALL = 10_000  # of a range in all reports


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


def resolve(citation: Citation, scope: Scope, catalogue: Catalogue, report: Report | None) -> Resolution | None:
    """What the citation points at in the report, or in all for None.

    None where it means nothing, so that its words are searched for.
    """
    if citation.symbol and (report is None or citation.symbol != report.symbol.upper()):
        report = Report.objects.filter(symbol__iexact=citation.symbol).first()
        if report is None:
            return _behind_symbol(citation, scope, catalogue)
    kind = _Resolver if report else _ResolverInAll
    method = "report_itself" if citation.kind == "report" else citation.kind
    resolution = getattr(kind(citation, scope, catalogue, report), method)()
    if resolution is None or resolution.target is None:
        return resolution
    if report and citation.kind not in {"article", "part"}:
        resolution.target = resolution.target._replace(report=report.symbol)
    if resolution.target.missing:
        resolution.sentences.append(resolution.target.missing)
    return resolution


def _behind_symbol(citation, scope, catalogue):
    """A number typed as the last part of a symbol, such as CMW/C/MEX/3/94, as a paragraph."""
    symbol, _, number = citation.symbol.rpartition("/")
    report = Report.objects.filter(symbol__iexact=symbol).first() if symbol.count("/") > 1 else None
    number = whole_number(number)
    if citation.kind != "report" or report is None or number is None:
        return None
    return resolve(Citation("paragraph", number, number), scope, catalogue, report)


class _Resolver:
    """A method for each kind of citation."""

    def __init__(self, citation, scope, catalogue, report) -> None:
        self.first, self.last, self.label, self.law = citation.first, citation.last, citation.label, citation.law
        self.runs, self.item = citation.runs, citation.item
        self.scope, self.catalogue, self.report = scope, catalogue, report

    def paragraph(self):
        rows = Paragraph.objects.filter(report=self.report)
        wanted = Q()
        for first, last in self.runs:
            wanted |= Q(number__gte=first, number__lte=last)
        chosen = dict(rows.filter(wanted).order_by("number").values_list("number", "pk")[:MAX_PARAGRAPHS])
        if not chosen:
            form = gettext("There is no paragraph %(range)s: %(symbol)s has paragraphs %(first)s to %(last)s.")
            values = {"range": _range(self.first, self.last), "symbol": self.report.symbol}
            label = gettext("Paragraph %(number)s") % {"number": values["range"]}
            return _missing("paragraph", label, form, values, rows)
        first, docs = min(chosen), self._docs(chosen.values())
        if len(chosen) > 1:
            label = gettext("Paragraphs %(numbers)s") % {"numbers": format_ranges(sorted(chosen))}
            return Resolution(Target("paragraph", label, self._place_url(first), first), docs)
        label = gettext("Paragraph %(number)s") % {"number": first}
        if self.item:
            label += "".join(f" ({name})" for name in self.item)
            return Resolution(Target("paragraph", label, self._place_url(first), first), docs)
        return Resolution(Target("paragraph", label, self._paragraph_url(first), first), docs)

    def report_itself(self):
        label = gettext("%(title)s (%(symbol)s)") % {"title": self.report.translated("title"), "symbol": self.report}
        return Resolution(Target("report", label, self.report.get_absolute_url()))

    def number(self):
        resolution = self.paragraph()
        return None if resolution is None or resolution.target.missing else resolution

    def reply(self):
        rows = Section.objects.replies().filter(report=self.report).select_related("reply_subject")
        containing = rows.filter(number__lte=self.first, last_number__gte=self.first)
        chosen = rows.filter(number=self.first).first() or containing.first()
        if chosen is None:
            form = gettext("The report has no reply %(number)s. Its replies go from %(first)s to %(last)s.")
            label = gettext("Reply %(number)s") % {"number": self.first}
            return _missing("reply", label, form, {"number": self.first}, rows)
        chosen.report = self.report
        target = Target("reply", section_title(chosen), chosen.get_absolute_url(), chosen.number)
        docs = documents(self.scope.posting(f"r{chosen.number}"))
        return Resolution(target, docs[self.scope.reports_of(docs) == self.report.pk].tolist())

    def annex(self):
        rows = Reference.objects.filter(kind=Reference.Kind.ANNEX, block__paragraph__report=self.report)
        chosen = rows.filter(target__iexact=self.label)
        if self.label[-1:].isdigit() and not chosen.exists():
            chosen = rows.filter(target__iregex=rf"^{self.label}[a-z]$")
        paragraphs = chosen.order_by("block__paragraph__number").values_list("block__paragraph", flat=True)
        docs = self._docs(paragraphs)
        name = gettext("Annex %(label)s") % {"label": self.label}
        if docs:
            target = Target("annex", name, self._paragraph_url(self.scope.numbers[docs[0]]))
            said = gettext("This site does not contain the annexes. These paragraphs refer to this annex.")
            return Resolution(target, docs, [said])
        known = sorted(set(rows.values_list("target", flat=True)), key=lambda label: (len(label), label))
        if not known:
            return None
        form = gettext("No paragraph refers to annex %(label)s. Annexes referred to: %(known)s.")
        return Resolution(Target("annex", name, missing=form % {"label": self.label, "known": ", ".join(known)}))

    def footnote(self):
        rows = Footnote.objects.filter(report=self.report)
        chosen = rows.filter(number=self.first).select_related("block__paragraph").first()
        label = gettext("Footnote %(number)s") % {"number": self.first}
        if chosen is None:
            form = gettext("The report has no footnote %(number)s. Its footnotes go from 1 to %(last)s.")
            return _missing("footnote", label, form, {"number": self.first}, rows)
        paragraph = chosen.block.paragraph
        url = f"{self._paragraph_url(paragraph.number)}#fn{chosen.number}"
        return Resolution(Target("footnote", label, url, chosen.number), self._docs([paragraph.pk]))

    def table(self):
        rows = Table.objects.filter(report=self.report)
        chosen = rows.filter(number=self.first).select_related("block").first()
        label = gettext("Table %(number)s") % {"number": self.first}
        if chosen is None:
            form = gettext("The report has no table %(number)s. Its tables go from 1 to %(last)s.")
            return _missing("table", label, form, {"number": self.first}, rows)
        chosen.report = self.report
        label = f"{label}: {chosen.title}" if chosen.title else label
        target = Target("table", label, chosen.get_absolute_url(), chosen.number)
        return Resolution(target, self._docs([chosen.block.paragraph_id]))

    def article(self):
        if self.law:
            return self._article_of_law()
        article = self.catalogue.articles.get(self.first)
        if article is None:
            if not self.catalogue.articles:
                return None
            form = gettext("The Convention has no article %(number)s. Its articles go from 1 to %(last)s.")
            values = {"number": self.first, "last": max(self.catalogue.articles)}
            return Resolution(Target("article", gettext("Article %(number)s") % values, missing=form % values))
        target = Target("article", article.label, article.url, article.key)
        linked, literal = self._docs_on_articles(), self._literal()
        is_one = self.runs == ((self.first, self.first),)
        resolution = Resolution(target, list(dict.fromkeys([*linked, *literal])), literal=literal, is_one=is_one)
        if not resolution.docs:
            form = gettext("No paragraph is linked to article %(number)s of the Convention.")
            resolution.sentences.append(form % {"number": article.key})
        return resolution

    def _docs_on_articles(self):
        links = ArticleLink.objects.shown().filter(paragraph__report=self.report)
        wanted = Q()
        for first, last in self.runs:
            wanted |= Q(article__number__gte=first, article__number__lte=last)
        return self._docs(_most_specific_first(links.filter(wanted)))

    def _literal(self):
        """The documents in which the words themselves occur, "article 57", whatever they are of."""
        nouns = [self.scope.stem_posting(stem("article")), self.scope.stem_posting("art"), self.scope.posting("warts")]
        return documents(phrase([merged(nouns), self.scope.posting(f"w{self.first}")])).tolist()

    def _article_of_law(self):
        """Paragraphs that cite an article of the law: they mention the law and contain "article 9"."""
        entries = self.catalogue.names.exact(name_stems(self.law))
        if not entries:
            return None
        law = self.catalogue.entries[entries[0]]
        mentioning = documents(merged([self.scope.posting(f"e{entry}") for entry in entries]))
        citing = documents(phrase([self.scope.stem_posting("articl"), self.scope.posting(f"w{self.first}")]))
        docs = citing[within(citing, mentioning)].tolist()
        resolution = Resolution(Target(law.type, law.name, law.url), docs)
        if not docs:
            resolution.docs = mentioning.tolist()
            form = gettext("No paragraph cites article %(number)s of %(law)s; these mention it.")
            resolution.sentences.append(form % {"number": self.first, "law": law.name})
        return resolution

    def part(self):
        if self.first not in self.catalogue.parts:
            return None
        label = gettext("Part %(roman)s of the Convention") % {"roman": self.catalogue.parts[self.first]}
        target = Target("part", label, reverse("convention-part", kwargs={"number": self.first}), self.first)
        return Resolution(target, documents(self.scope.posting(f"p{self.first}")).tolist())

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


class _ResolverInAll(_Resolver):
    """Citations without a symbol in all reports: what has the same number in each of them, or is no report's."""

    def paragraph(self):
        numbers = self.scope.numbers
        docs = np.flatnonzero((numbers >= self.first) & (numbers <= self.last))[:MAX_IN_ALL]
        return self._in_each(docs, gettext("para. %(number)s") % {"number": self.first})

    def reply(self):
        docs = documents(self.scope.posting(f"r{self.first}"))
        return self._in_each(docs, gettext("reply %(number)s") % {"number": self.first})

    def number(self):
        return None

    annex = footnote = table = number

    def _in_each(self, docs, words):
        if not docs.size:
            return None
        (pk,) = self.scope.reports_of(docs[:1]).tolist()
        example = f"{self.scope.symbols[pk]}, {words}"
        form = gettext("Each report has its own numbers. To find one report’s, write its symbol first: %(example)s.")
        return Resolution(None, docs.tolist(), [form % {"example": example}])

    def _docs_on_articles(self):
        known = range(self.first, min(self.last, max(self.catalogue.articles)) + 1)
        return documents(self.scope.any_posting([f"a{number}" for number in known])).tolist()


def _missing(kind, label, form, values, rows: QuerySet):
    """A target that does not exist, with the numbers that do; None where there are none."""
    extent = rows.aggregate(first=Min("number"), last=Max("number"))
    return None if extent["last"] is None else Resolution(Target(kind, label, missing=form % (values | extent)))


def _most_specific_first(links):
    """The linked paragraphs: high confidence first, then those with few other articles."""
    rows = list(links.values_list("confidence", "paragraph_id", "paragraph__number"))
    others = ArticleLink.objects.shown().filter(paragraph__in={paragraph for _, paragraph, _ in rows}).order_by()
    counts = Counter(others.values_list("paragraph_id", flat=True))
    return [row[1] for row in sorted(rows, key=lambda row: (row[0], counts[row[1]], row[2]))]


def _range(first, last):
    return str(first) if first == last else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
