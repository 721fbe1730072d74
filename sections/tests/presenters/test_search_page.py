"""The results page as its templates show it."""

from sections.presenters.search_page import page_links
from sections.search.service import SearchRequest, SearchResults


def test_it_names_the_first_and_the_last_page_and_those_around_the_current_one():
    results = SearchResults(SearchRequest("a&b", page=6, sort="place"), count=200)
    state = "?q=a%26b&sort=place"
    assert page_links(results) == [
        (1, state, "Page 1"),
        (0, "", ""),
        (4, f"{state}&page=4", "Page 4"),
        (5, f"{state}&page=5", "Page 5"),
        (6, "", ""),
        (7, f"{state}&page=7", "Page 7"),
        (8, f"{state}&page=8", "Page 8"),
        (0, "", ""),
        (10, f"{state}&page=10", "Page 10"),
    ]
    assert page_links(SearchResults(SearchRequest("a"), count=20)) == []
