"""Everything that differs from one installation to the next, read from the environment, in sections.

Four modes (`SHANGLIANG_MODE`): `production` refuses to start without its secrets; `demo`, the default, runs
the invented province with public secrets and therefore only on this machine; `practice` runs it for an office
at an address of its own (`manage.py practice` sets it); `test` is what the tests set.
`.env.example` lists every name.
"""

import os
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from shangliang.practice import surroundings

# ── Where we are ──
ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(ROOT / ".env")

_unsaid = "test" if "PYTEST_VERSION" in os.environ else "demo"  # pytest tells itself by that name
MODE: str = env.str("SHANGLIANG_MODE", _unsaid)
if MODE not in {"demo", "test", "practice", "production"}:
    raise ImproperlyConfigured(f"SHANGLIANG_MODE is {MODE!r}; it can be demo, test, practice or production.")
DEMO, PRACTICE = MODE == "demo", MODE == "practice"
if PRACTICE:
    env.ENVIRON = surroundings(env.ENVIRON, str(ROOT / "var"))
DEBUG: bool = MODE in {"demo", "test"} and env.bool("SHANGLIANG_DEBUG", False)
VAR = Path(env.str("SHANGLIANG_VAR", str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)

# ── Secrets: named one by one when they are missing ──
# Outside production they are public on purpose: the printed sample codes are the same each time. Hence local
# hosts only.
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRETS = ("SECRET_KEY", "MASTER_KEY", "INDEX_KEY", "CODE_KEY")
_needed = (
    *SECRETS, "DATABASE_URL", "KEYRING_URL", "ALLOWED_HOSTS", "JOURNAL_KEY_FILE", "SECURITY_CONTACT",
)  # fmt: skip
_missing = [name for name in _needed if MODE == "production" and not env.str(name, "")]
if _missing:
    raise ImproperlyConfigured(
        "Production needs these in the environment, and they are missing: "
        + ", ".join(_missing)
        + ". See .env.example: each has a line on what it is and how to make one."
    )


def _secret(name: str) -> str:
    public = f"public {name} of the demonstration, never for real people"
    value: str = env.str(name, "") if MODE in {"production", "practice"} else public
    if MODE == "production" and len(value) < 32:
        raise ImproperlyConfigured(f"{name} is too short: at least 32 characters, see .env.example.")
    return value


SECRET_KEY = _secret("SECRET_KEY")
MASTER_KEY = _secret("MASTER_KEY")  # wraps the keys in the keyring
MASTER_KEY_OLD: str = env.str("MASTER_KEY_OLD", "")  # while `manage.py rotate` wraps them anew
INDEX_KEY = _secret("INDEX_KEY")  # blind indexes and the private half of the search index
CODE_KEY = _secret("CODE_KEY")  # tracking codes and door codes

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
if DEMO and (strangers := sorted(set(ALLOWED_HOSTS) - set(LOCAL_HOSTS))):
    raise ImproperlyConfigured(
        "Demo mode has public secrets and a printed password, so it serves this machine only, "
        f"not {', '.join(strangers)}. Set SHANGLIANG_MODE=production for real hosts."
    )
if MODE == "test":
    ALLOWED_HOSTS = [*LOCAL_HOSTS, "testserver"]
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_ADDRESS: str = env.str(
    "PUBLIC_ADDRESS", ""
)  # printed on slips and codes; empty: the request's own host

# ── What it is made of, from the ground up ──
INSTALLED_APPS = [
    "shangliang.base.ui",  # before allauth: our frame for its pages
    "django.forms",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "shangliang.base.clock",
    "shangliang.base.search",
    "shangliang.base.paper",
    "shangliang.base.journal",
    "shangliang.base.places",
    "shangliang.base.people",
    "shangliang.base.charts",
    "shangliang.base.files",
    "shangliang.base.rulebook",
    "shangliang.base.review",
    "shangliang.flow.studios",
    "shangliang.flow.correspondence",
    "shangliang.flow.voices",
    "shangliang.flow.reports",
    "shangliang.flow.activities",
    "shangliang.flow.proposals",
    "shangliang.flow.consultations",
    "shangliang.flow.results",
    "shangliang.flow.research",
    "shangliang.ledgers.points",
    "shangliang.ledgers.figures",
    "shangliang.ledgers.notices",
    "shangliang.site.portal",
    "shangliang.site.desk",
    "shangliang.site.departments",
    "shangliang.site.leaders",
    "shangliang.site.workbench",
    "shangliang.site.guide",
    "shangliang.site.console",
]
ROOT_URLCONF = "shangliang.urls"
WSGI_APPLICATION = "shangliang.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The books posted in the same transaction as the act: (act) -> None. The one place where base reaches up.
LEDGERS = ["shangliang.ledgers.points.actions.post", "shangliang.ledgers.notices.actions.post"]

# Done to a form before its transaction opens, because it takes a second: (request) -> None.
BEFORE_A_FORM = ["shangliang.base.files.actions.prepare_all"]

MIDDLEWARE = [
    # What stands on every answer comes first: on static files too, and where a later one refuses or breaks.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shangliang.base.ui.middleware.Closed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shangliang.base.ui.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shangliang.base.people.middleware.Actors",
    "shangliang.base.people.middleware.Sessions",
    "shangliang.base.people.middleware.SecondFactor",
    "shangliang.site.portal.assisting.WritesOnly",
    "shangliang.base.charts.middleware.Refusals",
    "shangliang.base.ui.middleware.NoNul",
]

# ── Pages ──
_context = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "shangliang.base.ui.environment.environment",
            "context_processors": [
                *_context,
                "shangliang.base.ui.environment.one_token",
                "shangliang.base.people.assisting.banner",
            ],
            "extensions": ["jinja2.ext.i18n"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _context},
    },
]
FORM_RENDERER = "shangliang.base.ui.forms.Renderer"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "shangliang.base.files.storage.Lasting"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test" or DEBUG
        else "shangliang.base.ui.storage.Hashed"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test" or DEBUG
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS  # looked for when asked for, not for each of tests' clients
MEDIA_ROOT = VAR / "media"

