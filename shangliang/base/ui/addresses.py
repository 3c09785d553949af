"""Whole addresses, for what is printed: codes, slips, posters."""

from django.conf import settings
from django.http import HttpRequest


def whole(request: HttpRequest, path: str) -> str:
    """The address with its host: the one that settings say is ours, else the request's."""
    ours: str = settings.PUBLIC_ADDRESS.rstrip("/")
    return ours + path if ours else request.build_absolute_uri(path)


def short(address: str) -> str:
    """A whole address as it is read and typed: without its scheme."""
    return address.partition("://")[2].rstrip("/") or address
