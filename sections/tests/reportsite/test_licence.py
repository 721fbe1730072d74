"""SITE_OWNER and SITE_LICENCE: what they accept, and what they refuse in words."""

import pytest

from reportsite import env
from reportsite.licence import Licence
from sections.tests.reportsite.test_env import refused

DEED = "https://creativecommons.org"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", None),
        ("CC-BY-4.0", Licence("CC BY 4.0", f"{DEED}/licenses/by/4.0/")),
        ("cc-by-sa-4.0", Licence("CC BY-SA 4.0", f"{DEED}/licenses/by-sa/4.0/")),
        ("CC-BY-NC-SA-3.0-IGO", Licence("CC BY-NC-SA 3.0 IGO", f"{DEED}/licenses/by-nc-sa/3.0/igo/")),
        ("CC0-1.0", Licence("CC0 1.0", f"{DEED}/publicdomain/zero/1.0/")),
        ("ODbL-1.0", Licence("ODbL-1.0", "https://spdx.org/licenses/ODbL-1.0.html")),
        (
            "Open Licence 2.0 https://licence.example.org/2.0/",
            Licence("Open Licence 2.0", "https://licence.example.org/2.0/"),
        ),
        ("Licencia ñ <https://example.org/l>", Licence("Licencia ñ", "https://example.org/l")),
    ],
)
def test_it_reads_an_identifier_or_a_name_with_an_address(monkeypatch, value, expected):
    monkeypatch.setenv("NAME", value)
    assert env.licence("NAME") == expected


@pytest.mark.parametrize(
    "value",
    [
        "CC BY 4.0",
        "Creative Commons",
        "MIT OR Apache-2.0",
        "LicenseRef-mine",
        "https://licence.example.org/",
        "Licence javascript:alert(1)",
        "Licence ftp://example.org/",
        "Licence https://nowhere",
        "<b>Licence</b> https://example.org/",
    ],
)
def test_it_refuses_what_names_no_licence(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    assert refused(env.licence) == (
        f"NAME is set to {value!r}. Allowed: an SPDX identifier such as CC-BY-4.0, or the name of a licence and the "
        "address of its text."
    )


def test_it_reads_the_name_of_an_owner(monkeypatch):
    monkeypatch.setenv("NAME", " Observatorio de Migración & Co. ")
    assert env.words("NAME") == "Observatorio de Migración & Co."


@pytest.mark.parametrize("value", ["two\nlines", "a\tb", "bell\a", "a" * 201])
def test_it_refuses_what_is_no_text_of_one_line(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    assert refused(env.words) == f"NAME is set to {value!r}. Allowed: a text of one line with at most 200 characters."
