"""The JSON API: whole answers, bad input, other reports, and the number of queries."""

import pytest
from django.test import Client

from sections.importing.treaty import read_convention
from sections.models import Paragraph, RelatedDocument, ReplySubject, Report, Section
from sections.tests.support.api import BASE, answer
from sections.tests.support.treaty import treaty
from sections.tests.support.world import ACT, OFFICE, PLAN


def entry(type, slug, name):
    return {"type": type, "slug": slug, "name": name}


OFFICE_LINK = entry("institution", "office-for-travellers", OFFICE)
ACT_LINK = entry("law", "travellers-act", ACT)
PLAN_LINK = entry("programme", "open-roads-plan", PLAN)


def mention(link, surface, start, *, block=0, footnote=None, basis="text", rule="", review="unreviewed"):
    place = {"block": block, "footnote": footnote, "start": start, "end": start + len(surface), "within": None}
    return {"entry": link, "surface": surface, **place, "basis": basis, "rule": rule, "review": review}


def test_it_gives_a_paragraph_with_all_that_is_laid_over_it(world):
    assert answer("paragraphs/7/") == {
        "number": 7,
        "url": f"{BASE}/XXX/C/EXA/1/paragraphs/7/",
        "reply": 3,
        "sections": [
            {"kind": "part", "level": 1, "label": "", "title": "Part I", "number": None, "recovered": False},
            {"kind": "heading", "level": 2, "label": "B.", "title": "The articles", "number": None, "recovered": False},
            {
                "kind": "heading",
                "level": 3,
                "label": "1.",
                "title": "Part III of the Convention",
                "number": None,
                "recovered": False,
            },
            {
                "kind": "reply",
                "level": 4,
                "label": "",
                "title": "Reply to paragraph 3",
                "number": 3,
                "recovered": False,
            },
        ],
        "text": f"The {OFFICE} runs the {PLAN} under the {ACT}.",
        "blocks": [
            {
                "type": "text",
                "level": 0,
                "label": "",
                "text": f"The {OFFICE} runs the {PLAN} under the {ACT}.",
                "table": None,
            }
        ],
        "footnotes": [],
        "annexes": [],
        "mentions": [
            mention(OFFICE_LINK, OFFICE, 4),
            mention(PLAN_LINK, PLAN, 4 + len(OFFICE) + 10),
            mention(ACT_LINK, ACT, 4 + len(OFFICE) + 10 + len(PLAN) + 11),
        ],
        "articles": [
            {
                "number": 4,
                "basis": "text",
                "confidence": "medium",
                "reason": "Paragraph 7 speaks of it.",
                "review": "unreviewed",
            },
            {
                "number": 6,
                "basis": "editor",
                "confidence": "medium",
                "reason": "Paragraph 7 speaks of it.",
                "review": "unreviewed",
            },
        ],
    }


def test_it_gives_lists_notes_and_annexes_of_a_paragraph(world):
    listed = answer("paragraphs/2/")
    assert [(block["type"], block["level"], block["label"], block["text"]) for block in listed["blocks"]] == [
        ("text", 0, "", "Travellers are told:"),
        ("item", 1, "(a)", "Where to go;"),
        ("item", 2, "", "By day & by night;"),
        ("item", 1, "(b)", "Whom to ask."),
    ]
    assert listed["text"] == "Travellers are told:\n(a) Where to go;\nBy day & by night;\n(b) Whom to ask."
    noted = answer("paragraphs/4/")
    assert noted["footnotes"] == [{"number": 4, "text": "Counted in <May> 2015.", "block": 0, "offset": 19}]
    assert noted["annexes"] == ["2"]
    assert len(noted["blocks"]) == 1


def test_it_says_which_footnote_a_mention_stands_in(world):
    assert answer("paragraphs/9/")["mentions"] == [mention(OFFICE_LINK, "NOT", 3, block=None, footnote=5)]


