"""One's own account: signing in and out, the second factor, sessions. allauth's views, and ours where a house
rule is to be kept."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from . import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("login/office/", views.office, name="office_login"),
    path("login/office/back/", views.office_back, name="office_callback"),
    path("logout/", account.logout, name="account_logout"),
    path("link/<code>/", views.join, name="account_link"),
    path("sessions/", views.signed_in, name="account_sessions"),
    path("keys/", views.keys, name="account_keys"),
    path("password/change/", views.Changed.as_view(), name="account_change_password"),
    path("password/reset/", views.Forgotten.as_view(), name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(  # the key has a dash of its own
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.ByMail.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("steps/", views.Factors.as_view(), name="mfa_index"),
    path("steps/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("steps/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("steps/app/", views.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("steps/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("steps/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("steps/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("steps/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("steps/keys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("steps/keys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("steps/keys/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("steps/keys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("steps/keys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
