"""The tags and filters of the templates."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from sections.models import Section


def rendered(source, path="/", **context):
    """What a template gives for a request of this path."""
    return Template(f"{{% load registers site %}}{source}").render(
        Context({"request": RequestFactory().get(path), **context})
    )


@pytest.mark.parametrize(("count", "most", "width"), [(3, 8, "37.5%"), (1, 3, "33.33%"), (8, 8, "100%"), (0, 0, "0%")])
def test_it_gives_a_share_as_the_width_of_a_bar(count, most, width):
    assert rendered("{{ count|share:most }}", count=count, most=most) == width


def test_it_gives_the_value_under_a_key_or_nothing():
    assert rendered("{{ row|get:1 }}, {{ row|get:2 }}", row={1: "one"}) == "one, None"


def test_it_names_a_reply_by_its_number_and_another_section_by_its_heading():
    reply = Section(kind="reply", number=14, title="Reply to paragraph 14")
    heading = Section(kind="heading", label="A.", title="General")
    assert rendered("{{ reply|section_name }}, {{ heading|section_name }}", reply=reply, heading=heading) == (
        "Reply 14, A. General"
    )


def test_it_writes_addresses_with_the_name_of_the_site():
    assert rendered("{% absolute %} {% absolute '/laws/' %}", "/about/") == (
        "http://testserver/about/ http://testserver/laws/"
    )


def test_it_offers_the_page_in_every_language_with_what_was_asked():
    source = "{% languages as rows %}{% for row in rows %}{{ row.tag }} {{ row.path }} {{ row.address }};{% endfor %}"
    assert rendered(source, "/laws/?letter=A") == (
        "en /laws/ /laws/?letter=A;es /es/laws/ /es/laws/?letter=A;fr /fr/laws/ /fr/laws/?letter=A;"
    )


def test_it_writes_a_language_code_as_html_does():
    assert rendered("{{ 'en-gb'|html_language }} {{ 'es'|html_language }}") == "en-GB es"


def test_it_writes_exact_numbers_with_their_decimals():
    assert rendered("{{ value|in_figures }}", value=Decimal("1606581.68")) == "1,606,581.68"


def test_it_writes_the_numbers_of_a_sum_and_counts_a_list_in_words():
    assert rendered("{{ '1,200 + 1 = 1,201'|in_signs }}; {{ '6 listed'|in_signs }}") == "1,200 + 1 = 1,201; 6 listed"
