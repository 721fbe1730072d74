"""The API refuses with problem details (RFC 9457)."""

import json

import pytest
from rest_framework import exceptions

from sections.api.problems import problem, problem_handler


def test_it_titles_a_problem_with_the_phrase_of_its_status():
    answer = problem(503, "The database does not answer.", headers={"Retry-After": "5"})
    assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (503, "application/problem+json", "5")
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The database does not answer.",
    }


def test_it_takes_a_title_a_type_and_more_members():
    body = json.loads(problem(400, "It does not fit.", title="Misfit", type="/about/#misfit", size=3).content)
    assert body == {"type": "/about/#misfit", "title": "Misfit", "status": 400, "detail": "It does not fit.", "size": 3}


@pytest.mark.parametrize(
    ("error", "title", "detail", "errors"),
    [
        (exceptions.NotFound("No such reply."), "Not Found", "No such reply.", None),
        (exceptions.ValidationError({"page": ["Too far."]}), "Bad Request", "page: Too far.", {"page": ["Too far."]}),
        (exceptions.ValidationError("Neither."), "Bad Request", "Neither.", {"": ["Neither."]}),
    ],
)
def test_it_turns_the_exceptions_of_the_framework_into_problems(error, title, detail, errors):
    body = json.loads(problem_handler(error, {}).content)
    assert (body["title"], body["detail"], body.get("errors")) == (title, detail, errors)


def test_it_keeps_the_headers_of_an_exception():
    answer = problem_handler(exceptions.Throttled(wait=7), {})
    assert (answer.status_code, answer["Retry-After"]) == (429, "7")


def test_it_leaves_other_exceptions_alone():
    assert problem_handler(ValueError(), {}) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["nothing/", "paragraphs/?limit=x", "paragraphs/?report=ZZZ/9", "search/?q=a&page=0"]
)
def test_every_refusal_is_a_problem(client, address):
    answer = client.get(f"/api/v1/{address}")
    assert (answer["Content-Type"], answer.json()["status"]) == ("application/problem+json", answer.status_code)
