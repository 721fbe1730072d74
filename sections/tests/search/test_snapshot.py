"""The index as a process holds it: what an edit makes it read again, and that it equals what is stored."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sections.models import (
    ArticleLink,
    Mention,
    Name,
    Paragraph,
    Report,
    Review,
    SearchPosting,
    SearchWord,
    Subjects,
    current_version,
)
from sections.search import snapshot
from sections.search.engine.postings import documents
from sections.search.indexer import is_up_to_date, rebuild, refresh, update
from sections.search.scope import COLUMNS
from sections.search.snapshot import current, load
from sections.tests.support.world import make_other_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(world):
    report = make_other_report()
    update()
    return report


def contents(scope):
    """All that a scope answers, for comparison."""
    keys = set(SearchPosting.objects.values_list("key", flat=True))
    postings = {key: posting.tolist() for key in sorted(keys) if (posting := scope.posting(key)).size}
    words = [key[1:] for key in postings if key[0] == "w"]
    return {
        "links": scope.links.packed(),
        "frequencies": {key: scope.frequency(key) for key in postings if key[0] in "pae"},
        "columns": {name: scope.column(name).tolist() for name in COLUMNS},
        "postings": postings,
        "words": scope.words.beginning(""),
        "counts": {word: scope.words.count(word) for word in words},
        "stems": {stem: scope.stem_posting(stem).tolist() for stem in ("travel", "budget", "offic")},
        "like": sorted(scope.words.like("budgat", 2)),
    }


class Held:
    """What a process may hold of each report and of all."""

    def __init__(self, base=None):
        self.version = current_version()
        reports = [None, *Report.objects.values_list("pk", flat=True)]
        self.scopes = {report: load(report, base and base.scopes.get(report)) for report in reports}

    def contents(self):
        return {report: contents(scope) for report, scope in self.scopes.items()}


def reject_the_plan(world):
    for mention in Mention.objects.filter(entry=world.plan):
        mention.review = Review.REJECTED
        mention.save()


def found(scope, word):
    return scope.numbers[documents(scope.posting(f"w{word}"))].tolist()


def test_the_documents_of_a_report_are_numbered_from_0_and_answer_for_it_alone(world, other):
    own, theirs = current(world.report.pk), current(other.pk)
    assert (own.size, theirs.size) == (9, 3)
    assert theirs.numbers.tolist() == [1, 2, 3]
    assert (found(own, "budget"), found(theirs, "budget")) == ([3], [1])
    assert (own.words.count("budget"), theirs.words.count("budget")) == (1, 1)
    assert (own.words.count("budgets"), theirs.words.count("budgets")) == (0, 1)
    assert (own.words.forms("budget"), theirs.words.forms("budget")) == (["budget"], ["budget", "budgets"])
    assert own.words.beginning("nobod") == [] and theirs.words.beginning("nobod") == ["nobody"]
    assert documents(own.posting("r1")).tolist() == [0, 1, 2]
    assert documents(theirs.posting("p3")).tolist() == [0, 1, 2]


def test_all_documents_are_those_of_the_reports_one_after_the_other(world, other):
    whole = current(None)
    assert whole.numbers.tolist() == [*range(1, 10), 1, 2, 3]
    assert found(whole, "budget") == [3, 1]
    assert whole.words.count("budget") == 2


def test_a_report_that_is_not_indexed_has_no_documents(world):
    scope = current(0)
    assert (scope.size, scope.posting("wthe").tolist(), scope.norms.tolist()) == (0, [], [])
    assert scope.words.forms("the") == []


def test_a_report_that_is_all_of_its_segment_is_not_copied(world):
    scope = current(world.report.pk)
    assert scope.posting("wthe") is scope.segments[0].postings["wthe"]
    assert np.shares_memory(scope.numbers, scope.segments[0].columns)


def test_an_unchanged_index_costs_one_query(world, django_assert_num_queries):
    first, whole = current(world.report.pk), current(None)
    with django_assert_num_queries(2):
        assert current(world.report.pk) is first and current(None) is whole
    with django_assert_num_queries(0):
        assert current(world.report.pk, first.version) is first


def test_an_edit_reads_again_only_the_postings_that_it_changed(world, django_assert_num_queries):
    base = load(world.report.pk)
    reject_the_plan(world)
    with django_assert_num_queries(4):  # the version, the segments, the links, the newer postings
        after = load(world.report.pk, base)
    before, now = base.segments[0].postings, after.segments[0].postings
    assert [key for key in now if now[key] is not before.get(key)] == [f"e{world.plan.pk}"]
    assert after.segments[0].columns is base.segments[0].columns
    assert after.words is base.words
    assert base.posting(f"e{world.plan.pk}").size == 1
    assert after.posting(f"e{world.plan.pk}").size == 0


def test_a_change_beside_the_index_reads_no_posting_again(world):
    base = load(world.report.pk)
    Name.objects.create(entry=world.office, text="Wayfarers Bureau")
    after = load(world.report.pk, base)
    assert after.version.names > base.version.names
    assert after.segments == base.segments and after.segments[0] is base.segments[0]


def test_a_posting_that_became_empty_stays_as_a_mark_until_the_index_is_rebuilt(world):
    Mention.objects.filter(entry=world.plan).delete()
    rows = SearchPosting.objects.filter(key=f"e{world.plan.pk}")
    assert [bytes(data) for data in rows.values_list("data", flat=True)] == [b""]
    rebuild()
    assert not rows.exists()


def test_a_report_is_appended_and_removed_without_touching_the_others(world):
    base, whole = load(world.report.pk), load(None)
    other = make_other_report()
    update([other.pk])
    added, both = load(world.report.pk, base), load(None, whole)
    assert added.segments == base.segments and added.segments[0] is base.segments[0]
    assert [segment.report for segment in both.segments] == [world.report.pk, other.pk]
    theirs, removed = load(other.pk), other.pk
    other.delete()
    assert (theirs.size, load(removed, theirs).size) == (3, 0)
    assert load(None, both).numbers.tolist() == whole.numbers.tolist()
    assert is_up_to_date()


def test_a_report_that_is_removed_leaves_the_others_as_they_are(world, other):
    rebuild()
    both, removed = Held(), world.report.pk
    world.report.delete()
    after = Held(both)
    assert contents(after.scopes[other.pk]) == contents(both.scopes[other.pk])
    assert load(removed, both.scopes[removed]).size == 0
    assert after.scopes[None].numbers.tolist() == [1, 2, 3]
    assert is_up_to_date()


def test_a_report_with_another_text_is_indexed_anew_and_the_others_are_not(world, other):
    base = Held()
    block = Paragraph.objects.get(report=other, number=2).blocks.get()
    block.text = "Everybody travels."
    block.save()
    assert not is_up_to_date()
    update([other.pk])
    after = Held(base)
    assert after.scopes[world.report.pk].segments[0] is base.scopes[world.report.pk].segments[0]
    for scope, first in ((after.scopes[other.pk], []), (after.scopes[None], [])):
        assert (found(scope, "everybody"), found(scope, "nobody")) == ([2], first)
    assert is_up_to_date()


def test_the_words_of_all_reports_are_counted_as_reports_come_and_go(world):
    def counted():
        return {word.term: (word.stem, word.documents) for word in SearchWord.objects.all()}

    alone = counted()
    other = make_other_report()
    update([other.pk])
    together = counted()
    assert together["budget"] == ("budget", alone["budget"][1] + 1)
    assert "budgets" in together and "budgets" not in alone
    rebuild()
    assert counted() == together
    other.delete()
    assert counted() == alone


def test_a_report_too_large_to_hold_answers_the_same_and_never_from_a_former_version(world, other, monkeypatch):
    rebuild()
    held = Held().contents()
    monkeypatch.setattr(snapshot, "HELD", 0)
    base = load(world.report.pk)
    assert not base.is_held
    for report, answers in Held().contents().items():
        assert answers | {"like": None} == held[report] | {"like": None}
    reject_the_plan(world)
    after = load(world.report.pk, base)
    assert base.posting(f"e{world.plan.pk}").size == 1
    assert after.posting(f"e{world.plan.pk}").size == 0
    assert after.segments[0].posting("wthe") is base.segments[0].posting("wthe")


def _review(number, review):
    mentions = list(Mention.objects.order_by("pk"))
    mention = mentions[number % len(mentions)]
    mention.review = review
    mention.save()


def _link(number, review):
    paragraph = Paragraph.objects.order_by("report_id", "number")[number % 9]
    link = ArticleLink.objects.filter(paragraph=paragraph).first()
    if link is not None and review == Review.REJECTED:
        link.delete()
    elif link is None:
        article = Paragraph.objects.count() and number % 6 + 1
        ArticleLink.objects.create(paragraph=paragraph, article_id=_article(article), basis="editor", reason="So.")


def _article(number):
    return ArticleLink._meta.get_field("article").related_model.objects.get(number=number).pk


def _subjects(number, review):
    paragraph = Paragraph.objects.order_by("report_id", "number")[number % 9]
    phrases = ["roving vagabonds"] if review == Review.REJECTED else ["nomads", "vagabonds"]
    row, _ = Subjects.objects.get_or_create(paragraph=paragraph)
    row.phrases = phrases
    row.save()


def _other_report(number, review):
    report = Report.objects.filter(symbol="XXX/C/OTH/1").first()
    if report is not None:
        report.delete()
    else:
        update([make_other_report().pk])


EDITS = st.tuples(
    st.sampled_from([_review, _link, _subjects, _other_report]),
    st.integers(0, 20),
    st.sampled_from([Review.REJECTED, Review.CONFIRMED]),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, max_size=6))
def test_after_any_edits_it_equals_one_read_from_nothing_and_a_rebuilt_one(world, edits):
    held = Held()
    for edit, number, review in edits:
        edit(number, review)
        held = Held(held)
    assert is_up_to_date()
    assert held.contents() == Held().contents()
    rebuild()
    assert held.contents() == Held().contents()


def test_refreshing_a_paragraph_that_is_not_indexed_counts_a_change_and_no_more(world):
    base = load(world.report.pk)
    refresh([Paragraph(pk=0)])
    after = load(world.report.pk, base)
    assert after.version.content > base.version.content and after.segments[0] is base.segments[0]