def test_it_gives_a_table_with_its_parts(world):
    table = answer("paragraphs/3/")["blocks"][1]
    assert table["type"] == "table"
    assert table["table"] == {
        "number": 1,
        "title": f"Budget of the {OFFICE}",
        "unit": "(crowns)",
        "header": ["", "2014", "2015"],
        "rows": [["Granted", "1 200", "1 300"]],
        "source": "Source: NOT.",
    }


def test_it_leaves_out_what_an_editor_rejected(world):
    answered = answer("paragraphs/8/")
    assert (answered["mentions"], answered["articles"]) == ([], [])


def test_it_gives_a_reply(world):
    assert answer("replies/2/") == {
        "number": 2,
        "url": f"{BASE}/XXX/C/EXA/1/replies/2/",
        "subject": None,
        "recovered": True,
        "evidence": "A gap in the bookmarks.",
        "paragraphs": [4],
        "part": "I",
        "convention_part": None,
    }
    assert answer("replies/3/")["convention_part"] == "III"


def test_it_says_what_a_reply_is_about_in_every_language(world):
    section = Section.objects.get(report=world.report, number=3)
    ReplySubject.objects.create(section=section, text="Leaving", translations={"es": {"text": "Salida"}})
    assert answer("replies/3/")["subject"] == {"en": "Leaving", "es": "Salida"}


def test_it_lists_the_documents_that_belong_to_the_report(world):
    RelatedDocument.objects.create(
        report=world.report, kind="list-of-issues", symbol="XXX/C/EXA/Q/1", title="List", languages=["en", "fr"]
    )
    (row,) = answer("documents/")["results"]
    assert (row["symbol"], row["verified"], row["date"]) == ("XXX/C/EXA/Q/1", False, None)
    assert row["addresses"] == {code: f"https://undocs.org/{code}/XXX/C/EXA/Q/1" for code in ("en", "fr")}


def test_it_gives_the_text_of_the_convention_where_it_is_loaded(world):
    assert answer("convention/texts/")["results"] == []
    row = read_convention("hats.txt", treaty().encode()).row
    row.save()
    (listed,) = answer("convention/texts/")["results"]
    assert (listed["language"], listed["source_name"], "articles" in listed) == ("en", "hats.txt", False)
    articles = answer("convention/texts/en/")["articles"]
    assert [article["number"] for article in articles] == [1, 2, 3, 4, 5, 6]
    assert articles[3]["provisions"][2] == {"label": "a", "depth": 2, "text": "of the straw;"}
    answer("convention/texts/fr/", 404)


def test_it_lists_in_pages(world):
    first = answer("paragraphs/?limit=4")
    assert (first["count"], first["previous"]) == (9, None)
    assert first["next"] == f"{BASE}/api/v1/paragraphs/?limit=4&offset=4"
    assert [row["number"] for row in first["results"]] == [1, 2, 3, 4]
    assert [row["number"] for row in answer("paragraphs/?limit=4&offset=8")["results"]] == [9]
    assert len(answer("paragraphs/?limit=1000")["results"]) == 9


def test_it_narrows_the_list_of_paragraphs(world):
    def numbers(query):
        return [row["number"] for row in answer(f"paragraphs/?{query}")["results"]]

    assert numbers("institution=office-for-travellers") == [1, 3, 5, 7, 9]
    assert numbers("programme=open-roads-plan") == [7]
    assert numbers("law=travellers-act&reply=1") == [1]
    assert (numbers("article=4"), numbers("article=5")) == ([5, 7], [])


def test_it_gives_an_entry_with_names_relations_and_paragraphs_by_basis(world):
    assert answer("institutions/office-for-travellers/") == {
        **OFFICE_LINK,
        "url": f"{BASE}/institutions/office-for-travellers/",
        "kind": "agency",
        "description": "Applies the Act.",
        "start_year": 2012,
        "end_year": None,
        "paragraph_count": 5,
        "nested_count": 0,
        "names": [
            {"text": "NOT", "language": "en", "form": "acronym", "in_report": True},
            {"text": "Oficina Nacional de Viajeros", "language": "es", "form": "name", "in_report": False},
        ],
        "relations": [{"kind": "responsible_for", "words": "is responsible for", "entry": PLAN_LINK, "paragraph": 7}],
        "dates": [],
        "paragraphs": {"contextual": [5], "text": [1, 3, 7, 9]},
        "nested_paragraphs": [],
    }
    assert answer("programmes/open-roads-plan/")["paragraphs"] == {"text": [7]}


