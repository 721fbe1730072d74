"""The review queue: keys of links as pages send them."""

import pytest

from sections.models import ArticleLink, Mention
from sections.queries.review_queue import key_of, link_by_key
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def test_it_loads_a_link_by_its_key():
    make_world()
    for link in (Mention.objects.first(), ArticleLink.objects.first()):
        assert link_by_key(key_of(link)) == link


@pytest.mark.parametrize("key", ["", "m", "x1", "m²", "a①", "m-1", "m1.0", "m٣", "a" + "9" * 40])
def test_it_loads_nothing_for_any_other_text(key):
    make_world()
    assert link_by_key(key) is None
