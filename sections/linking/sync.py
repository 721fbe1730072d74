"""Brings the stored mentions of a report in line with the registers' names; a person's decision stays."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sections.models import (
    Basis,
    Block,
    Change,
    Entry,
    Mention,
    Name,
    Report,
    ShortForm,
    changing,
    create_rows,
    delete_rows,
    update_rows,
)

from .find_mentions import Findings, TextBlock, find_mentions
from .names import KnownName


@dataclass(slots=True)
class LinkPlan:
    """What relinking a report would do: mentions to add, to change and to remove, and what stays open."""

    report: Report
    add: list[Mention] = field(default_factory=list)
    change: list[Mention] = field(default_factory=list)
    remove: list[Mention] = field(default_factory=list)
    was: dict[int, int] = field(default_factory=dict)  # of a mention to change: its key, and its entry so far
    kept: int = 0
    findings: Findings = field(default_factory=Findings)

    @property
    def longer_names(self) -> dict[tuple[int, int, int], str]:
        """By place the words of the longer name that holds a name, of those that the names give now."""
        found = (mention for mention in self.findings.mentions if mention.longer)
        return {(mention.block.key, mention.start, mention.end): mention.longer for mention in found}

    @property
    def block_keys(self) -> set[int]:
        """The blocks whose mentions it touches."""
        return {mention.block_id for mention in (*self.add, *self.change, *self.remove)}

    @property
    def is_empty(self) -> bool:
        return not (self.add or self.change or self.remove)

    def counts(self) -> dict[str, int]:
        """The plan in numbers, in the order in which a command prints them."""
        return {
            "to add": len(self.add),
            "to change": len(self.change),
            "to remove": len(self.remove),
            "kept": self.kept,
            "ambiguous": len(self.findings.ambiguous),
            "short forms left open": len(self.findings.unresolved),
        }


def known_names(report: Report) -> list[KnownName]:
    """Every name of every entry, and the short forms that hold in this report."""
    return [*names_everywhere(), *(form for _, form in names_in_reports(report=report))]


def known_name(name: Name) -> KnownName:
    """Another name of an entry as the linking looks for it."""
    return KnownName(name.text, name.entry_id, name.form == Name.Form.ACRONYM)


def names_everywhere(**where: object) -> list[KnownName]:
    """The names of entries that hold in every report, of the entries that fit; two queries."""
    entries = Entry.objects.filter(**{name.replace("entry", "pk", 1): value for name, value in where.items()})
    names = {(text, key): KnownName(text, key) for text, key in entries.values_list("name", "pk")}
    for text, key, form in Name.objects.filter(**where).values_list("text", "entry", "form"):
        names.setdefault((text, key), KnownName(text, key, form == Name.Form.ACRONYM))
    return list(names.values())


def names_in_reports(**where: object) -> list[tuple[int, KnownName]]:
    """The short forms that fit, each with the primary key of its report; one query."""
    return [
        (form.report_id, KnownName(form.text, form.entry_id, paragraphs=frozenset(form.paragraphs), rule=form.rule))
        for form in ShortForm.objects.filter(**where)
    ]


def text_blocks(report: Report, sections: Iterable[int] | None = None) -> list[TextBlock]:
    """The report's blocks in reading order, footnotes after the paragraph that calls them; all or those of sections."""
    blocks = Block.objects.filter(paragraph__report=report).select_related("paragraph")
    if sections is not None:
        blocks = blocks.filter(paragraph__section__in=list(sections))
    return [
        TextBlock(block.pk, block.paragraph.number, block.paragraph.section_id, block.text)
        for block in blocks.order_by("paragraph__number", "position")
    ]


def plan_links(report: Report, blocks: list[TextBlock] | None = None, names: list[KnownName] | None = None) -> LinkPlan:
    """Compares the mentions that the names give with those stored; writes nothing.

    `blocks` narrows it to some of the report: to whole replies, for what a short form means hangs on the reply.
    """
    mentions = Mention.objects.of(report).in_order()
    if blocks is not None:
        mentions = mentions.filter(block__in=[block.key for block in blocks])
    else:
        blocks = text_blocks(report)
    plan, stored = LinkPlan(report), {}
    decided: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.is_decided:
            decided.setdefault(mention.block_id, []).append(mention)
            plan.kept += 1
        else:
            stored[mention.block_id, mention.start, mention.end] = mention
    blocks = [_with_rejections(block, decided.get(block.key, ())) for block in blocks]
    plan.findings = find_mentions(blocks, known_names(report) if names is None else names)
    for mention in plan.findings.mentions:
        span = (mention.start, mention.end)
        if any(own.bars(span, mention.entry) for own in decided.get(mention.block.key, ())):
            continue
        _plan_one(plan, mention, stored.pop((mention.block.key, mention.start, mention.end), None))
    plan.remove = list(stored.values())
    return plan


def _with_rejections(block, decided):
    """The block with the spans at which a person rejected an entry."""
    rejected = frozenset((row.start, row.end, row.entry_id) for row in decided if not row.is_shown)
    return replace(block, rejected=rejected) if rejected else block


def _plan_one(plan, mention, old):
    basis = Basis.CONTEXTUAL if mention.contextual else Basis.TEXT
    wanted = {"entry_id": mention.entry, "surface": mention.surface, "basis": basis, "rule": mention.rule}
    if old is None:
        plan.add.append(Mention(block_id=mention.block.key, start=mention.start, end=mention.end, **wanted))
    elif all(getattr(old, name) == value for name, value in wanted.items()):
        plan.kept += 1
    else:
        plan.was[old.pk] = old.entry_id
        for name, value in wanted.items():
            setattr(old, name, value)
        plan.change.append(old)


def carry_out(plan: LinkPlan) -> None:
    """Writes a plan as one change, or as part of the one that is being made; the search index is the caller's."""
    with changing(Change.Kind.LINK):
        delete_rows(plan.remove)
        update_rows(plan.change, ["entry", "surface", "basis", "rule"])
        create_rows(plan.add)
