"""Signing in with the office's own system (OpenID Connect), configured by the environment.

allauth finds providers under this module's name. It only opens accounts that exist: whom the issuer names by
a claim that it vouches for. The token's signature, issuer, audience, age and nonce are all checked."""

import hashlib
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ..ui.addresses import whole
from ..ui.views import refuse
from . import queries

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 60  # seconds by which two clocks may differ


class Round(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One round trip to the issuer."""

    nonce = ""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return whole(request, reverse("office_callback"))

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **told: Any) -> SocialLogin:
        claims = self._claims(told["response"].get("id_token") or "")
        named = str(claims.get(settings.OIDC_CLAIM) or "")
        if settings.OIDC_CLAIM == "email" and claims.get("email_verified") is not True:
            named = ""
        who = hashlib.sha256(f"{claims['iss']} {claims['sub']}".encode()).hexdigest()
        return self.get_provider().sociallogin_from_response(request, {"who": who, "named": named})

    def _claims(self, token: str) -> dict[str, Any]:
        config, client_id = self.openid_config, settings.OIDC_CLIENT_ID
        if config.get("issuer") != settings.OIDC_ISSUER:
            raise OAuth2Error("The discovery document is of another issuer.")
        with get_adapter().get_requests_session() as session:
            answer = session.get(config["jwks_uri"])
            answer.raise_for_status()
        try:
            keys = jwt.PyJWKSet.from_dict(answer.json())
            key = keys[jwt.get_unverified_header(token)["kid"]]
            claims: dict[str, Any] = jwt.decode(
                token, key, algorithms=ALGORITHMS, audience=client_id, issuer=settings.OIDC_ISSUER,
                leeway=LEEWAY, options={"require": ["exp", "iat", "sub", "nonce"]},
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, ValueError) as fault:
            raise OAuth2Error("The token does not hold.") from fault
        if claims["nonce"] != self.nonce:
            raise OAuth2Error("The token is not of this round.")
        if (
            isinstance(claims["aud"], list)
            and claims["aud"] != [client_id]
            and claims.get("azp") != client_id
        ):
            raise OAuth2Error("The token is for somebody else.")
        return claims


def nonce_of(verifier: str) -> str:
    """The nonce of a round: from its secret PKCE verifier, which allauth keeps once, with the state."""
    return hashlib.sha256(f"nonce {verifier}".encode()).hexdigest()


class Office(OpenIDConnectProvider):  # type: ignore[misc]
    id = "office"
    name = "office"
    oauth2_adapter_class = Round
    supports_token_authentication = False

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = generate_code_challenge()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def get_callback_url(self) -> str:
        return reverse("office_callback")

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["who"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}  # nothing of what the issuer tells is kept

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"username": data["named"]}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


class Vouched(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; an account is linked when the issuer vouches for its owner the first time."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        sociallogin.user.username = data["username"]  # only to be looked up by: never saved
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        person = queries.vouched_for(sociallogin.user.username)
        if person is None:
            words = _("单位那边认得您，可这里没有对得上的账号。请跟本级政协的工作人员说一声。")
            raise ImmediateHttpResponse(refuse(request, 403, words, title=_("没有登录成功")))
        sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        words = _("单位的登录系统没有确认您是谁，或者这一趟隔得太久。回登录页再来一次。")
        raise ImmediateHttpResponse(refuse(request, 403, words, title=_("没有登录成功")))


provider_classes = [Office]
