"""Which client a request is counted for."""

import logging

import pytest
from django.test import RequestFactory

from reportsite import client_address as module
from reportsite.client_address import client_address, client_key


def request(peer="10.0.0.1", forwarded=None):
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **more)


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "expected"),
    [
        (0, "192.0.2.7", None, "192.0.2.7"),
        (0, "192.0.2.7", "198.51.100.1", "192.0.2.7"),  # anybody can write this header
        (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),  # the first was written by the client
        (2, "10.0.0.1", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", None, "10.0.0.1"),
        (1, "10.0.0.1", " , ", "10.0.0.1"),
        (1, "10.0.0.1", "unknown", "10.0.0.1"),
        (1, "10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        (1, "10.0.0.1", "[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::"),
        (1, "10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        (0, "2001:db8:1:2:ffff::1", None, "2001:db8:1:2::"),
        (0, "fe80::1%eth0", None, "fe80::"),
        (0, "", None, ""),
        (0, "²", None, ""),
    ],
)
def test_it_believes_only_the_proxies_it_is_told_of(settings, proxies, peer, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(request(peer, forwarded)) == expected


def test_its_key_tells_clients_apart_without_naming_them(settings):
    first, again, other = (client_key(request(peer)) for peer in ("192.0.2.7", "192.0.2.7", "192.0.2.8"))
    assert first == again != other
    assert "192" not in first
    settings.SECRET_KEY = "another secret of thirty-two characters"
    assert client_key(request("192.0.2.7")) != first


def test_it_warns_once_of_a_proxy_it_is_not_told_of(settings, caplog):
    module._warn_once.cache_clear()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            client_address(request("192.0.2.7", "198.51.100.1"))
    assert len(caplog.records) == 1
    assert "TRUSTED_PROXIES" in caplog.text and "192.0.2.7" not in caplog.text and "198.51" not in caplog.text
