"""What the site says of itself, and the proof of the text."""

import pytest

from sections.importing.build import build
from sections.importing.parse.report import parse_report
from sections.importing.verify import _kept_proof, verify
from sections.models import Block, Note, Paragraph, Report
from sections.tests.support.pages import read
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db

SOURCE = (
    "\t\tPart I\n"
    "[bookmark: _Toc100000001]\t\tReply to paragraph 1\n"
    "1.\tThe Office counts. \n"
    "2.\tThe Office knows:\n"
    "Where they went;\n"
    "Whom they asked.\n"
)


@pytest.fixture
def imported():
    report = Report(symbol="XXX/C/EXA/2", title="A report", state_party="Examplia", is_default=True)
    text = parse_report(SOURCE.encode())
    report.source_sha256 = text.source_sha256
    build(report, text).save()
    return report


def results(client):
    """Number → last cell of each row of the proof."""
    html = client.get("/about/fidelity/").content.decode()
    rows = html.partition('<table class="proof">')[2].partition("<tbody>")[2].split("</tr>")[:-1]
    return [row.rpartition("<td>")[2].removesuffix("</td>").strip() for row in rows]


def test_it_says_that_every_paragraph_is_as_in_the_source(client, imported):
    page = read(client.get("/about/fidelity/"))
    assert "Yes. Each of the 2 paragraphs of XXX/C/EXA/2 is as in the source." in page.words
    assert results(client) == ["as in the source", "as in the source"]


def test_it_shows_one_altered_character_as_that_paragraphs_failure(client, imported):
    block = Block.objects.get(paragraph__number=1)
    Block.objects.filter(pk=block.pk).update(text=block.text.replace("counts", "courts"))
    first, second = results(client)
    assert "courts" in first
    assert second == "as in the source"
    assert "No. Something in XXX/C/EXA/2 is not as in the source" in read(client.get("/about/fidelity/")).words


def test_it_shows_an_altered_slice(client, imported):
    Paragraph.objects.filter(number=2).update(source_text="2.\tThe Office knew:\nWhere they went;\nWhom they asked.\n")
    first, second = results(client)
    assert (first, second != "as in the source") == ("as in the source", True)


def test_it_has_nothing_to_prove_without_a_report(client):
    assert "No report is loaded yet" in read(client.get("/about/fidelity/")).words


def test_it_tells_how_to_cite_and_what_each_basis_means(client):
    make_world()
    page = read(client.get("/about/"))
    assert "Third periodic report of Examplia, XXX/C/EXA/1, para. 1." in page.words
    ids = {"annexes", "citing", "rights", "bases", "basis-heading", "basis-text", "basis-contextual", "basis-editor"}
    assert ids <= set(page.ids())


def test_it_works_the_proof_out_once_until_the_text_changes(client, imported, monkeypatch):
    _kept_proof.cache_clear()
    proved = []
    monkeypatch.setattr("sections.importing.verify.verify", lambda *args: proved.append(args) or verify(*args))
    for _ in range(3):
        assert results(client) == ["as in the source", "as in the source"]
    Note.objects.create(paragraph=Paragraph.objects.get(number=1), text="An edit beside the text.")
    assert results(client) == ["as in the source", "as in the source"]
    assert len(proved) == 1
    block = Block.objects.get(paragraph__number=1, position=0)
    block.text = "The Office courts."
    block.save()
    assert "courts" in results(client)[0]
    assert len(proved) == 2
