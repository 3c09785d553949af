"""Pages of plain words, and the two switches that only set a cookie."""

import hashlib
from datetime import UTC, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from shangliang.base import clock
from shangliang.base.people.personal import privacy as privacy_declared
from shangliang.base.ui.middleware import remember

# What a studio's door, and a check-in without signal, are drawn with.
DRAWN_WITH = (
    "tokens.css",
    "app.css",
    "mark.svg",
    "say.js",
    "alike.js",
    "dictate.js",
    "aloud.js",
    "photos.js",
    "drafts.js",
    "scan.js",
)
GOOD_FOR = timedelta(days=180)  # then a copy that somebody kept has to be fetched anew


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@require_GET
def limits(request: HttpRequest) -> HttpResponse:
    """What nobody here can protect against, so that people know before they write."""
    return render(request, "portal/limits.html", {"contacts": settings.SECURITY_CONTACT})


@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a fault, for whoever looks for it by RFC 9116; 404 where the host has named nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    here = request.build_absolute_uri
    expires = clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + GOOD_FOR
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: zh, en",
        f"Canonical: {here(reverse('portal:security_txt'))}",
        f"Policy: {here(reverse('portal:limits'))}",
    ]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker that lets a door open without signal. Its text changes with any file of a release,
    so that phones fetch the new ones; it stands here because its place decides which pages it may answer."""
    names = [static(f"ui/{name}") for name in DRAWN_WITH]
    house = "shangliang-" + hashlib.sha256(" ".join(names).encode()).hexdigest()[:12]
    said = {"names": names, "house": house}
    response = render(request, "ui/worker.js", said, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"classes": privacy_declared.classes().values(), "consent": privacy_declared.consent("leave")}
    return render(request, "portal/privacy.html", context)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@csrf_exempt  # it changes nothing but how this browser shows pages, and works before any cookie is set
@require_POST
def mode(request: HttpRequest) -> HttpResponse:
    """长辈版 on or off; for staff, day or night colours."""
    response = _back(request)
    if (elder := request.POST.get("elder")) in {"0", "1"}:
        remember(response, "mode", "elder" if elder == "1" else "")
    if (theme := request.POST.get("theme")) in {"dark", "light"}:
        remember(response, "theme", theme)
    return response


@csrf_exempt  # the same
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    if (asked := request.POST.get("language", "")) in dict(settings.LANGUAGES):
        remember(response, settings.LANGUAGE_COOKIE_NAME, asked)
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page it was switched on; never to another host."""
    to = request.POST.get("next", "/")
    own = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(to if own and to.startswith("/") else "/")
