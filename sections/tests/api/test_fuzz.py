"""The API against its own description: whatever is asked, the answer is one that the description knows."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from sections.tests.support.world import make_world

# Which of these there are depends on what is loaded, and is no part of the description.
NAMING = {"article", "has", "institution", "law", "paragraph", "part", "place", "programme", "reply", "year"}

schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", get_wsgi_application())


@pytest.fixture(autouse=True)
def world(db):
    """The small world; requests leave the test's connection open, as those of Django's own test client do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield make_world()
    for signal in signals:
        signal.connect(close_old_connections)


@schema.parametrize()
# The same questions in every run: a new one belongs to whoever goes looking, not to somebody else's change.
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_it_answers_as_it_says_it_does(case):
    response = case.call(headers={"Accept-Encoding": "identity"})
    names_nothing = response.status_code == 400 and set(response.json().get("errors", {})) <= NAMING
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if names_nothing else [])
