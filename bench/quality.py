"""How well the search ranks, on the judged queries, beside engines off the shelf: `python bench/quality.py --help`."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from support import site
from support.metrics import Scores, mean, scores
from support.reference_engines import Fts5, Postgres

LIMIT = 20
SOURCES = ("subjects", "thesaurus")


@dataclass(frozen=True)
class Column:
    """One way to search: its name and its scores, in the order of the queries."""

    name: str
    scores: list[Scores]


def main() -> None:
    options = read_options()
    queries = site.judged(options.split, options.queries, options.writer)
    with ExitStack() as open_:
        open_.enter_context(site.site(options.database))
        ask = asker(options.without)
        answers = [ask(query["query"]) for query in queries]
        if options.rankings:
            options.rankings.write_text(json.dumps(
                {query["query"]: answer.numbers for query, answer in zip(queries, answers, strict=True)}, indent=1
            ))  # fmt: skip
        cited = [pair for pair in zip(queries, answers, strict=True) if "thing" in pair[0]]
        ranked = [pair for pair in zip(queries, answers, strict=True) if pair[0]["relevant"]]
        queries, answers = [query for query, _ in ranked], [answer for _, answer in ranked]
        name = f"the site without {' and '.join(options.without)}" if options.without else "the site"
        columns = [column(name, queries, [answer.numbers for answer in answers])]
        columns += references(queries, open_) if options.references else []
    print(table(queries, columns))
    print(summary(columns))
    print(things(cited))
    if options.compare:
        print(compared(options, {query["query"]: one.numbers for query, one in zip(queries, answers, strict=True)}))
    if options.worst:
        print(worst(queries, answers, columns[0], options.worst))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--split", choices=("dev", "held_out", "all"), default="dev", help="Which queries (dev).")
    parser.add_argument(
        "--queries", type=Path, default=site.QUERIES, metavar="FILE", help="Judged queries (those beside this script)."
    )
    parser.add_argument("--writer", default="", help="Those of one writer only: a, b or c.")
    parser.add_argument("--database", default="", help="URL of an empty database for the site; SQLite if left out.")
    parser.add_argument("--no-references", dest="references", action="store_false", help="The site's search alone.")
    parser.add_argument(
        "--without",
        type=sources,
        default=(),
        metavar="SOURCES",
        help="Leave out the editors' subjects, the thesaurus or both: subjects,thesaurus.",
    )
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="List the N queries that do worst.")
    parser.add_argument("--compare", action="store_true", help="Whether the site ranks alike on PostgreSQL.")
    parser.add_argument("--rankings", type=Path, metavar="FILE", help="Write the site's rankings there, to compare.")
    return parser.parse_args()


def sources(text: str) -> tuple[str, ...]:
    """The sources that a list with commas names."""
    names = tuple(name.strip() for name in text.split(","))
    if not set(names) <= set(SOURCES):
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: {','.join(SOURCES)}")
    return names


def compared(options: argparse.Namespace, here: dict[str, list[int]]) -> str:
    """Whether the site gives the same paragraphs in the same order on PostgreSQL, and where it does not."""
    from sections.tests.support.postgres import NotHere, running

    try:
        with running() as url, tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rankings.json"
            command = [sys.executable, __file__, "--queries", options.queries, "--split", options.split]
            command += ["--writer", options.writer]
            command += ["--database", url, "--no-references", "--rankings", file]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            there = json.loads(file.read_text())
    except NotHere as reason:
        return f"Not compared with PostgreSQL: {reason}."
    differ = [
        f"  {query}: {here[query][:8]}, there {there[query][:8]}" for query in here if here[query] != there[query]
    ]
    return "\n".join([f"{len(here) - len(differ)} of {len(here)} queries rank alike on PostgreSQL.", *differ])


@dataclass(frozen=True)
class Answer:
    """What the site answered: paragraph numbers in order, and the thing that it points at, such as "reply 14"."""

    numbers: list[int]
    target: str


def asker(without: tuple[str, ...] = ()) -> Callable[[str], Answer]:
    """Asks the site's own search, inside this process, with some of its SOURCES left out."""
    from sections.search.service import SearchRequest, search

    def ask(query: str) -> Answer:
        found = search(SearchRequest(q=query, per_page=LIMIT, ignored=without))
        return Answer([hit.number for hit in found.hits], pointed_at(found.target))

    return ask


