"""Sources that are accepted, accepted with warnings, or refused: each file in the folders is a test. See README.md."""

import json
from pathlib import Path

import pytest

from sections.importing import ImportFault, as_json, parse_report, read_contents

FOLDER = Path(__file__).resolve().parent


def sources(folder):
    paths = sorted(path for path in (FOLDER / folder).glob("*.txt") if not path.name.endswith(".expected.txt"))
    return pytest.mark.parametrize("source", paths, ids=[path.stem for path in paths])


def parsed(source):
    contents = source.with_suffix(".contents.json")
    published = read_contents(contents.read_text(encoding="utf-8")) if contents.exists() else None
    return parse_report(source.read_bytes(), published)


def check(source, warns):
    report = parsed(source)
    assert as_json(report) == json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
    assert bool(report.warnings) == warns
    assert report.source_text.encode() == source.read_bytes()


@sources("accept")
def test_it_reads_a_source_without_a_warning(source):
    check(source, warns=False)


@sources("warn")
def test_it_reads_a_source_and_warns(source):
    check(source, warns=True)


@sources("refuse")
def test_it_refuses_a_source_and_names_the_line_and_the_reason(source):
    with pytest.raises(ImportFault) as refusal:
        parsed(source)
    assert f"{refusal.value}\n" == source.with_suffix(".expected.txt").read_text(encoding="utf-8")


def test_every_expected_result_has_a_source():
    results = {*FOLDER.glob("*/*.json"), *FOLDER.glob("*/*.expected.txt")}
    assert [path for path in results if not path.with_name(f"{path.name.split('.')[0]}.txt").exists()] == []
