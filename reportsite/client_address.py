"""Where a request comes from, told only to the limits: addresses are neither logged nor kept."""

import logging
from functools import cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

NETWORK_IPV6 = 64  # bits that a provider gives to one customer


def client_address(request: HttpRequest) -> str:
    """The address of the client, of IPv6 the network; "" where the server does not know it.

    Behind TRUSTED_PROXIES proxies each of which appends the address that it was called from to X-Forwarded-For, it is
    the first of those that they appended. What a client writes before them is not believed.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not settings.TRUSTED_PROXIES:
        if forwarded:
            _warn_once()
        return _network(peer) or ""
    hops = [word.strip() for word in forwarded.split(",") if word.strip()]
    named = hops[-settings.TRUSTED_PROXIES :][:1]
    return (_network(named[0]) if named else None) or _network(peer) or ""


def client_key(request: HttpRequest) -> str:
    """A name for the client that does not reveal the address, and is another one on the next day."""
    return salted_hmac(f"client {timezone.now():%Y-%m-%d}", client_address(request), algorithm="sha256").hexdigest()[
        :32
    ]


def no_address(request: HttpRequest) -> None:
    """AXES_CLIENT_IP_CALLABLE: names are locked, not addresses, so none is stored with a failed log-in."""


def _network(text: str) -> str | None:
    """The address or IPv6 network in words that may hold brackets and a port; None where there is none."""
    host = text.partition("]")[0].removeprefix("[") if text.startswith("[") else text
    host = host.partition(":")[0] if host.count(":") == 1 else host
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, NETWORK_IPV6), strict=False).network_address)


@cache
def _warn_once():
    logging.getLogger("reportsite").warning(
        "Requests come through a proxy, but TRUSTED_PROXIES is 0: all its readers share the limits of one address."
    )