def test_it_gives_an_article_with_its_paragraphs_by_basis(world):
    assert answer("convention/articles/4/") == {
        "number": 4,
        "url": f"{BASE}/convention/articles/4/",
        "part": "III",
        "subject": "Leaving a country",
        "paragraph_count": 2,
        "coverage": "linked",
        "silence": None,
        "paragraphs": {"editor": [5], "text": [7]},
    }
    assert answer("convention/articles/5/")["paragraphs"] == {}


def test_it_speaks_of_another_report_when_asked(world):
    other = Report.objects.create(symbol="XXX/C/OTH/2", title="Second report", state_party="Otheria", treaty_body="C")
    section = Section.objects.create(
        report=other, key="reply-1", position=1, kind="reply", level=1, title="Reply", number=1
    )
    Paragraph.objects.create(
        report=other, number=1, section=section, position=2, source_text="1.\tA\n", source_line=1, sha256="0"
    )
    assert answer("paragraphs/?report=XXX/C/OTH/2")["count"] == 1
    assert answer("paragraphs/1/?report=XXX/C/OTH/2")["url"] == f"{BASE}/XXX/C/OTH/2/paragraphs/1/"
    assert answer("institutions/office-for-travellers/?report=XXX/C/OTH/2")["paragraphs"] == {}


@pytest.mark.parametrize(
    "path",
    [
        "paragraphs/10/",
        "paragraphs/999999999999999999999999/",
        "paragraphs/x/",
        "replies/0/",
        "institutions/travellers-act/",
        "convention/articles/94/",
        "nothing/",
        "paragraphs/?report=ZZZ/9",
        "paragraphs/?report=%00",
    ],
)
def test_it_answers_404_as_json_where_there_is_nothing(world, path):
    assert isinstance(answer(path, 404)["detail"], str)


@pytest.mark.parametrize(
    "query", ["limit=x", "limit=0", "limit=", "limit=1e3", "offset=-1", "offset=²", "reply=x", "article=0"]
)
def test_it_refuses_bad_parameters_in_words(world, query):
    problem = answer(f"paragraphs/?{query}", 400)
    (field, messages), *others = problem["errors"].items()
    assert field == query.split("=")[0]
    assert messages[0].endswith(".")
    assert problem["detail"] == f"{field}: {messages[0]}"
    assert others == []


def test_it_answers_only_to_reading(world):
    assert Client().post("/api/v1/paragraphs/").status_code == 405


def test_it_sets_no_cookie(world):
    assert not Client().get("/api/v1/paragraphs/7/").cookies


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("paragraphs/", 8),
        ("paragraphs/4/", 9),
        ("paragraphs/7/", 7),
        ("replies/", 4),
        ("institutions/", 3),
        ("institutions/office-for-travellers/", 11),
        ("convention/articles/", 4),
        ("convention/articles/4/", 4),
        ("figures/", 4),
        ("documents/", 3),
    ],
)
def test_it_asks_a_fixed_number_of_queries(world, django_assert_max_num_queries, path, queries):
    with django_assert_max_num_queries(queries):
        answer(path)


def test_it_asks_a_fixed_number_of_queries_for_the_file_beside_a_paragraph(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        assert Client().get("/XXX/C/EXA/1/paragraphs/7.json").status_code == 200


def test_it_describes_itself(db):
    response = Client().get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    paths = response.json()["paths"]
    assert {"/api/v1/paragraphs/{number}/", "/api/v1/convention/articles/", "/api/v1/replies/{number}/"} <= set(paths)
