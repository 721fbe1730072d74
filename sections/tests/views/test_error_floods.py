"""Floods of reports of errors are held up, by one address and altogether, and nobody loses what they typed."""

import pytest

from reportsite import rate_limits
from reportsite.shared_rate_counts import Debts
from sections.tests.support.error_form import FORM, form_for
from sections.tests.support.forms import filled_in
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.standing_clock import StandingClock
from sections.tests.support.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
built_world, world = shared_world(make_world)
WORDS = "Ñandú <b>“quoted”</b>\nsecond line"


@pytest.fixture
def limits(settings, monkeypatch):
    settings.ERROR_REPORTS_PER_HOUR = 40
    clock = StandingClock()
    counted = Debts(lambda sums: sums, longest=7200, interval=3600, clock=clock, shared_from=0)
    monkeypatch.setattr(rate_limits, "debts_of_forms", lambda: counted)
    return clock


def send(client, number, address="198.51.100.1"):
    return client.post(FORM, form_for(client) | {"text": f"Error {number}."}, REMOTE_ADDR=address)


def test_one_address_sends_a_tenth_of_what_all_may_send(client, limits):
    statuses = [send(client, number).status_code for number in range(6)]
    assert statuses == [302] * 4 + [429] * 2
    assert send(client, 7, "198.51.100.2").status_code == 302


def test_all_together_send_no_more_than_the_limit(client, limits):
    statuses = [send(client, number, f"198.51.100.{number}").status_code for number in range(45)]
    assert statuses == [302] * 40 + [429] * 5


def test_what_is_sent_too_often_comes_back_with_the_time_to_wait(client, limits):
    for number in range(4):
        send(client, number)
    answer = refused_after(client)
    assert "Too many reports" in read(answer).words
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    limits.now += 901
    assert client.post(FORM, filled_in(answer.content.decode())).status_code == 302


def refused_after(client):
    answer = client.post(FORM, form_for(client) | {"text": WORDS}, REMOTE_ADDR="198.51.100.1")
    typed = filled_in(answer.content.decode())["text"].strip()
    assert (answer.status_code, typed) == (429, WORDS)
    return answer
