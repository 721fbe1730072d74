"""Every list through every kind of file: what nobody changed is never written, and every fault is named at its cell."""

import csv
import io
import string

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sections.editing.spreadsheets.lists import DELETE, ID, VERSION
from sections.editing.spreadsheets.register import LISTS
from sections.models import (
    ArticleLink,
    Entry,
    Mention,
    Name,
    Note,
    Paragraph,
    Relation,
    ShortForm,
    Subjects,
    Synonym,
    Upload,
)
from sections.tests.support import desk
from sections.tests.support.pages import read
from sections.tests.support.world import ACT, OFFICE, PLAN, make_other_report

pytestmark = pytest.mark.django_db
MODELS = (Entry, Name, ShortForm, Relation, ArticleLink, Subjects, Note, Synonym, Mention)


@pytest.fixture
def ana(client, world):
    """An editor, beside a world in which each list has rows, some of them awkward."""
    first, fifth = (Paragraph.objects.get(number=number) for number in (1, 5))
    other = make_other_report()
    quote = "the  Travellers\u00a0Act"
    Note.objects.create(paragraph=first, position=1, quote=quote, text='As printed;\n=see "below"')
    Note.objects.create(paragraph=first, position=2, text="A second note, with Ñandú.")
    Subjects.objects.create(paragraph=fifth, phrases=["=leaving", "the right to leave, e.g. by road", "TRUE"])
    Subjects.objects.create(paragraph=Paragraph.objects.get(report=other, number=2), phrases=["other"])
    Synonym.objects.create(term="nomads", says="travellers", both_ways=False, note="'quoted'")
    Synonym.objects.create(term="walkers", says="travellers")
    Name.objects.create(entry=world.act, text="مكتب الهجرة", in_report=False)
    Name.objects.create(entry=world.act, text="007", in_report=False)
    return desk.editor(client)