# ── Words and time ──
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# ── Data ──
_sqlite: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,  # seconds until a page says that the database is busy; the two web threads wait no longer
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY",
}


def _database(name: str, default: Path) -> dict[str, Any]:
    found: dict[str, Any] = env.db_url(name, f"sqlite:///{default}")
    if found["ENGINE"].endswith("sqlite3"):
        test = {"NAME": str(VAR / f"test-{default.name}")}  # a file: threads and a live server need one
        return {**found, "OPTIONS": _sqlite, "CONN_MAX_AGE": None, "TEST": test}
    # `reconnect_timeout`: a pool that gives up soon tries anew with the next page; one that does not, waits
    # longer and longer, and is minutes late after an outage of minutes.
    pool = {"min_size": 1, "max_size": 4, "timeout": 5, "reconnect_timeout": 3}
    options = {"options": "-c lock_timeout=5s"} | ({} if MODE == "test" else {"pool": pool})
    return {**found, "OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


DATABASES: dict[str, dict[str, Any]] = {
    "default": _database("DATABASE_URL", VAR / "shangliang.sqlite3"),
    "keyring": _database("KEYRING_URL", VAR / "keyring.sqlite3"),
}
DATABASE_ROUTERS = ["shangliang.base.people.personal.keyring.Router"]
CACHES: dict[str, dict[str, Any]] = {
    # The tries of those who sign in live here, where a restart does not forget them; others in people.limits.
    # Room for a busy hour's visitors: beyond Django's 300 entries it would begin to forget who tried what.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Finished public pages and pieces of readers' own, by what they show and to whom; may be lost any time.
    # None for developers: the keys don't know of a changed template.
    "pages": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# ── The journal's checkpoints ──
CHECKPOINTS = Path(env.str("SHANGLIANG_CHECKPOINTS", str(VAR / "checkpoints.jsonl")))
# Read by the worker only, outside the database and its backups. None: the demonstration's public key.
JOURNAL_KEY_FILE = Path(env.str("JOURNAL_KEY_FILE", "")) if MODE == "production" else None
JOURNAL_NAME: str = env.str("JOURNAL_NAME", "") or f"{ALLOWED_HOSTS[0].lstrip('.*')}/journal"
CHECKPOINT_SECONDS: int = env.int("CHECKPOINT_SECONDS", 600)
if not 60 <= CHECKPOINT_SECONDS <= 86_400:
    raise ImproperlyConfigured("CHECKPOINT_SECONDS lies between a minute and a day: 60 to 86400.")
ERASURES = Path(env.str("SHANGLIANG_ERASURES", "") or CHECKPOINTS.with_name("erasures.jsonl"))

# ── Who may come in ──
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["shangliang.base.people.accounts.OneLook"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # only to be quick
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:mine"
ACCOUNT_ADAPTER = "shangliang.base.people.accounts.Adapter"  # nobody signs up; an officer grants posts
ACCOUNT_FORMS = {"login": "shangliang.base.people.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Staff sign in with two steps wherever records are real. The demonstration is never reached from elsewhere.
SECOND_FACTOR_OBLIGATORY = MODE == "production"
SESSION_HOURS: int = env.int("SESSION_HOURS", 12)  # from sign-in, whatever happens
SESSION_IDLE_MINUTES: int = env.int("SESSION_IDLE_MINUTES", 30)  # of staff
MFA_ADAPTER = "shangliang.base.people.accounts.SecondFactors"
MFA_FORMS = {
    "authenticate": "shangliang.base.people.forms.SecondStep",
    "reauthenticate": "shangliang.base.people.forms.SecondStepAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "商量"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE != "production"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_CONFIG = env.email_url("EMAIL_URL", "consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs must not hold the site's few threads
_in_clear = not (EMAIL_CONFIG.get("EMAIL_USE_TLS") or EMAIL_CONFIG.get("EMAIL_USE_SSL"))
if MODE == "production" and _in_clear and EMAIL_CONFIG["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
    raise ImproperlyConfigured(
        "EMAIL_URL would send in the clear: use smtp+tls:// (port 587) or smtp+ssl:// (465)."
    )
DEFAULT_FROM_EMAIL: str = env.str("EMAIL_FROM", "") or "webmaster@localhost"
MAIL = EMAIL_BACKEND.endswith("smtp.EmailBackend")  # without it nobody waits for a letter that never comes
# How SMS and WeChat leave: off, recording (nothing leaves, a table shows what would have), or a dotted path.
SMS_CHANNEL: str = env.str("SMS_CHANNEL", "") or "recording"
WECHAT_CHANNEL: str = env.str("WECHAT_CHANNEL", "") or "recording"
# The office's own sign-in, by OpenID Connect; without an issuer there is none.
OIDC_ISSUER: str = env.str("OIDC_ISSUER", "")
OIDC_CLIENT_ID: str = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET: str = env.str("OIDC_CLIENT_SECRET", "")
OIDC_NAME: str = env.str("OIDC_NAME", "") or "单位统一登录"
OIDC_CLAIM: str = (
    env.str("OIDC_CLAIM", "") or "email"
)  # what names the account: a verified e-mail, or a sign-in name
# The origin of the page on which people sign in there, if it is not the issuer's own.
OIDC_ORIGIN: str = env.str("OIDC_ORIGIN", "") or "/".join(OIDC_ISSUER.split("/")[:3])
if OIDC_ISSUER and MODE == "production" and not (OIDC_ISSUER.startswith("https://") and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured("OIDC_ISSUER must begin with https://, and OIDC_CLIENT_SECRET be given.")
SOCIALACCOUNT_ADAPTER = "shangliang.base.people.provider.Vouched"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "office": {
        "APPS": [
            {
                "provider_id": "office",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
    }
}
# How many reverse proxies of ours stand in front; 0 = the peer's address is the visitor's.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", 0)

# ── Safety of the pages ──
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'", *([OIDC_ORIGIN] if OIDC_ISSUER else [])],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "shangliang.base.people.session_store"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
CSRF_FAILURE_VIEW = "shangliang.base.ui.views.csrf_failed"
if PRACTICE:  # beside the true site, perhaps under its name: a cookie does not know of ports
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "practice_session", "practice_csrf"
if MODE == "production" or (PRACTICE and PUBLIC_ADDRESS.startswith("https://")):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
    if TRUSTED_PROXIES:  # without a proxy of ours, visitors would write that header themselves
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ── Uploads ──
PHOTO_MOST_BYTES = 15 * 1024 * 1024
PHOTO_MOST_PIXELS = 64_000_000
PHOTOS_MOST = 9
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # without files
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# ── What the host fills in ──
MAP_REVIEW_NO: str = env.str("MAP_REVIEW_NO", "")  # 审图号; empty: no map outside demo mode
HOST_NAME: str = env.str("HOST_NAME", "")  # 主办单位
HOST_PHONE: str = env.str("HOST_PHONE", "")
PRACTICE_ADDRESS: str = env.str("PRACTICE_ADDRESS", "")  # where the practice room is; empty: there is none
FONT_DIR: str = env.str("FONT_DIR", "")  # an office's own licensed fonts for its papers; empty: the system's
# Where faults are told privately: mailto:…, https://… or tel:…; empty, outside production: no security.txt.
SECURITY_CONTACT: list[str] = env.list("SECURITY_CONTACT", default=[])
if wrong := [each for each in SECURITY_CONTACT if not each.startswith(("mailto:", "https://", "tel:"))]:
    raise ImproperlyConfigured(
        f"SECURITY_CONTACT begins with mailto:, https:// or tel:, unlike {', '.join(wrong)}."
    )
SITE_RECORD: str = env.str("SITE_RECORD", "")  # ICP and police record numbers, as they are to be printed

# ── Said to the log ──
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # An address that leads nowhere may hold what somebody typed, and a refused form's may hold the code of a
    # link: they stand in no log.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.csrf": {"level": "ERROR"}},
}
