"""Lists of the API far from their beginning: they go on after a row."""

import pytest

from sections.tests.support.api import BASE, answer


def test_far_into_a_list_the_next_page_begins_after_a_row(world, monkeypatch):
    monkeypatch.setattr("sections.api.paging.MOST_OFFSET", 2)
    for path, key in (("paragraphs/?limit=2", "number"), ("convention/articles/?limit=2", "number")):
        whole = [row[key] for row in answer(path.replace("limit=2", "limit=100"))["results"]]
        page, seen, addresses = answer(path), [], []
        while True:
            seen += [row[key] for row in page["results"]]
            assert page["count"] == len(whole)
            if page["next"] is None:
                break
            addresses.append(page["next"])
            page = answer(page["next"].removeprefix(f"{BASE}/api/v1/"))
        assert seen == whole
        kinds = [("after=" in address, "offset=" in address) for address in addresses[:2]]
        assert kinds == [(False, True), (True, False)]


def test_registers_and_figures_go_on_after_a_row_too(world, monkeypatch):
    monkeypatch.setattr("sections.api.paging.MOST_OFFSET", 0)
    for path in ("institutions/", "laws/", "figures/", "figures/?sort=value", "replies/"):
        whole = answer(path)["results"]
        page, seen = answer(f"{path}{'&' if '?' in path else '?'}limit=1"), []
        while page["next"]:
            seen += page["results"]
            page = answer(page["next"].removeprefix(f"{BASE}/api/v1/"))
        assert seen + page["results"] == whole, path


@pytest.mark.parametrize("after", ["x", "W10", "WzEsMl0", "bnVsbA", "W251bGxd", "WyJcdTAwMDAiXQ", "WzFlOTk5XQ", "²"])
def test_it_refuses_to_go_on_after_nonsense(world, after):
    words = "Give a value of after only as a link in next has it."
    assert answer(f"paragraphs/?after={after}", 400)["errors"] == {"after": [words]}


def test_it_refuses_an_offset_that_the_database_would_have_to_walk(world):
    (message,) = answer("paragraphs/?offset=10001", 400)["errors"]["offset"]
    assert message == "Give an offset of at most 10000. To read on from there, follow the links in next."
    assert answer("paragraphs/?offset=10000")["results"] == []
