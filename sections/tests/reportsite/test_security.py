"""What every answer carries, and what none does."""

import re

import pytest

from sections.tests.support.desk import with_pages
from sections.tests.support.pages import read

POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "script-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
PUBLIC = ["/", "/convention/", "/institutions/", "/about/", "/no-such-page/", "/api/v1/schema/", "/api/v1/nothing/"]
INLINE = re.compile(r"<style\b|<script(?![^>]*\bsrc=)(?![^>]*\bjson)|\sstyle=|\son[a-z]+=\"")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [*PUBLIC, "/healthz", "/admin/login/"])
def test_it_sends_the_security_headers(client, address):
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize("address", PUBLIC)
def test_it_sets_no_cookie_for_readers(client, address):
    answer = client.get(address)
    assert answer.cookies == {}
    assert "cookie" not in answer.headers.get("Vary", "").lower()


@pytest.mark.parametrize("address", ["/", "/convention/", "/search/?q=article", "/api/v1/schema/"])
def test_it_answers_304_to_who_has_the_page_already(client, address):
    accepts = {"Accept-Encoding": "gzip"}
    first = client.get(address, headers=accepts)
    assert (first.status_code, first.headers["Content-Encoding"]) == (200, "gzip")
    again = client.get(address, headers=accepts | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("length", ["4194305", "9" * 30, "²", "-1"])
def test_it_refuses_a_body_that_is_too_large_or_of_no_stated_size(client, length):
    answer = client.post("/admin/login/", CONTENT_LENGTH=length)
    assert answer.status_code == 413
    assert "A request holds 4 MB at most. Send the data in smaller parts." in read(answer).words


def test_it_refuses_a_host_it_does_not_know(client):
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("model", with_pages(), ids=lambda model: model.__name__)
def test_it_keeps_the_admin_free_of_inline_script_and_style(admin_client, model):
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    for address in (base, f"{base}add/"):
        answer = admin_client.get(address)
        if answer.status_code != 403:  # what nobody may add by hand
            assert answer.status_code == 200, address
            assert INLINE.findall(answer.content.decode()) == [], address
