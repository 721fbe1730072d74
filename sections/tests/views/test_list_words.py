"""In which language files of lists speak, their columns, and what tells their records apart."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from docx import Document
from openpyxl import load_workbook

from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import OFFICE, SYMBOL, make_indexed_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_indexed_world)


def rows_of(client, address):
    return list(csv.DictReader(StringIO(client.get(address).content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "path",
    [
        "institutions.csv", "convention.csv", "search.csv?q=act", "convention/articles/4/paragraphs.csv",
        f"{SYMBOL}/replies.csv",
        "institutions/office-for-travellers/paragraphs.csv", "reports.csv", f"basket.csv?p={SYMBOL}:7",
    ],
)  # fmt: skip
def test_data_say_the_same_in_every_language(client, world, path):
    english = rows_of(client, f"/{path}")
    assert english
    for language in ("es", "fr"):
        rows = rows_of(client, f"/{language}/{path}")
        assert sorted(map(str, rows)) == sorted(map(str, english))


def test_a_workbook_says_it_in_the_readers_language(client, world):
    book = load_workbook(BytesIO(client.get("/es/institutions.xlsx").content))
    head, *rows = book.worksheets[0].values
    names = [row[head.index("Nombre")] for row in rows]
    assert "Oficina Nacional de Viajeros" in names and OFFICE not in names
    assert names == sorted(names, key=str.casefold)


def test_a_list_without_rows_has_the_same_columns(client, world):
    def columns(address):
        return client.get(address).content.decode("utf-8-sig").splitlines()[0]

    assert columns("/search.csv?q=zzyzx") == columns("/search.csv?q=act")
    assert columns("/convention/articles/5/paragraphs.csv") == columns("/convention/articles/4/paragraphs.csv")


def test_records_of_a_list_have_titles_of_their_own(client, world):
    for ending, title in (("ris", r"^TI  - (.*)$"), ("bib", r"^  title = (.*)$")):
        text = client.get(f"/search.{ending}?q=the").content.decode().replace("\r", "")
        titles = re.findall(title, text, re.MULTILINE)
        assert len(titles) > 2 and len(set(titles)) == len(titles)


def test_a_document_names_its_title_its_source_and_the_report(client, world):
    properties = Document(BytesIO(client.get("/search.docx?q=act").content)).core_properties
    assert "“act”" in properties.title and properties.subject == SYMBOL
    assert "Source: http://testserver/search.docx?q=act" in properties.comments
    assert properties.author == "Paragraph by Paragraph" and properties.created.year > 2020
