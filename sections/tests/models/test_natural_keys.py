"""Rows are named by their natural keys."""

import pytest

from sections.models import Paragraph
from sections.models.content import knowing_natural_keys
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def test_a_natural_key_is_looked_up_once_while_keys_are_known(django_assert_num_queries):
    make_world()
    key = Paragraph.objects.select_related("report").first().natural_key()
    with knowing_natural_keys(), django_assert_num_queries(1):
        rows = [Paragraph.objects.get_by_natural_key(*key) for _ in range(3)]
        block_key = rows[0].blocks.model(paragraph_id=rows[0].pk, position=1).natural_key()
    assert len({row.pk for row in rows}) == 1 and block_key == (*key, 1)
    with django_assert_num_queries(2):
        assert Paragraph.objects.get_by_natural_key(*key) == Paragraph.objects.get_by_natural_key(*key)


def test_a_row_that_is_missing_is_looked_up_again():
    make_world()
    row = Paragraph.objects.select_related("report").first()
    with knowing_natural_keys():
        with pytest.raises(Paragraph.DoesNotExist):
            Paragraph.objects.get_by_natural_key(row.report.symbol, 900)
        row.pk, row.number = None, 900
        row.position = 900
        row.save()
        assert Paragraph.objects.get_by_natural_key(row.report.symbol, 900) == row
