"""The benchmarks' own measures, paragraphs and judged queries."""

import hashlib
import json
import subprocess
import sys
from math import log2

import pytest

from bench import corpus
from bench.support.metrics import Scores, mean, scores
from bench.support.reference_engines import Fts5, Parts, parts
from sections.tests.support.house import ROOT
from sections.tests.support.site import environment, prepared

QUERIES = json.loads((ROOT / "bench" / "queries.json").read_text(encoding="utf-8"))


def test_it_gives_full_marks_to_the_ideal_ranking():
    assert scores([7, 2, 9], {2: 2, 7: 3, 9: 1}) == Scores(ndcg=1.0, reciprocal=1.0, recall=1.0, unanswered=0)


def test_it_counts_what_comes_late_for_less():
    got = scores([5, 7], {7: 3, 2: 1})
    assert got == Scores(
        ndcg=pytest.approx((7 / log2(3)) / (7 + 1 / log2(3))), reciprocal=0.5, recall=0.5, unanswered=0
    )


def test_it_counts_what_is_not_answered():
    assert mean([scores([], {1: 3}), scores([1], {1: 3})]) == Scores(0.5, 0.5, 0.5, 1, 2)


def test_it_does_not_miss_what_twenty_places_cannot_hold():
    assert scores(list(range(1, 21)), dict.fromkeys(range(1, 41), 2)).recall == 1.0


def test_it_reads_a_query_for_the_engines_off_the_shelf():
    assert parts('"salt harbour" -ferry Nueva Sálvora’s ¶') == Parts(("salt harbour", "Nueva", "Sálvora s"), ("ferry",))


def test_it_asks_the_shelf_for_every_word_or_any():
    engine = Fts5({1: "Ferries deport nobody", 2: "The deported came home", 3: "Home"})
    assert [engine.search("deported home", every) for every in (True, False)] == [[2], [2, 3, 1]]
    assert engine.search("deported -home", every_word=True) == [1]


def test_it_generates_the_same_paragraphs_whichever_are_asked_for():
    assert list(corpus.generate(3, first=8)) == list(corpus.generate(10))[7:]


def test_it_places_generated_names_where_they_stand():
    named = [(one, name) for one in corpus.generate(200) for name in one.named]
    assert len(named) > 50
    for paragraph, name in named:
        surface = paragraph.blocks[name.block][name.start : name.end]
        assert surface == corpus.names(name.type)[name.rank]


def test_it_judges_each_query_once_on_paragraphs_that_exist():
    assert len({query["query"] for query in QUERIES}) == len(QUERIES) >= 100
    for query in QUERIES:
        numbers = [int(number) for number in query["relevant"]]
        assert numbers or "thing" in query, query
        assert all(1 <= number <= 222 for number in numbers), query
        assert set(query["relevant"].values()) <= {1, 2, 3}, query


def test_it_holds_out_a_third_of_the_queries_by_their_hash():
    for query in QUERIES:
        digest = hashlib.sha256(f"743 {query['query']}".encode()).hexdigest()
        assert query["split"] == ("held_out" if int(digest[:8], 16) % 3 == 0 else "dev"), query


SMALLEST = {
    "quality.py": (["--split", "held_out", "--no-references"], "nDCG@10"),
    "scale.py": (["--paragraphs", "60", "--engines", "sqlite", "--queries", "2"], "phrase"),
    "growth.py": (
        ["--paragraphs", "240", "--per-report", "120", "--rounds", "1", "--queries", "3", "--sqlite"],
        "import one more report",
    ),
    "saving.py": (["--rounds", "1"], "new name"),
    "editors.py": (["--seconds", "4", "--editors", "2", "--readers", "2", "--database="], "lost updates: 0"),
    "crawlers.py": (["--rounds", "1", "--seconds", "2", "--crawlers", "5", "--readers", "2"], "by status: {'200'"),
    "pages.py": (["--datasette", "", "--rounds", "1", "--seconds", "0.1"], "repeated"),
}


@pytest.mark.apart
@pytest.mark.long
@pytest.mark.parametrize("script", SMALLEST)
def test_it_measures_to_the_end_in_its_smallest_form(script, tmp_path):
    options, told = SMALLEST[script]
    command = [sys.executable, ROOT / "bench" / script, *options]
    variables = environment(BENCH_PREPARED=str(prepared(tmp_path) or ""))
    made = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (made.returncode, told in made.stdout) == (0, True), made.stdout[-500:] + made.stderr[-1500:]
