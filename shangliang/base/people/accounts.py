"""allauth in our house: nobody signs up by themselves, and the visitor's address is the peer's or our own
proxy's word."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The visitor's address: the peer's, or the one that our last trusted proxy wrote down. Of IPv6 only the
    network (/64): one household has them all, and would otherwise have as many tries as addresses."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return _network(peer)
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    return _network(hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else peer)


def _network(said: str) -> str:
    try:
        found = ip_address(said)
    except ValueError:
        return said
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), 64), strict=False).network_address)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address(request)
