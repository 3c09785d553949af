"""The Jinja2 environment of every page: words, addresses, and the few filters that pages need."""

import secrets
import sys
from collections.abc import MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from zlib import crc32

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined
from jinja2.utils import missing
from markupsafe import Markup, escape

from . import codes, compiled, filters
from . import help as helping

# Of every sample account, printed where one signs in to a practice room; the demonstration's own.
PRACTICE_PASSWORD = "商量着办2026"  # noqa: S105
# Where people of each role come in after signing in; see people.doors.
FIRST_PAGES = frozenset({"desk:queue", "departments:list", "leaders:home", "workbench:today"})


class Missing(StrictUndefined):
    """A name nobody passed is an error; an absent key may be tested, as Django's own widget templates do."""

    def __bool__(self) -> bool:  # type: ignore[override]
        return super().__bool__() if self._undefined_obj is missing else False


class House(Environment):
    """Compiled and called as `compiled` says.

    One table of globals a template, not Jinja's chain of two: each of the twenty templates of a page copies
    its globals and compares them with its importer's, and a chain does both name by name. What is put into
    `globals` after a template was loaded does not reach it; we put nothing."""

    context_class = compiled.Calls
    code_generator_class = compiled.Written

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def _compiled() -> FileSystemBytecodeCache | None:
    """Where templates lie compiled from one process to the next: every test worker and trial server would
    do it again. In production a server compiles its own, and runs no code out of a folder that it writes."""
    if settings.MODE not in {"demo", "test"}:
        return None
    # How they are compiled follows from these files, too.
    ours = b"".join(
        Path(one.__file__ or "").read_bytes() for one in (sys.modules[__name__], compiled, filters)
    )
    folder = settings.ROOT / "var" / "templates" / f"{crc32(ours):08x}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileSystemBytecodeCache(str(folder))


def environment(**options: Any) -> Environment:
    # Django hands in autoescape=True.
    env = House(
        **{**options, "undefined": Missing, "trim_blocks": True, "lstrip_blocks": True},
        bytecode_cache=_compiled(),
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.policies["ext.i18n.trimmed"] = True
    env.globals.update(
        _=words,
        gettext=words,
        url=url,
        static=static,
        language=get_language,
        lang_tag=lang_tag,
        once_fields=once_fields,
        elder=elder,
        dark=dark,
        here=here,
        host=host,
        office_sign_in=office_sign_in,
        page_help=helping.of,
        guide_offered=guide_offered,
        demo=settings.MODE == "demo",
        practice=settings.PRACTICE,
        practice_password=PRACTICE_PASSWORD,
        qr_path=codes.qr_path,
    )
    env.filters.update(filters.ALL)
    return env


def words(text: str, **named: Any) -> Markup:
    """`{{ _("…") }}`: the text in the reader's language, as Jinja's own newstyle gettext gives it."""
    return Markup(gettext(text)) % named if named else _plain(get_language(), text)  # noqa: S704  our own words


@lru_cache(maxsize=4096)
def _plain(language: str | None, text: str) -> Markup:
    """Kept, because a page says a hundred of them; translations don't change while the server runs."""
    return Markup(gettext(text)) % {}  # noqa: S704  our own words


def url(name: str, *parts: Any, args: Any = (), kwargs: dict[str, Any] | None = None, **named: Any) -> str:
    """An address by name: `url("voices:door", code)`; `query={…}` adds what follows the question mark."""
    query = named.pop("query", None)
    given = tuple({**(kwargs or {}), **named}.items())
    address = _address(settings.ROOT_URLCONF, get_script_prefix(), name, (*parts, *args), given)
    return f"{address}?{urlencode(query)}" if query else address


@lru_cache(maxsize=2048, typed=True)
def _address(urlconf: str, prefix: str, name: str, args: tuple[Any, ...], given: tuple[Any, ...]) -> str:
    """Kept, because a page asks for forty; by all that an address depends on (none has a language)."""
    return reverse(name, urlconf, args or None, dict(given) or None)


def lang_tag() -> str:
    """The `lang` attribute: `zh-Hans` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh-Hans"


def once_fields(csrf_input: str, seen: int | None = None) -> Markup:
    """The hidden inputs of a form that may be sent only once: CSRF token, its own key, the version seen."""
    version = "" if seen is None else f'<input type="hidden" name="seen" value="{escape(seen)}">'
    key = f'<input type="hidden" name="key" value="{secrets.token_urlsafe(16)}">'
    return Markup(f"{escape(csrf_input)}{key}{version}")  # noqa: S704  what is handed in is escaped


def one_token(request: HttpRequest) -> dict[str, Any]:
    """Context: `csrf_input` drawn once a page, when its first form asks; Django would mask it anew for each
    form."""
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}


def elder(request: HttpRequest) -> bool:
    """Is 长辈版 on? By this address (`?elder=1`) or by the cookie."""
    asked = request.GET.get("elder")
    return asked == "1" if asked in {"0", "1"} else request.COOKIES.get("mode") == "elder"


def dark(request: HttpRequest) -> bool:
    """Dark is for staff and only by choice."""
    return request.COOKIES.get("theme") == "dark"


def guide_offered(request: HttpRequest) -> bool:
    """Whether the first-day guide is offered here: on the page that somebody comes in by, until they put it
    away."""
    match = getattr(request, "resolver_match", None)
    offered = match is not None and match.view_name in FIRST_PAGES
    return offered and request.COOKIES.get("guide") != "away"


def here(request: HttpRequest) -> str:
    """The address to come back to: this page, or the page before when this one answered a form."""
    if request.method != "GET":
        before = request.META.get("HTTP_REFERER", "")
        if not url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}):
            return "/"
        parts = urlsplit(before)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    query = request.GET.copy()
    for name in ("elder", "lang"):
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def host() -> dict[str, str]:
    """Who runs this installation, as settings say: name, phone, and the record numbers to be printed."""
    return {"name": settings.HOST_NAME, "phone": settings.HOST_PHONE, "record": settings.SITE_RECORD}


def office_sign_in() -> str:
    """What the office's own sign-in is called; empty where there is none."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""
