"""The beginning of the API, its documentation, parameters that it does not know, and scripts of other sites."""

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from sections.models import Report
from sections.search.service import rebuild
from sections.tests.support.api import BASE, answer
from sections.tests.support.pages import read
from sections.tests.support.world import SYMBOL, make_other_report

LISTS = [
    "reports",
    "paragraphs",
    "replies",
    "institutions",
    "laws",
    "programmes",
    "convention/articles",
    "convention/texts",
    "figures",
    "dates",
    "documents",
]
SINGLE = ["paragraphs/7", "replies/1", "laws/travellers-act", "convention/articles/4"]


def test_the_root_lists_every_resource_with_an_address_that_answers(world):
    rebuild()
    root = answer("")
    assert root["report"] == SYMBOL
    assert root["documentation"] == f"{BASE}/api/v1/docs/"
    assert list(root["resources"]) == [*LISTS, "search"]
    schema = SchemaGenerator().get_schema(request=None, public=True)
    lists = {path.removeprefix("/api/v1/").strip("/") for path in schema["paths"] if "{" not in path} - {""}
    assert set(root["resources"]) == lists
    for address in [*root["resources"].values(), root["schema"], root["documentation"]]:
        assert Client().get(address).status_code == 200


def test_the_root_speaks_of_the_report_that_is_asked_for(world):
    other = make_other_report().symbol
    root = answer(f"?report={other}")
    assert root["report"] == other
    assert root["resources"]["paragraphs"] == f"{BASE}/api/v1/paragraphs/?report={other}"
    assert root["resources"]["reports"] == f"{BASE}/api/v1/reports/"
    assert answer("?report=XXX/C/NON/1", 404)["detail"] == "There is no report of that symbol."


def test_the_root_answers_before_any_report_is_loaded(db):
    Report.objects.all().delete()
    assert answer("")["report"] is None


def test_it_lists_the_reports(world):
    other = make_other_report().symbol
    reports = answer("reports/")["results"]
    assert [(row["symbol"], row["is_default"]) for row in reports] == [(SYMBOL, True), (other, False)]
    assert reports[0]["url"] == f"{BASE}/{SYMBOL}/"


@pytest.mark.parametrize("path", [*LISTS, "search", *SINGLE, ""])
def test_a_parameter_that_is_not_known_is_refused_with_those_that_are(world, path):
    rebuild()
    path = f"{path}/" if path else ""
    refused = answer(f"{path}?articel=4", 400)
    assert list(refused["errors"]) == ["articel"]
    assert refused["errors"]["articel"][0].startswith("There is no such parameter. Known: ")
    if path == "paragraphs/":
        known = "after, article, institution, law, limit, offset, programme, reply, report"
        assert refused["detail"] == f"articel: There is no such parameter. Known: {known}."
    assert Client().get(f"/api/v1/{path}?format=json").status_code == 200


def test_every_parameter_that_the_schema_names_is_known(world):
    rebuild()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    values = {
        "limit": "2",
        "offset": "0",
        "report": SYMBOL,
        "page": "1",
        "part": "3",
        "has": "table",
        "year": "2014",
        "institution": "office-for-travellers",
        "law": "travellers-act",
        "programme": "open-roads-plan",
    }
    for path, methods in schema["paths"].items():
        if "{" not in path:
            for parameter in methods["get"].get("parameters", ()):
                first = next(filter(None, parameter["schema"].get("enum", ())), "1")
                address = f"{path}?{parameter['name']}={values.get(parameter['name'], first)}"
                refusal = Client().get(address).json().get("errors", {}).get(parameter["name"], [""])
                assert "no such parameter" not in refusal[0], address


@pytest.mark.parametrize("path", ["", *(f"/{path}" for path in [*LISTS, *SINGLE, "search", "docs", "schema"])])
def test_an_address_without_its_final_slash_leads_on_with_the_query(client, world, path):
    response = client.get(f"/api/v1{path}?report={SYMBOL}")
    assert (response.status_code, response.url) == (301, f"/api/v1{path}/?report={SYMBOL}")


@pytest.mark.parametrize(
    "path", ["/institutions", "/es/laws", f"/{SYMBOL}/paragraphs/7", f"/{SYMBOL}", "/convention/articles/4", "/basket"]
)
def test_a_page_without_its_final_slash_leads_on_with_the_query(client, world, path):
    response = client.get(f"{path}?kind=act")
    assert (response.status_code, response.url) == (301, f"{path}/?kind=act")


def test_the_documentation_describes_every_resource_and_every_parameter(client, db):
    page = read(client.get("/api/v1/docs/"))
    schema = SchemaGenerator().get_schema(request=None, public=True)
    headings = [" ".join("".join(heading.itertext()).split()) for heading in page.find(".//h3/code")]
    assert headings == [f"GET {path}" for path in schema["paths"]]
    for path, methods in schema["paths"].items():
        anchor = path.strip("/").replace("/", "-").replace("{", "").replace("}", "")
        told = [cell.text for cell in page.find(f".//section[@id='{anchor}']//th/code")]
        assert told == [parameter["name"] for parameter in methods["get"].get("parameters", ())]
    ids, inside = set(page.ids()), [link for link in page.links() if link.startswith("#")]
    assert [link for link in inside if link.removeprefix("#") not in ids] == []
    assert "Only paragraphs linked to this article of the Convention." in page.words


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/paragraphs/7/", f"/{SYMBOL}/figures.csv", "/institutions.xlsx", "/api/v1/no/"]
)
def test_scripts_of_other_sites_may_read_data(client, world, path):
    response = client.get(path, HTTP_ORIGIN="https://elsewhere.example")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Content-Disposition" in response["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response
    asked = client.options(path, HTTP_ORIGIN="https://elsewhere.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET")
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/search/?q=office", "/admin/login/", "/basket/"])
def test_scripts_of_other_sites_may_not_read_pages(client, world, path):
    rebuild()
    assert "Access-Control-Allow-Origin" not in client.get(path, HTTP_ORIGIN="https://elsewhere.example")
    assert client.options(path).status_code == 405
