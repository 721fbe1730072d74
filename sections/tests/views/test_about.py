"""What the site says of itself, and the proof of the text."""

import pytest

from sections.importing.build import build
from sections.importing.parse.report import parse_report
from sections.importing.verify import _kept_proof, source_file, verify
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
    assert "Unchanged: yes. Each of the 2 paragraphs of XXX/C/EXA/2 is as in the source file." in page.words
    assert results(client) == ["as in the source", "as in the source"]


def test_it_shows_one_altered_character_as_that_paragraphs_failure(client, imported):
    block = Block.objects.get(paragraph__number=1)
    Block.objects.filter(pk=block.pk).update(text=block.text.replace("counts", "courts"))
    first, second = results(client)
    assert "courts" in first
    assert second == "as in the source"
    assert "Unchanged: no. XXX/C/EXA/2 differs from the source file" in read(client.get("/about/fidelity/")).words


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


def test_it_says_what_the_text_was_compared_with_and_plainly_what_is_not_known(client, imported):
    page = read(client.get("/about/fidelity/"))
    for sentence in (
        "Official document XXX/C/EXA/2: not known: which printed or electronic version the file was made from",
        "Language version English",
        "Obtained Where, when and by whom: not known",
        "Conversion How and by whom: not known",
        "Not known: nobody has recorded a comparison of this file with the official document.",
        "open the official document XXX/C/EXA/2 and the source file, and report a difference.",
        "The site does not have the file itself. The download consists of the stored passages",
        "2 list items have no letter or number in the file: to be compared with the official document. Paragraphs: 2.",
    ):
        assert sentence in page.words
    assert page.find(".//details//table[@class='proof']")


def test_it_says_what_the_records_hold_of_the_source_in_the_readers_language(client, imported):
    imported.original_language, imported.source_name = "Examplian", "report.txt"
    imported.source_document = "English version, EX.17-1 (E)"
    imported.source_obtained = "From the treaty body’s page, 2 May 2017"
    imported.source_conversion = "By hand"
    imported.source_compared = "By Ana, 3 May 2017"
    imported.source_limits = "The cover is missing.\nSo is the map."
    imported.translations = {"es": {"source_limits": "Falta la cubierta."}}
    imported.save()
    page = read(client.get("/about/fidelity/"))
    for sentence in ("English version, EX.17-1 (E)", "2 May 2017", "By hand", "By Ana", "Original language: Examplian"):
        assert sentence in page.words
    assert "not known" not in page.words
    assert "The cover is missing. So is the map." in page.words
    assert "Falta la cubierta." in read(client.get("/es/about/fidelity/")).words


def test_it_offers_the_source_byte_for_byte(client, imported):
    answer = client.get("/XXX/C/EXA/2/source.txt")
    assert answer.content == SOURCE.encode()
    assert answer["Content-Disposition"] == 'attachment; filename="XXX-C-EXA-2.txt"'
    assert "/XXX/C/EXA/2/source.txt" in read(client.get("/about/fidelity/")).links()
    assert client.get("/XXX/C/NONE/2/source.txt").status_code == 404


def test_it_offers_the_file_itself_only_if_it_is_the_one_that_was_imported(imported, tmp_path):
    imported.source_name = "report.txt"
    (tmp_path / "report.txt").write_bytes(b"another text")
    assert source_file(imported, tmp_path) == SOURCE.encode()
    (tmp_path / "report.txt").write_bytes(SOURCE.encode())
    assert source_file(imported, tmp_path) == SOURCE.encode()


def test_it_names_the_footnotes_and_annexes_that_the_text_lacks(client):
    make_world()
    page = read(client.get("/about/fidelity/"))
    assert "These footnotes are not in the file: 1–3." in page.words
    assert "The report cites 1 annex, which is not part of the file." in page.words
    assert "2 of the 9 headings were recovered" in page.words
