"""What a citation points at in a report, and the paragraphs that belong to it."""

from collections import Counter

import numpy as np
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from sections.models import ArticleLink, Footnote, Reference, Report, Section, Table
from sections.queries.reports import section_title
from sections.text.citations import Citation
from sections.text.whole_numbers import whole_number

from .catalogue import Catalogue
from .cited_paragraphs import CitedParagraphs, Resolution, missing
from .engine.analysis import stem
from .engine.postings import documents, merged, phrase, within
from .named_results import name_stems
from .results import Target
from .scope import Scope

MAX_IN_ALL = 10_000  # of a range in all reports
MAX_TARGETS = 20  # things that one citation names, for which the page has links


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
    resolution = _each(kind(citation, scope, catalogue, report), method)
    if resolution is None or resolution.target is None:
        return resolution
    if report and citation.kind not in {"article", "part"}:
        resolution.target = resolution.target._replace(report=report.symbol)
    if resolution.target.missing:
        resolution.sentences.append(resolution.target.missing)
    return resolution


def _each(resolver, method):
    """What a citation points at; of a list or a range of replies, tables, articles and the like each of them."""
    numbers = [number for low, high in resolver.runs for number in range(low, min(high, low + MAX_TARGETS) + 1)]
    if method in {"paragraph", "number", "page", "report_itself", "annex"} or resolver.law or len(numbers) < 2:
        return getattr(resolver, method)()
    found = []
    for number in dict.fromkeys(numbers[:MAX_TARGETS]):
        resolver.first = resolver.last = number
        resolver.runs = ((number, number),)
        found.append(getattr(resolver, method)())
    found = [each for each in found if each is not None]
    present = [each for each in found if not each.target or not each.target.missing]
    if not present:
        return found[0] if found else None
    sentences = [sentence for each in found for sentence in each.sentences]
    sentences += [each.target.missing for each in found if each.target and each.target.missing]
    first, *others = present
    return Resolution(
        first.target,
        list(dict.fromkeys(doc for each in present for doc in each.docs)),
        list(dict.fromkeys(sentences)),
        first.literal,
        is_one=False,
        others=[each.target for each in others if each.target],
    )


def _behind_symbol(citation, scope, catalogue):
    """A number typed as the last part of a symbol, such as CMW/C/MEX/3/94, as a paragraph."""
    symbol, _, number = citation.symbol.rpartition("/")
    report = Report.objects.filter(symbol__iexact=symbol).first() if symbol.count("/") > 1 else None
    number = whole_number(number)
    if citation.kind != "report" or report is None or number is None:
        return None
    return resolve(Citation("paragraph", number, number), scope, catalogue, report)


class _Resolver(CitedParagraphs):
    """A method for each kind of citation."""

    def report_itself(self):
        label = gettext("%(title)s (%(symbol)s)") % {"title": self.report.translated("title"), "symbol": self.report}
        return Resolution(Target("report", label, self.report.get_absolute_url()))

    def reply(self):
        rows = Section.objects.replies().filter(report=self.report).select_related("reply_subject")
        containing = rows.filter(number__lte=self.first, last_number__gte=self.first)
        chosen = rows.filter(number=self.first).first() or containing.first()
        if chosen is None:
            form = gettext("The report has no reply %(number)s. Its replies go from %(first)s to %(last)s.")
            label = gettext("Reply %(number)s") % {"number": self.first}
            return missing("reply", label, form, {"number": self.first}, rows)
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
            return missing("footnote", label, form, {"number": self.first}, rows)
        paragraph = chosen.block.paragraph
        url = f"{self._paragraph_url(paragraph.number)}#fn{chosen.number}"
        return Resolution(Target("footnote", label, url, chosen.number), self._docs([paragraph.pk]))

    def table(self):
        rows = Table.objects.filter(report=self.report)
        chosen = rows.filter(number=self.first).select_related("block").first()
        label = gettext("Table %(number)s") % {"number": self.first}
        if chosen is None:
            form = gettext("The report has no table %(number)s. Its tables go from 1 to %(last)s.")
            return missing("table", label, form, {"number": self.first}, rows)
        chosen.report = self.report
        if chosen.title:
            label = gettext("Table %(number)s: %(title)s") % {"number": self.first, "title": chosen.title}
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
        resolution = Resolution(target, list(dict.fromkeys([*linked, *literal])), literal=literal)
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
        resolution = Resolution(Target(law.type, law.name, law.url), docs, is_one=False)
        if len(docs) == 1 and self.report:  # the page of the law would not show where
            number = int(self.scope.numbers[docs[0]])
            label = gettext("Paragraph %(number)s") % {"number": number}
            return Resolution(Target("paragraph", label, self._paragraph_url(number), number), docs)
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

    annex = footnote = table = page = number

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


def _most_specific_first(links):
    """The linked paragraphs: high confidence first, then those with few other articles."""
    rows = list(links.values_list("confidence", "paragraph_id", "paragraph__number"))
    others = ArticleLink.objects.shown().filter(paragraph__in={paragraph for _, paragraph, _ in rows}).order_by()
    counts = Counter(others.values_list("paragraph_id", flat=True))
    return [row[1] for row in sorted(rows, key=lambda row: (row[0], counts[row[1]], row[2]))]
