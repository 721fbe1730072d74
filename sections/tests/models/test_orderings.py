"""The default orderings of the models: by columns of their own tables, so that no plain query joins."""

import pytest
from django.apps import apps

MODELS = [model for model in apps.get_app_config("sections").get_models() if not model._meta.proxy]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_default_ordering_joins_no_table(model):
    assert "JOIN" not in str(model._base_manager.all().query)


def test_the_check_sees_an_ordering_that_joins():
    (mention,) = [model for model in MODELS if model.__name__ == "Mention"]
    assert "JOIN" in str(mention.objects.in_order().query)
