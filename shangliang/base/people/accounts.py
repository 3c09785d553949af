"""allauth in our house: nobody signs up by themselves, the visitor's address is the peer's or our own
proxy's word, tries are counted in a table, and the secrets of second factors lie encrypted."""

import base64
import hashlib
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from ..prepared import Prepared
from . import limits, queries, sessions
from .models import Person
from .personal import boxes

WINDOW = 300  # seconds
MOST_OF_ONE_NAME = 20  # tries in a window, wrong or right; allauth refuses the sixth wrong one before that
MOST_CODES = 10
SECRETS = b"second factors"


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


class OneLook(AuthenticationBackend):  # type: ignore[misc]
    """One look-up and one hash, whatever name is tried. allauth's own hashes twice for an e-mail address that
    it knows and once for one it doesn't, which tells the two apart."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        said = str(credentials.get("username") or credentials.get("email") or "")
        found = self._check_password(queries.signs_in_as(said), str(credentials.get("password") or ""))
        return found if isinstance(found, Person) else None

    def get_user(self, user_id: int) -> Person | None:
        """Of a session; on every page of whoever has one."""
        return next((one for one in _by_pk(pk=user_id) if self.user_can_authenticate(one)), None)


@Prepared
def _by_pk(*, pk: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=pk)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("登录名或密码不对。"),
        "too_many_login_attempts": _("试得太勤了。过五分钟再来，您的密码没有变。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent on there: our own host only. allauth's own takes an address apart before it
        asks whether it is one, and breaks on `https://[`."""
        here = context.request
        return bool(url_has_allowed_host_and_scheme(url, {here.get_host()}, require_https=here.is_secure()))

    def get_client_ip(self, request: HttpRequest) -> str:
        return address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth counts wrong passwords in its cache; here every try is counted in our own table, in one
        statement, so that neither a cache that is gone nor many tries at one moment open the door."""
        super().pre_authenticate(request, **credentials)
        name = str(credentials.get("username") or credentials.get("email") or "").casefold()
        if not limits.allowed("sign-in", name, most=MOST_OF_ONE_NAME, seconds=WINDOW):
            raise self.validation_error("too_many_login_attempts")

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        sessions.begin(request)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对，或者刚用过。等它变了，再填新的。"),
        "cannot_delete_authenticator": _("您的职务要两步验证。先另设一个，再停用这一个。"),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(boxes.shut(_key(), text.encode(), SECRETS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return boxes.opened(_key(), base64.b64decode(encrypted_text), SECRETS).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return queries.may_go(authenticator)


def _key() -> bytes:
    return hashlib.sha256(SECRETS + b"\0" + settings.CODE_KEY.encode()).digest()


def code_may_be_tried(person: Person) -> bool:
    """Six digits can be guessed by who tries often enough: counted like passwords, in our own table."""
    return limits.allowed("second factor", str(person.pk), most=MOST_CODES, seconds=WINDOW)