def rows_of(ana, key):
    text = ana.get(f"/admin/lists/{key}.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(rows, encoding="utf-8", **dialect):
    out = io.StringIO(newline="")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(out, columns, restval="", **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def send(ana, data, name="list.csv"):
    """The page after an upload, which is a trial run."""
    return ana.post("/admin/lists/", {"file": SimpleUploadedFile(name, data), "reason": "Because."}, follow=True)


def outcome(ana, rows):
    answer = send(ana, rows if isinstance(rows, bytes) else as_csv(rows))
    assert "outcome" in answer.context, desk.words(answer)[:1500]
    return answer.context["outcome"]


def faults(ana, rows):
    return sorted((error.row, error.column) for error in outcome(ana, rows).errors)


def write(ana, rows):
    """Uploads and confirms."""
    answer = send(ana, as_csv(rows))
    assert not answer.context["outcome"].errors, answer.context["outcome"].errors
    digest = next(attrs["value"] for _, attrs in read(answer).tags if attrs.get("name") == "digest")
    return ana.post(f"/admin/lists/{Upload.objects.get().pk}/confirm/", {"digest": digest}, follow=True)


def state():
    return [list(model.objects.order_by("pk").values_list()) for model in MODELS]


def saved_again(data):
    book, out = load_workbook(io.BytesIO(data)), io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_numbers(data):
    """The list as LibreOffice would save it: numbers as numbers with a fraction, truths in Spanish, empty columns."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    written = {"yes": "VERDADERO", "no": "FALSO"} | {str(number): f"{number}.0" for number in range(1000)}
    rows = [[written.get(cell, cell) for cell in row] for row in rows]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([*(row + ["", ""] for row in rows), [], [""] * 9])
    return out.getvalue().encode()


FORMS = {
    "as downloaded": lambda ana, key: ana.get(f"/admin/lists/{key}.csv").content,
    "workbook": lambda ana, key: ana.get(f"/admin/lists/{key}.xlsx").content,
    "workbook saved again": lambda ana, key: saved_again(ana.get(f"/admin/lists/{key}.xlsx").content),
    "LibreOffice": lambda ana, key: as_numbers(ana.get(f"/admin/lists/{key}.csv").content),
    "Excel's Unicode text": lambda ana, key: as_csv(rows_of(ana, key), "utf-16", delimiter="\t"),
    "Excel's CSV, which loses letters": lambda ana, key: as_csv(rows_of(ana, key), "cp1252", delimiter=";"),
    "below titles": lambda ana, key: b"Our list;;\r\n\r\n" + as_csv(rows_of(ana, key), delimiter=";"),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_nobody_changed_is_never_written(ana, form):
    before = state()
    for key, spreadsheet in LISTS.items():
        found = outcome(ana, FORMS[form](ana, key))
        assert (found.errors, found.effects) == ([], []), key
        assert found.unchanged == spreadsheet.model.objects.count() > 0, key
    assert state() == before


@pytest.mark.parametrize("key", LISTS)
def test_no_spreadsheet_takes_a_version_for_a_number(ana, key):
    versions = [row[VERSION] for row in rows_of(ana, key)]
    assert len(set(versions)) == len(versions) > 0
    assert all(set(version) <= {*string.ascii_lowercase, "-"} - set("aeiou") for version in versions)


def test_versions_of_older_lists_still_count_and_altered_ones_are_named(ana, world):
    row = next(row for row in rows_of(ana, "names") if row["text"] == "NOT")
    old = old_version(LISTS["names"](), Name.objects.get(text="NOT"))
    assert outcome(ana, [row | {VERSION: old, "text": "NOTA"}]).errors == []
    assert outcome(ana, [row | {VERSION: old.upper(), "text": "NOTA"}]).errors == []
    (fault,) = outcome(ana, [row | {VERSION: "3.5E+99", "text": "NOTA"}]).errors
    assert (fault.column, "The spreadsheet altered the version" in fault.message) == (VERSION, True)
    assert outcome(ana, [row | {VERSION: "3.5E+99"}]).errors == []


def test_a_version_that_lost_its_noughts_still_counts(world):
    names = LISTS["names"]()
    made = (Name(pk=1, entry=world.act, text=f"Name {number}") for number in range(100_000))
    name = next(name for name in made if old_version(names, name).isdigit() and old_version(names, name)[0] == "0")
    assert names.is_version_of(str(int(old_version(names, name))), name)
    assert not names.is_version_of(str(int(old_version(names, name)) + 1), name)


def old_version(names, name):
    """The version of a name as lists had it once: ten hexadecimal digits."""
    letters = str.maketrans("bcdfghjkmnpqrstv", "0123456789abcdef")
    return names.row(name)[VERSION].removeprefix("v-").translate(letters)


def test_it_names_all_errors_of_a_row_at_once(ana):
    rows = [{
        "type": "castle", "slug": "A b", "name": "", "kind": "act", "description": "x" * 501,
        "description_paragraph": "4000", "start_year": "99999", "end_year": "1-Jan-17",
    }]  # fmt: skip
    assert faults(ana, rows) == [(2, column) for column in sorted(set(rows[0]) - {"kind"})]
    answer = read(ana.get(f"/admin/lists/{Upload.objects.last().pk}/")).words
    assert "is none of the values of this column, which are: institution, law, programme." in answer
    assert "Give a number from 1000 to 2999." in answer and "is a date, which the spreadsheet has made" in answer


ACT_HERE = {"type": "law", "slug": "travellers-act"}
PLAN_HERE = {"type": "programme", "slug": "open-roads-plan"}
OFFICE_HERE = {"type": "institution", "slug": "office-for-travellers"}
NO_LAW = {"type": "law", "slug": "nowhere"}
FORM = {"text": "fact", "paragraphs": "8", "rule": "x"}


def named(prefix, entry):
    return {f"{prefix}_{column}": cell for column, cell in entry.items()}


def related(source, kind, target, **more):
    return named("source", source) | {"kind": kind} | named("target", target) | more


NOWHERE = {
    "names": [named("entry", NO_LAW) | {"text": "Q"}, {"entry_slug": "nowhere", "text": "Q"}],
    "short-forms": [
        named("entry", NO_LAW) | FORM,
        named("entry", ACT_HERE) | FORM | {"paragraphs": "8; 4000"},
        named("entry", ACT_HERE) | FORM | {"paragraphs": "one"},
        named("entry", ACT_HERE) | FORM | {"report": "A/B/C"},
    ],
    "relations": [
        related(ACT_HERE, "part_of", NO_LAW),
        related(ACT_HERE, "part_of", ACT_HERE),
        related(ACT_HERE, "eats", PLAN_HERE),
        related(PLAN_HERE, "established_under", ACT_HERE),
        related(ACT_HERE, "part_of", PLAN_HERE, paragraph="A/B/C 1"),
    ],
    "articles": [
        {"paragraph": "9", "article": "94"},
        {"paragraph": "9", "article": "Article 22"},
        {"paragraph": "x", "article": "1"},
        {"paragraph": "", "article": "1"},
        {"paragraph": "1", "article": "1"},
    ],
    "subjects": [
        {"paragraph": "4000", "phrases": "a"},
        {"paragraph": "5", "phrases": "a"},
        {"paragraph": "9", "phrases": "b" * 81},
        {"paragraph": "8", "phrases": ""},
    ],
    "notes": [
        {"paragraph": "²", "text": "x"},
        {"paragraph": "1", "position": "2", "text": "x"},
        {"paragraph": "1", "position": "0", "text": "x"},
        {"paragraph": "1", "text": ""},
    ],
    "thesaurus": [
        {"term": "nomads", "says": "travellers"},
        {"term": "", "says": "travellers"},
        {"term": "riders", "says": "travellers", "both_ways": "perhaps"},
    ],
}
AT = {
    "names": ["entry_slug", "entry_type"],
    "short-forms": ["entry_slug", "paragraphs", "paragraphs", "report"],
    "relations": ["target_slug", "target_slug", "kind", "target_slug", "paragraph"],
    "articles": ["article", "article", "paragraph", "paragraph", "article"],
    "subjects": ["paragraph", "paragraph", "phrases", "phrases"],
    "notes": ["paragraph", "position", "position", "text"],
    "thesaurus": ["term", "term", "both_ways"],
}


@pytest.mark.parametrize("key", NOWHERE)
def test_what_is_not_there_is_an_error_of_its_cell(ana, key):
    before, rows = state(), NOWHERE[key]
    if key == "articles":
        rows = [row | {"reason": "It says so."} for row in rows]
    assert faults(ana, rows) == [(number, column) for number, column in enumerate(AT[key], 2)]
    assert state() == before


@pytest.mark.parametrize(("word", "deletes"), [
    ("yes", True), ("TRUE", True), ("Sí", True), ("VERDADERO", True), ("oui", True), ("VRAI", True), ("delete", True),
    ("", False), ("no", False), ("FALSE", False), ("x", None), ("1", None), ("?", None), ("maybe", None),
])  # fmt: skip
def test_only_clear_words_delete(ana, word, deletes):
    row = rows_of(ana, "names")[0] | {DELETE: word}
    found = outcome(ana, [row])
    assert len(found.deletions) == (deletes is True)
    assert [error.column for error in found.errors] == ([DELETE] if deletes is None else [])


def test_the_preview_names_what_is_deleted(ana):
    rows = [row | {DELETE: "yes"} for row in rows_of(ana, "entries")[:2]]
    words = read(send(ana, as_csv(rows))).words
    assert "2 records will be deleted, with all that belongs to them:" in words


def test_a_row_whose_id_was_lost_is_not_taken_for_a_new_record(ana):
    assert (2, ID) in faults(ana, [rows_of(ana, "names")[0] | {ID: ""}])


def test_names_of_one_entry_are_exchanged_in_one_file(ana, world):
    world.office.names.filter(language="es").update(language="en", form="acronym", text="BUR")
    rows = {row["text"]: row for row in rows_of(ana, "names") if row["text"] in {"NOT", "BUR"}}
    rows["NOT"]["text"], rows["BUR"]["text"] = "BUR", "NOT"
    write(ana, list(rows.values()))
    found = dict(world.office.names.values_list("pk", "text"))
    assert {int(row[ID]): row["text"] for row in rows.values()} == found


def test_notes_and_lines_of_the_thesaurus_are_exchanged_in_one_file(ana):
    first, second = rows_of(ana, "notes")
    first["position"], second["position"] = "2", "1"
    write(ana, [first, second])
    assert list(Note.objects.order_by("position").values_list("pk", flat=True)) == [int(second[ID]), int(first[ID])]
    first, second = rows_of(ana, "thesaurus")
    first["term"], second["term"] = second["term"], first["term"]
    write(ana, [first, second])
    assert Synonym.objects.get(pk=first[ID]).term == "walkers"


def test_an_exchange_that_somebody_else_is_in_the_way_of_is_refused(ana):
    first, second = rows_of(ana, "notes")
    Note.objects.create(paragraph_id=Note.objects.get(pk=first[ID]).paragraph_id, position=3, text="Third.")
    first["position"], second["position"] = "3", "1"
    assert faults(ana, [first, second]) == [(2, "position")]


def test_a_new_entry_without_an_address_gets_one_from_its_name(ana):
    made = {"type": "institution", "kind": "office"}
    names = {
        "Ministry of Álamos & Co.": "ministry-of-alamos-co",
        "إدارة السفر": "",
        "★": "institution-1",
    }
    write(ana, [made | {"name": name} for name in names] + [made | {"name": "X", "slug": "Big-Office"}])
    slugs = dict(Entry.objects.filter(type="institution").values_list("name", "slug"))
    assert {name: slugs[name] for name in ("Ministry of Álamos & Co.", "★", "X")} == {
        "Ministry of Álamos & Co.": "ministry-of-alamos-co", "★": "institution-1", "X": "big-office",
    }  # fmt: skip
    assert slugs["إدارة السفر"].isascii() and len(slugs["إدارة السفر"]) > 5


def test_addresses_that_differ_only_in_case_are_the_same(ana):
    rows = [{"type": "law", "slug": "Travellers-ACT", "name": "Other", "kind": "act"}]
    assert faults(ana, rows) == [(2, "slug")]


def test_the_form_makes_an_address_too_and_refuses_the_same_years(ana):
    fields = desk.filled_in(ana.get("/admin/sections/law/add/"))
    answer = ana.post("/admin/sections/law/add/", fields | {"name": "移民局", "kind": "act", "start_year": "99999"})
    assert "2999" in desk.words(answer), desk.words(answer)[:1500]
    assert not Entry.objects.filter(name="移民局").exists()
    preview = ana.post("/admin/sections/law/add/", fields | {"name": "移民局", "kind": "act", "slug": ""})
    ana.post("/admin/sections/law/add/", desk.filled_in(preview))
    slug = Entry.objects.get(name="移民局").slug
    assert slug and slug.isascii() and slug == slug.lower()


@pytest.mark.parametrize("key", ["short-forms", "relations", "subjects", "notes", "thesaurus"])
def test_new_lists_are_written_too(ana, key):
    new = {
        "short-forms": named("entry", ACT_HERE) | FORM,
        "relations": related(ACT_HERE, "regulates", OFFICE_HERE, paragraph="1.0"),
        "subjects": {"paragraph": "9", "phrases": "one\ntwo\none"},
        "notes": {"paragraph": "1", "text": "A third."},
        "thesaurus": {"term": "riders", "says": "travellers", "both_ways": "VRAI"},
    }[key]  # fmt: skip
    model = LISTS[key].model
    count = model.objects.count()
    row = rows_of(ana, key)[0]
    write(ana, [row | {DELETE: "yes"}, new])
    assert model.objects.count() == count and not model.objects.filter(pk=row[ID]).exists()
    if key == "short-forms":
        assert Mention.objects.filter(entry__name=ACT, surface="fact").exists()
        assert not Mention.objects.filter(surface="The Office", review="unreviewed").exists()
    if key == "subjects":
        assert Subjects.objects.get(paragraph__number=9).phrases == ["one", "two"]
    if key == "notes":
        assert Note.objects.get(text="A third.").position == 3


def test_a_clash_is_named_at_its_row(ana):
    rows = [
        {"entry_type": "law", "entry_slug": "travellers-act", "text": PLAN},
        {"entry_type": "programme", "entry_slug": "open-roads-plan", "text": "Roads"},
        {"entry_type": "programme", "entry_slug": "open-roads-plan", "text": OFFICE},
    ]
    errors = outcome(ana, rows).errors
    assert {error.row for error in errors} <= {2, 3, 4} and errors
    assert all("would mean both" in error.message for error in errors)


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["²", "=1", "58.0", "-1", "9" * 30, "2017-01-01", "yes", "\0", "1;2", "\ud800", "v-bcdfghjkmn", "law", "1"]
    ),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(LISTS)), st.lists(st.lists(CELLS, max_size=14), max_size=4), st.booleans())
def test_hostile_cells_never_end_in_an_error_page(ana, key, rows, as_book):
    columns = LISTS[key]().columns
    if as_book:
        book, out = Workbook(), io.BytesIO()
        for row in [columns, *rows]:
            book.active.append([cell if cell.isprintable() else "?" for cell in row])
        book.save(out)
        data = out.getvalue()
    else:
        out = io.StringIO(newline="")
        csv.writer(out, escapechar="\\").writerows([columns, *rows])
        data = out.getvalue().encode("utf-8", "replace")
    assert send(ana, data).status_code in {200, 422}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"id,version\n", b"\xff\xfe", b"sep=;\n", b"{"]))
def test_hostile_files_never_end_in_an_error_page(ana, noise, start):
    assert send(ana, start + noise).status_code in {200, 422}


def test_an_upload_of_a_list_that_is_gone_is_no_error_page(ana):
    upload = Upload.objects.create(user=User.objects.get(), sheet="gone", name="x", text="id\n1")
    assert ana.get(f"/admin/lists/{upload.pk}/").status_code == 404
    assert ana.post(f"/admin/lists/{upload.pk}/confirm/", {"digest": "x"}).status_code == 404
    assert ana.get("/admin/lists/gone.csv").status_code == ana.get("/admin/lists/names.ods").status_code == 404
