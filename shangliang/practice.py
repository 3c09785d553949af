"""The practice room's surroundings: the demonstration at an address of its own, where people try things out.

It stands on the same machine as the true site, perhaps beside the same `.env`. So it is given its settings by
name, and nothing else: no database, keyring, mail or sign-in of the true site can reach it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER = "practice"  # under SHANGLIANG_VAR, and the only place where it writes
HANDED_ON = (
    "SHANGLIANG_MODE", "HOST_NAME", "HOST_PHONE", "FONT_DIR", "TRUSTED_PROXIES", "SSL_REDIRECT",
    "PRACTICE_ADDRESS",
)  # fmt: skip
SECRETS = ("SECRET_KEY", "MASTER_KEY", "INDEX_KEY", "CODE_KEY")


def surroundings(given: Mapping[str, str], root: str) -> dict[str, str]:
    """The settings of a practice room, from those of the machine. `PRACTICE_SECRET` is drawn anew by
    `manage.py practice` each time; ImproperlyConfigured without one of 32 characters."""
    secret, address = given.get("PRACTICE_SECRET", ""), given.get("PRACTICE_ADDRESS", "")
    if len(secret) < 32:
        raise ImproperlyConfigured(
            "The practice room is started by `manage.py practice`, which draws its secrets."
        )
    hosts = ["127.0.0.1", "localhost", "[::1]", *filter(None, [urlsplit(address).hostname])]
    return {
        **{name: given[name] for name in HANDED_ON if name in given},
        **{name: f"{name} {secret}" for name in SECRETS},
        "SHANGLIANG_VAR": f"{given.get('SHANGLIANG_VAR') or root}/{FOLDER}",
        "ALLOWED_HOSTS": ",".join(hosts),
        "CSRF_TRUSTED_ORIGINS": address.rstrip("/"),
        "PUBLIC_ADDRESS": address.rstrip("/"),
    }
