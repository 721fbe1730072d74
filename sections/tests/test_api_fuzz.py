"""The API against its own description: whatever is asked, the answer is one that the description knows."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from .world import make_world

schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", get_wsgi_application())


@pytest.fixture(autouse=True)
def world(db):
    return make_world()


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_answers_as_it_says_it_does(case):
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
