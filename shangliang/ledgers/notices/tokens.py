"""Links that stand in mails: signed, so that nothing of them is kept, and none can be guessed."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

CONFIRM, OWN = "notices confirm", "notices own"
HOURS = 48


def confirming(what: str) -> str:
    """The token by which `subscription:<code>` or `mailbox:<code>` is confirmed, for 48 hours."""
    return signing.TimestampSigner(salt=CONFIRM).sign_object(what)


def confirmed(token: str) -> str:
    """What a token confirms; empty when it is none, or too old."""
    try:
        return str(signing.TimestampSigner(salt=CONFIRM).unsign_object(token, max_age=HOURS * 3600))
    except (signing.BadSignature, ValueError):
        return ""


def owning(receiver: str) -> str:
    """The token by which a receiver's mails are stopped, or their list opened: as long as they come."""
    return signing.Signer(salt=OWN).sign_object(receiver)


def owned(token: str) -> str:
    try:
        return str(signing.Signer(salt=OWN).unsign_object(token))
    except (signing.BadSignature, ValueError):
        return ""


def whole(path: str) -> str:
    """An address as a mail needs it: the worker has no request to ask."""
    if ours := settings.PUBLIC_ADDRESS.rstrip("/"):
        return f"{ours}{path}"
    return (
        f"http{'s' if settings.MODE == 'production' else ''}://{settings.ALLOWED_HOSTS[0].lstrip('.*')}{path}"
    )


def off(receiver: str) -> str:
    return whole(reverse("notices:off", args=[owning(receiver)]))
