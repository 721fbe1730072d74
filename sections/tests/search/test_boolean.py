"""Queries with operators, against an oracle that reads each paragraph word by word."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sections.models import Block, Paragraph
from sections.search.engine.analysis import stem, terms
from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db

WORDS = ("budget", "travellers", "leaving", "office", "roads", "act")
VOCABULARY = (*WORDS, "country", "free")


def texts():
    """The blocks of each paragraph as stems, by its number."""
    found = {number: [] for number in Paragraph.objects.values_list("number", flat=True)}
    for number, text in Block.objects.order_by("position").values_list("paragraph__number", "text"):
        found[number].append([(term.exact, term.stem) for term in terms(text)])
    return found


def spans(leaf, block):
    """Where a word or a phrase stands in a block: (first, end)."""
    words = leaf.strip('"').split()
    by = 0 if leaf.startswith('"') else 1
    wanted = [word if by == 0 else stem(word) for word in words]
    own = [row[by] for row in block]
    return [(at, at + len(wanted)) for at in range(len(own)) if own[at : at + len(wanted)] == wanted]


def holds(tree, blocks):
    """Whether a paragraph meets a tree of (operator, members)."""
    match tree:
        case ("and", *members):
            return all(holds(member, blocks) for member in members)
        case ("or", *members):
            return any(holds(member, blocks) for member in members)
        case ("not", member):
            return not holds(member, blocks)
        case ("near", distance, one, two):
            pairs = ((a, b) for block in blocks for a in spans(one, block) for b in spans(two, block))
            return any(0 <= b[0] - a[1] <= distance or 0 <= a[0] - b[1] <= distance for a, b in pairs)
        case leaf:
            return any(spans(leaf, block) for block in blocks)


def written(tree):
    """The tree as people type it, with all its brackets."""
    match tree:
        case ("and" | "or" as operator, *members):
            return f" {operator.upper()} ".join(f"({written(member)})" for member in members)
        case ("not", member):
            return f"NOT ({written(member)})"
        case ("near", distance, one, two):
            return f"{one} NEAR/{distance} {two}"
        case leaf:
            return leaf


LEAVES = st.sampled_from(WORDS) | st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(
    lambda pair: f'"{pair[0]} {pair[1]}"'
)
NEAR = st.tuples(st.just("near"), st.integers(0, 6), st.sampled_from(WORDS), st.sampled_from(WORDS))
TREES = st.recursive(
    LEAVES | NEAR,
    lambda inner: st.tuples(st.sampled_from(["and", "or"]), inner, inner) | st.tuples(st.just("not"), inner),
    max_leaves=6,
)


@pytest.fixture
def plain_world(db):
    """A report whose paragraphs hold the words in many combinations, and no name."""
    made = make_world()
    blocks = list(Block.objects.order_by("paragraph__number", "position"))
    for at, block in enumerate(blocks):
        chosen = [VOCABULARY[(at * 7 + step * (at + 3)) % len(VOCABULARY)] for step in range(2 + at % 9)]
        block.text = f"{' '.join(chosen).capitalize()}."
        Block.objects.filter(pk=block.pk).update(text=block.text)
    rebuild()
    return made


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tree=TREES)
def test_operators_find_exactly_what_reading_every_paragraph_finds(plain_world, tree):
    expected = {number for number, blocks in texts().items() if holds(tree, blocks)}
    if not isinstance(tree, tuple):
        tree = ("and", tree, tree)
    results = search(SearchRequest(f"({written(tree)})", per_page=100, names=False))
    assert {hit.number for hit in results.hits if not hit.partial} == expected
    assert results.full == len(expected)


@pytest.mark.parametrize("count", [1, 40])
def test_brackets_change_nothing_however_many(plain_world, count):
    plain, nested = ("budget AND office", f"{'(' * count}budget AND office{')' * count}")
    assert numbers(plain) == numbers(nested)


def numbers(q):
    return [hit.number for hit in search(SearchRequest(q)).hits]


def test_nearness_counts_the_words_between_and_keeps_an_order_that_is_asked_for(world):
    Block.objects.filter(paragraph__number=8).update(text="One alpha two three beta four.")
    rebuild()
    assert numbers("alpha NEAR/2 beta") == numbers("beta w/2 alpha") == numbers("NEAR(beta alpha, 2)") == [8]
    assert numbers('"alpha beta"~2') == numbers("alpha pre/2 beta") == numbers("(beta OR gamma) NEAR/2 alpha") == [8]
    for q in ("alpha NEAR/1 beta", '"alpha beta"~1', "beta pre/2 alpha", "alpha ADJ beta"):
        assert search(SearchRequest(q)).full == 0, q


def test_it_restates_a_query_in_words(world):
    told = search(SearchRequest('(budget OR "leaving a") AND travellers NOT roads')).interpretation
    assert "Paragraphs with (“budget” or the phrase “leaving a”) and “travellers” but not “roads”." in told
    assert "A bracket without a partner was left out." in search(SearchRequest("(budget OR leaving")).interpretation
    near = search(SearchRequest("budget NEAR/3 travellers")).interpretation
    assert "Paragraphs with “budget”, “travellers” with at most 3 words between them." in near


def test_what_nothing_meets_is_followed_by_what_is_related_and_never_by_what_is_excluded(world):
    results = search(SearchRequest("budget AND fact NOT travellers"))
    assert results.full == 0
    assert all(hit.partial for hit in results.hits)
    excluded = numbers("+travellers")
    assert not {hit.number for hit in results.hits} & set(excluded)


def test_wildcards_stand_for_letters(world):
    assert numbers("budg*") == numbers("b?dget") == numbers("*udget") == [3]
    assert re.search("begins with “budg”", " ".join(search(SearchRequest("budg*")).interpretation))
