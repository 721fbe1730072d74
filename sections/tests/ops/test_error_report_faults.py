"""A reader reports an error while the database is really away: nothing typed is lost, and sent again it is stored."""

import os
import sqlite3
import time
from contextlib import closing

import pytest

from sections.tests.support import forms
from sections.tests.support.error_form import FORM, PARAGRAPH
from sections.tests.support.own_site import Visitor, serving
from sections.views.form_seal import SOONEST

TYPED = "The year is <wrong> & the month, too."


def stored(file):
    with closing(sqlite3.connect(file)) as database:
        return [text for (text,) in database.execute("SELECT text FROM sections_errorreport")]


@pytest.mark.apart
@pytest.mark.long
def test_a_report_outlives_a_database_that_is_busy_or_away(tmp_path):
    file = tmp_path / "report.sqlite3"
    with serving(tmp_path, f"sqlite:///{file}") as address:
        reader = Visitor(address)
        fields = forms.filled_in(reader.get(f"{FORM}?about={PARAGRAPH}").text) | {"text": TYPED}
        time.sleep(SOONEST + 1)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            busy = reader.post(FORM, fields)
            other.execute("ROLLBACK")
        assert (busy.status, forms.filled_in(busy.text)["text"]) == (503, TYPED)
        assert busy.seconds < 15, "a reader does not wait as long as an editor"
        os.rename(file, tmp_path / "away")
        away = reader.post(FORM, forms.filled_in(busy.text))
        assert (away.status, forms.filled_in(away.text)["text"]) == (503, TYPED)
        assert reader.get(FORM).status == 503
        os.rename(tmp_path / "away", file)
        assert stored(file) == []
        for _ in range(2):
            thanks = reader.post(FORM, forms.filled_in(away.text))
            assert (thanks.status, "Thank you for the report" in thanks.text) == (200, True)
        assert stored(file) == [TYPED]
    assert "year is" not in (tmp_path / "log").read_text()
