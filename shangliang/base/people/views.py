"""One's own account: the link that opens it, the second factor, where one is signed in, and the office's own
sign-in."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView, PasswordResetView
from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from ..ui.forms import typed
from ..ui.views import refuse
from . import actions, browsers, limits, queries, rules, sessions
from .accounts import address
from .forms import NewPassword
from .provider import Round
from .request import Request

MOST, SECONDS = 20, 600  # links tried from one address


# ── The link ──
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: Request, code: str) -> HttpResponse:
    """Set the password by a link. A link that does not hold says the same whatever the reason."""
    if not limits_hold(request):
        return refuse(request, 429, _("试得太勤了。过十分钟再打开，链接还在。"), retry_after=SECONDS)
    link = queries.open_link(code)
    if link is None:
        return gone(request)
    form = NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.use_link(code, form.cleaned_data["password"])
        except ValidationError as fault:
            form.add_error("password", fault)
        else:
            if person is None:
                return gone(request)
            messages.success(
                request, _("密码设好了。现在用登录名「%(name)s」登录。") % {"name": person.username}
            )
            return redirect("account_login")
    status = 422 if form.is_bound else 200
    return render(request, "people/join.html", {"form": form, "link": link}, status=status)


def limits_hold(request: Request) -> bool:
    """Looking counts nothing, so that no GET writes; trying does."""
    if request.method != "POST":
        return True
    return limits.allowed("link", address(request), most=MOST, seconds=SECONDS)


def gone(request: Request) -> HttpResponse:
    words = _("可能用过了，过了七天，或者被收回、换了新的。请跟发给您的工作人员再要一个。")
    return refuse(request, 404, words, title=_("这个链接用不了了"))


class Forgotten(PasswordResetView):  # type: ignore[misc]
    """By e-mail where the installation sends any; else it says whom to ask."""

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.MAIL:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]
        return render(request, "people/no_mail.html")


class ByMail(PasswordResetFromKeyView):  # type: ignore[misc]
    """A password set otherwise leaves no link open."""

    def form_valid(self, form: Any) -> HttpResponse:
        actions.void_links(self.reset_user)
        return super().form_valid(form)  # type: ignore[no-any-return]


class Changed(PasswordChangeView):  # type: ignore[misc]
    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated or request.user.has_usable_password():
            return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]
        words = _("您是用单位的登录进来的，这里没有密码可改。要另设一个，请政协干部发一个链接。")
        return refuse(request, 409, words, title=_("这里没有密码可改"))

    def form_valid(self, form: Any) -> HttpResponse:
        actions.void_links(self.request.user)
        return super().form_valid(form)  # type: ignore[no-any-return]


# ── The second factor ──
class Factors(IndexView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request: Any = self.request
        must = settings.SECOND_FACTOR_OBLIGATORY and rules.needs_second_factor(request.actor)
        found = super().get_context_data(**kwargs)
        return {**found, "must": must, "done": sessions.in_two_steps(request)}


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _proved(self.request, "totp")
        return response  # type: ignore[no-any-return]


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _proved(self.request, "webauthn")
        return response  # type: ignore[no-any-return]


def _proved(request: Any, kind: str) -> None:
    """A factor was set up here: sessions that never asked for it end."""
    sessions.took_second_step(request, kind)
    actions.note_second_factor(request.user)
    actions.end_sessions(request.user)
    sessions.stay(request)


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        if not queries.may_go(self.get_object()):
            return refuse(self.request, 422, _("您的职务要两步验证。先另设一个，再停用这一个。"))
        return super().form_valid(form)  # type: ignore[no-any-return]


# ── Where one is signed in ──
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def signed_in(request: Request) -> HttpResponse:
    """One's sessions, to end one, all others, or all."""
    person: Any = request.user
    if request.method == "GET":
        return render(
            request,
            "people/sessions.html",
            {
                "rows": queries.sessions(person),
                "this_session": request.session.session_key,
                "named": browsers.in_words,
            },
        )
    which = typed(request, "which")
    if which == "all":
        actions.end_sessions(person)
        logout(request)
        messages.success(request, _("每一处都退出了。"))
        return redirect("account_login")
    if which == "others":
        actions.end_sessions(person)
        sessions.stay(request)
        messages.success(request, _("别处都退出了，只留这里。"))
    elif which.isdecimal() and len(which) < 19:
        actions.end_session(person, int(which))
        messages.success(request, _("那一处退出了。"))
    return redirect("account_sessions")


# ── Keys at the desk ──
@require_POST
@login_required
def keys(request: Request) -> HttpResponse:
    """Switch single-letter keys on or off for oneself, and back to the page."""
    person: Any = request.user
    actions.set_keys(person, on=typed(request, "on") == "1")
    to = typed(request, "next")
    own = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    # Not by `redirect`, which takes a bare word for the name of a view.
    return HttpResponseRedirect(to if own and to.startswith("/") else reverse(settings.LOGIN_REDIRECT_URL))


# ── The office's own sign-in ──
@require_POST
def office(request: Request) -> HttpResponse:
    """On to the issuer; it comes back to `office_back`."""
    provider = _office(request)
    after = get_next_redirect_url(request) or reverse(settings.LOGIN_REDIRECT_URL)
    try:
        return provider.redirect(request, AuthProcess.LOGIN, next_url=after)  # type: ignore[no-any-return]
    except (RequestException, KeyError, ValueError) as fault:  # down, or no discovery document
        return render_authentication_error(request, provider, exception=fault)  # type: ignore[no-any-return]


@require_GET
def office_back(request: Request) -> HttpResponse:
    _office(request)
    return OAuth2CallbackView.adapter_view(Round(request, "office"))(request)  # type: ignore[no-any-return]


def _office(request: Request) -> Any:
    if not settings.OIDC_ISSUER:
        raise Http404
    return get_adapter(request).get_provider(request, "office")
