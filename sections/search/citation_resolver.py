"""What a citation points at, and the paragraphs that belong to it."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Max, Min
from django.utils.translation import gettext

from sections.models import ArticleLink, Footnote, Paragraph, Reference, Report, Section, Table

from .adapter import Index
from .catalogue import Catalogue, stems
from .engine.citation_parser import Citation
from .engine.postings import documents, merged, phrase, within
from .results import Target

MOST_CITED = 200  # paragraphs of a range


@dataclass(slots=True)
class Cited:
    """The target, the paragraphs to stand first in their order, and what to tell the reader."""

    target: Target
    docs: list[int] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


def resolve(found: Citation, index: Index, things: Catalogue, report: Report) -> Cited | None:
    """What the citation means in this report; None where it means nothing, so that its words are looked for."""
    if found.symbol and found.symbol != report.symbol.upper():
        return None
    made = _RESOLVERS[found.kind](found, index, things, report)
    if made is not None and made.target.missing:
        made.sentences.append(made.target.missing)
    return made


def docs_of(index: Index, keys) -> list[int]:
    """The documents of these paragraphs, by their primary keys, in the same order."""
    if "document_of" not in index.cache:
        column = index.columns["#paragraph"]
        order = np.argsort(column, kind="stable")
        index.cache["document_of"] = (column[order], order)
    ordered, order = index.cache["document_of"]
    keys = np.array(list(keys), np.int64)
    keys = keys[within(keys, ordered)]
    return order[np.searchsorted(ordered, keys)].tolist()


def _paragraphs(found, index, things, report):
    rows = Paragraph.objects.filter(report=report)
    chosen = list(rows.filter(number__gte=found.first, number__lte=found.last).order_by("number")[:MOST_CITED])
    if not chosen:
        extent = rows.aggregate(first=Min("number"), last=Max("number"))
        if extent["last"] is None:
            return None
        values = {"range": _range(found), "symbol": report.symbol, **extent}
        form = gettext("There is no paragraph %(range)s: %(symbol)s has paragraphs %(first)s to %(last)s.")
        label = gettext("Paragraph %(number)s") % {"number": _range(found)}
        return Cited(Target("paragraph", label, missing=form % values))
    first = chosen[0]
    first.report = report
    label = gettext("Paragraph %(number)s") % {"number": first.number}
    if len(chosen) > 1:
        ends = {"first": first.number, "last": chosen[-1].number}
        label = gettext("Paragraphs %(first)s to %(last)s") % ends
    target = Target("paragraph", label, first.get_absolute_url(), first.number)
    return Cited(target, docs_of(index, [row.pk for row in chosen]))


def _number(found, index, things, report):
    made = _paragraphs(found, index, things, report)
    return None if made is None or made.target.missing else made


def _reply(found, index, things, report):
    rows = Section.objects.replies().filter(report=report)
    chosen = rows.filter(number=found.first).first() or rows.filter(
        number__lte=found.first, last_number__gte=found.first
    ).first()  # fmt: skip
    if chosen is None:
        extent = rows.aggregate(first=Min("number"), last=Max("number"))
        if extent["last"] is None:
            return None
        form = gettext("There is no reply %(number)s here: the replies run from %(first)s to %(last)s.")
        missing = form % {"number": found.first, **extent}
        return Cited(Target("reply", gettext("Reply %(number)s") % {"number": found.first}, missing=missing))
    label = gettext("Reply to paragraph %(number)s") % {"number": chosen.number}
    target = Target("reply", label, chosen.get_absolute_url(), chosen.number)
    return Cited(target, documents(index.posting(f"r{chosen.number}")).tolist())


def _annex(found, index, things, report):
    rows = Reference.objects.filter(kind=Reference.Kind.ANNEX, block__paragraph__report=report)
    chosen = rows.filter(target__iexact=found.label)
    if not chosen.exists() and found.label.isdigit():
        chosen = rows.filter(target__iregex=rf"^{found.label}[a-z]$")
    keys = chosen.order_by("block__paragraph__number").values_list("block__paragraph_id", flat=True)
    docs = docs_of(index, dict.fromkeys(keys))
    name = gettext("Annex %(label)s") % {"label": found.label}
    if not docs:
        known = sorted(set(rows.values_list("target", flat=True)), key=lambda label: (len(label), label))
        if not known:
            return None
        form = gettext("No paragraph refers to annex %(label)s. Annexes referred to: %(known)s.")
        missing = form % {"label": found.label, "known": ", ".join(known)}
        return Cited(Target("annex", name, missing=missing))
    made = Cited(Target("annex", name, _address(report, index, docs[0])), docs)
    made.sentences.append(gettext("The annexes are not held here; these paragraphs refer to it."))
    return made


def _footnote(found, index, things, report):
    rows = Footnote.objects.filter(report=report)
    chosen = rows.filter(number=found.first).select_related("block__paragraph").first()
    if chosen is None:
        return _none("footnote", found, rows)
    paragraph = chosen.block.paragraph
    paragraph.report = report
    url = f"{paragraph.get_absolute_url()}#fn{chosen.number}"
    label = gettext("Footnote %(number)s") % {"number": chosen.number}
    return Cited(Target("footnote", label, url, chosen.number), docs_of(index, [paragraph.pk]))


def _table(found, index, things, report):
    rows = Table.objects.filter(report=report)
    chosen = rows.filter(number=found.first).select_related("block").first()
    if chosen is None:
        return _none("table", found, rows)
    chosen.report = report
    label = gettext("Table %(number)s") % {"number": chosen.number}
    if chosen.title:
        label = f"{label}: {chosen.title}"
    target = Target("table", label, chosen.get_absolute_url(), chosen.number)
    return Cited(target, docs_of(index, [chosen.block.paragraph_id]))


def _none(kind, found, rows):
    last = rows.aggregate(last=Max("number"))["last"]
    if last is None:
        return None
    form, label = gettext("There is no table %(number)s here: the report has tables 1 to %(last)s."), "Table %(number)s"
    if kind == "footnote":
        form = gettext("There is no footnote %(number)s here: the report has footnotes 1 to %(last)s.")
        label = "Footnote %(number)s"
    values = {"number": found.first, "last": last}
    return Cited(Target(kind, gettext(label) % values, missing=form % values))


def _article(found, index, things, report):
    if found.law:
        return _article_of_law(found, index, things, report)
    article = things.articles.get(found.first)
    if article is None:
        if not things.articles:
            return None
        form = gettext("There is no article %(number)s in the Convention: its articles run to %(last)s.")
        values = {"number": found.first, "last": max(things.articles)}
        label = gettext("Article %(number)s") % values
        return Cited(Target("article", label, missing=form % values))
    links = ArticleLink.objects.shown().filter(paragraph__report=report)
    links = links.filter(article__number__gte=found.first, article__number__lte=found.last)
    keys = _most_specific_first(links, index)
    target = Target("article", f"{article.kind}: {article.name}", article.url, article.key)
    made = Cited(target, docs_of(index, dict.fromkeys(keys)))
    if not made.docs:
        made.sentences.append(
            gettext("No paragraph bears on article %(number)s of the Convention.") % {"number": article.key}
        )
    return made


def _most_specific_first(links, index):
    """The linked paragraphs: high confidence first, then those that bear on few other articles."""
    rows = list(links.values_list("confidence", "paragraph_id", "paragraph__number"))
    others = ArticleLink.objects.shown().filter(paragraph__in={paragraph for _, paragraph, _ in rows}).order_by()
    counts = Counter(others.values_list("paragraph_id", flat=True))
    return [row[1] for row in sorted(rows, key=lambda row: (row[0], counts[row[1]], row[2]))]


def _article_of_law(found, index, things, report):
    """Paragraphs that cite an article of the law: that name it, and say "article 9" in the same breath."""
    sequence = stems(found.law)
    spotted = [each for each in things.names.spot(sequence) if each.last - each.first == len(sequence)]
    entries = [entry for each in spotted for entry in each.values]
    if not entries:
        return None
    law = things.entries[entries[0]]
    naming = merged([index.posting(f"e{entry}") for entry in entries])
    word = index.stem_posting("articl")
    cited = phrase([word, index.posting(f"w{found.first}")])
    docs = [int(doc) for doc in documents(cited) if within(np.array([doc]), documents(naming))[0]]
    made = Cited(Target(law.type, law.name, law.url), docs)
    if not docs:
        made.docs = documents(naming).tolist()
        form = gettext("No paragraph cites article %(number)s of %(law)s; these name it.")
        made.sentences.append(form % {"number": found.first, "law": law.name})
    return made


def _part(found, index, things, report):
    if found.first not in things.parts:
        return None
    roman = things.parts[found.first]
    first = next((article for article in things.articles.values()), None)
    url = first.url.split("/articles/")[0] + f"/parts/{found.first}/" if first else ""
    target = Target("part", gettext("Part %(roman)s of the Convention") % {"roman": roman}, url, found.first)
    return Cited(target, documents(index.posting(f"p{found.first}")).tolist())


def _range(found):
    if found.first == found.last:
        return str(found.first)
    return gettext("%(first)s to %(last)s") % {"first": found.first, "last": found.last}


def _address(report, index, doc):
    paragraph = Paragraph(report=report, number=int(index.columns["#number"][doc]))
    return paragraph.get_absolute_url()


_RESOLVERS = {
    "paragraph": _paragraphs,
    "number": _number,
    "reply": _reply,
    "annex": _annex,
    "footnote": _footnote,
    "table": _table,
    "article": _article,
    "part": _part,
}