def pointed_at(target) -> str:
    """What a citation points at, as the judged queries name it: "reply 14", "paragraphs 92-94", "report"."""
    if target is None:
        return "nothing"
    if target.kind == "paragraph":
        return target.label.replace("–", "-").lower()  # with the range, the list or the item
    return f"{target.kind} {target.number}" if target.number else target.kind


def references(queries: list[dict], open_: ExitStack) -> list[Column]:
    """A column for each engine off the shelf, in its stricter and in its wider reading of a query."""
    from sections.tests.support.postgres import NotHere, running

    texts = site.paragraphs()
    engines = [Fts5(texts)]
    try:
        engines.append(Postgres(texts, open_.enter_context(running())))
    except NotHere as reason:
        print(f"Without PostgreSQL: {reason}.")
    return [
        column(f"{engine.name}, {words}", queries, [engine.search(query["query"], every) for query in queries])
        for engine in engines
        for every, words in ((True, "every word"), (False, "any word"))
    ]


def column(name: str, queries: list[dict], rankings: list[list[int]]) -> Column:
    return Column(name, [scores(one, query["relevant"]) for one, query in zip(rankings, queries, strict=True)])


def table(queries, columns) -> str:
    """Scores by kind of query and over all, a block for each way to search."""
    kinds = list(dict.fromkeys(query["kind"] for query in queries))
    lines = []
    for one in columns:
        lines += ["", one.name, f"  {'':12}{'queries':>8}{'nDCG@10':>9}{'MRR':>7}{'recall@20':>11}{'unanswered':>12}"]
        for kind in kinds:
            of_kind = [got for got, query in zip(one.scores, queries, strict=True) if query["kind"] == kind]
            lines.append(f"  {kind:12}{row(mean(of_kind))}")
        lines.append(f"  {'all':12}{row(mean(one.scores))}")
    return "\n".join(lines)


def row(got: Scores) -> str:
    return f"{got.queries:8}{got.ndcg:9.3f}{got.reciprocal:7.3f}{got.recall:11.3f}{got.unanswered:12}"


def summary(columns) -> str:
    """The site's scores as multiples of those of each reference."""
    ours = mean(columns[0].scores)
    lines = ["", f"{'The site against':38}{'nDCG@10':>9}{'MRR':>7}{'recall@20':>11}"]
    for one in columns[1:]:
        theirs = mean(one.scores)
        ratios = [ours.ndcg / theirs.ndcg, ours.reciprocal / theirs.reciprocal, ours.recall / theirs.recall]
        lines.append(f"{one.name:38}{ratios[0]:8.2f}x{ratios[1]:6.2f}x{ratios[2]:10.2f}x")
    return "\n".join(lines) if columns[1:] else ""


def things(cited) -> str:
    """How many citations point at the very thing that they name."""
    astray = [
        f"{query['query']} (points at {answer.target})" for query, answer in cited if answer.target != query["thing"]
    ]
    line = f"\n{len(cited) - len(astray)} of {len(cited)} citations point at the thing that they name."
    return f"{line} Not for: {'; '.join(astray)}" if astray else line


def worst(queries, answers, ours, count) -> str:
    """The queries with the least gain, what was wanted and what came."""
    order = sorted(range(len(queries)), key=lambda place: (ours.scores[place].ndcg, queries[place]["query"]))
    lines = ["", "The worst:"]
    for place in order[:count]:
        wanted = sorted(queries[place]["relevant"].items(), key=lambda pair: (-pair[1], pair[0]))[:12]
        lines += [
            f"  {ours.scores[place].ndcg:.2f} {queries[place]['kind']}: {queries[place]['query']}",
            f"       wanted {', '.join(f'{number}:{grade}' for number, grade in wanted)}",
            f"       came   {', '.join(map(str, answers[place].numbers[:12])) or 'nothing'}",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
