"""The commands import_report and verify_report."""

import json

import pytest
from django.core.management import CommandError, call_command

from sections.importing import as_json, parse_report
from sections.models import Block, Footnote, Paragraph, Report, Section, Table
from sections.tests.support.examplia import CONTENTS, EXAMPLIA

SYMBOL = "CMW/C/EXA/1"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "examplia.txt"
    path.write_bytes(EXAMPLIA.encode())
    return path


def run(capsys, *arguments):
    """What a command prints."""
    call_command(*map(str, arguments))
    return capsys.readouterr().out


def test_it_prints_json_without_a_database(source, capsys):
    printed = json.loads(run(capsys, "import_report", source, "--symbol", SYMBOL, "--json"))
    assert printed == as_json(parse_report(EXAMPLIA.encode()))


@pytest.mark.django_db
def test_it_stores_a_report_and_proves_it(source, capsys):
    (source.parent / "examplia.contents.json").write_text(json.dumps(CONTENTS))
    printed = run(capsys, "import_report", source, "--symbol", SYMBOL.lower())
    counts = "9 sections, 6 paragraphs, 14 blocks, 1 table, 1 footnote, 8 references, 3 abbreviation lines"
    assert printed.splitlines()[0] == f"{SYMBOL}: {counts} to add."
    report = Report.objects.get(symbol=SYMBOL)
    assert (report.title, report.state_party, report.is_default) == ("First report of Examplia", "Examplia", True)
    assert str(report.date_received) == "2017-05-19"
    assert Section.objects.get(key="reply-3").recovered
    assert Paragraph.objects.get(number=5).section.parent.key == "part-1/b/1"
    assert Table.objects.get().rows == [["Lit", "1\u00a0204", "1\u00a0310"]]
    note = Footnote.objects.get()
    assert (note.block.position, note.body.position, note.body.kind) == (0, 1, Block.Kind.FOOTNOTE)
    assert run(capsys, "import_report", source, "--symbol", SYMBOL).startswith(f"{SYMBOL}: unchanged, {counts}.")
    assert run(capsys, "verify_report", "--sources", source.parent) == (
        f"{SYMBOL}: 9 headings, 6 paragraphs, 3 abbreviation lines, compared with the source file: "
        "every one is as in the source.\n"
    )


@pytest.mark.django_db
def test_it_shows_an_altered_paragraph(source, capsys):
    run(capsys, "import_report", source, "--symbol", SYMBOL)
    paragraph = Paragraph.objects.get(number=4)
    paragraph.source_text = paragraph.source_text.replace("light", "sight")
    paragraph.save()
    with pytest.raises(CommandError, match="The proof fails"):
        call_command("verify_report", SYMBOL)
    assert f"{SYMBOL}, paragraph 4: its slice does not match its fingerprint" in capsys.readouterr().out


@pytest.mark.django_db
def test_it_writes_nothing_when_asked_to_try(source, capsys):
    printed = run(capsys, "import_report", source, "--symbol", SYMBOL, "--dry-run")
    assert printed.splitlines()[-1] == "Nothing was written."
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_it_leaves_a_stored_report_as_it_is_when_the_text_differs(source, capsys):
    run(capsys, "import_report", source, "--symbol", SYMBOL)
    source.write_text(EXAMPLIA.replace("2011", "2012"))
    with pytest.raises(CommandError, match="was not changed"):
        call_command("import_report", str(source), "--symbol", SYMBOL)
    assert "1 paragraph to change" in capsys.readouterr().out
    assert "2011" in Paragraph.objects.get(number=1).source_text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "symbol", "words"),
    [
        (b"1.\tOne.\n3.\tThree.\n", SYMBOL, "line 2: paragraph 3 follows paragraph 1; 2 is missing"),
        (b"", SYMBOL, "line 1: the file is empty"),
        (b"1.\tOne.\n", "EXA", "is not a symbol"),
        (f"\t\t{'Long ' * 120}\n1.\tOne.\n".encode(), SYMBOL, "line 1: the title of this section has more than 500"),
    ],
)
def test_it_stops_at_a_fault_and_stores_nothing(source, content, symbol, words):
    source.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("import_report", str(source), "--symbol", symbol)
    assert not Report.objects.exists()


@pytest.mark.parametrize("name", ["", "nothing.txt"])
def test_it_says_when_there_is_no_source(tmp_path, name):
    with pytest.raises(CommandError, match="Name the text file of the report"):
        call_command("import_report", str(tmp_path / name), "--symbol", SYMBOL, "--json")
