"""What stands on every answer, the language of a page, what an address asked to be remembered, and what no
address may hold."""

from collections.abc import Callable
from functools import cache, lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import trans_real

STAFF = (
    "/desk/",
    "/handle/",
    "/lead/",
    "/work/",
    "/guide/",
)  # written in Chinese only, so a half-English page never shows
YEAR = 365 * 24 * 3600
# What no page of ours asks of a phone. The photo field opens the camera by itself: that needs no permission.
NOT_ASKED = "accelerometer camera display-capture geolocation gyroscope hid magnetometer microphone midi"
NOT_ASKED += " payment screen-wake-lock serial usb xr-spatial-tracking"
PERMISSIONS = ", ".join(f"{name}=()" for name in NOT_ASKED.split())
# At a studio's door one may speak instead of typing: the browser asks its owner before it listens.
DOOR = "/s/"
AT_A_DOOR = PERMISSIONS.replace("microphone=()", "microphone=(self)")


class Closed:
    """On every answer: no page asks for the camera or the place, none but a door for the microphone, and no
    other site may load what is ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        allowed = AT_A_DOOR if request.path.startswith(DOOR) else PERMISSIONS
        response.headers.setdefault("Permissions-Policy", allowed)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class Language:
    """`?lang=`, else the cookie, else Chinese. What the browser says it accepts is not asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang")
        chosen = asked if known(asked) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if known(chosen) and not request.path.startswith(STAFF) else settings.LANGUAGE_CODE
        remembered(language)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en" if language == "en" else "zh-Hans")
        if asked is not None and known(asked):
            remember(response, settings.LANGUAGE_COOKIE_NAME, asked)
        if request.GET.get("elder") in {"0", "1"}:
            remember(response, "mode", "elder" if request.GET["elder"] == "1" else "")
        return response


class NoNul:
    """No address of ours has a NUL in it, and PostgreSQL refuses to be asked for one: 404, not 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or any("\0" in value for _, said in request.GET.lists() for value in said):
            raise Http404
        return self.get_response(request)


@cache
def remembered(language: str) -> None:
    """From now on this language's words are looked for once each: a page says two hundred, and Django would
    go through the catalogs of a dozen packages for each of them. They don't change while the server runs. A
    word that has a plural elsewhere is found as well, as by Python itself from some 3.11 on."""
    words = trans_real.translation(language)
    plain = words.gettext

    def gettext(message: str) -> str:
        found = plain(message)
        return found if found != message else words.ngettext(message, message, 1)

    vars(words)["gettext"] = lru_cache(maxsize=8192)(gettext)


def known(language: str | None) -> bool:
    return language in dict(settings.LANGUAGES)


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice of looks for a year, or forget it when empty. Scripts have no business with it."""
    if value:
        secure = settings.MODE == "production"
        response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(name, samesite="Lax")
