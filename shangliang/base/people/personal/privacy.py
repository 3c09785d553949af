"""What is kept of people, as `shangliang/privacy.yml` declares it: read once."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from shangliang.base import yamls

PLACE = settings.ROOT / "shangliang" / "privacy.yml"
TEXTS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField,
)  # fmt: skip
KEPT_BY = ("shangliang.", "allauth.", "django.contrib.sessions")  # whose tables hold something of people


@dataclass(frozen=True)
class Class:
    """One class of personal data; each text in Chinese and English."""

    name: str
    zh: str
    en: str
    purpose: dict[str, str]
    basis: dict[str, str]
    kept: dict[str, str]
    sees: dict[str, str]
    mask: dict[str, str]
    copied: bool = False  # it is in the copy that a resident takes of what is kept of them
    columns: list[str] = field(default_factory=list)

    def said(self, what: str = "") -> str:
        """The class's name, or one of its texts, in the reader's language."""
        texts: dict[str, str] = getattr(self, what) if what else {"zh": self.zh, "en": self.en}
        return texts["zh" if (get_language() or "zh").startswith("zh") else "en"]


@dataclass(frozen=True)
class Consent:
    """What somebody agrees to, in one version. `mark` is kept with the row: version and hash of the words."""

    version: str
    sha256: str
    zh: str
    en: str

    @property
    def words(self) -> str:
        return self.zh if (get_language() or "zh").startswith("zh") else self.en

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.zh}\0{self.en}".encode()).hexdigest()

    @property
    def mark(self) -> str:
        return f"{self.version} {self.digest[:16]}"


@cache
def declared() -> dict[str, Any]:
    """The file as it stands."""
    found: dict[str, Any] = yamls.read(PLACE.read_text("utf-8"))
    return found


@cache
def classes() -> dict[str, Class]:
    """The classes by name, each with its columns ("voices.Voice.words")."""
    found = {name: Class(name, **about) for name, about in declared()["classes"].items()}
    for model, held in declared()["columns"].items():
        for name, columns in held.items():
            found[name].columns.extend(f"{model}.{column}" for column in columns)
    return found


def consent(name: str) -> Consent:
    return Consent(**declared()["consents"][name])


def days(name: str) -> int:
    """How many days something is kept, by the name of its retention."""
    return int(declared()["retention"][name])


def copied(model: str) -> list[str]:
    """The columns of a model ("voices.Voice") that belong into a resident's copy."""
    held = declared()["columns"].get(model, {})
    return [column for name, columns in held.items() if classes()[name].copied for column in columns]


def undeclared() -> list[str]:
    """Text columns, ours and those of the libraries that keep accounts, that the file does not know, and what
    it names that does not exist."""
    columns = {f"{m}.{c}" for m, held in declared()["columns"].items() for cs in held.values() for c in cs}
    there, missing = set(), []
    for config in apps.get_app_configs():
        for model in config.get_models() if config.name.startswith(KEPT_BY) else ():
            label = model._meta.label
            names = {row.name for row in model._meta.local_fields}
            there |= {f"{label}.{name}" for name in names}
            if label in declared()["impersonal"]:
                there.add(label)
            else:
                texts = {f.name for f in model._meta.local_fields if isinstance(f, TEXTS) and not f.choices}
                missing += [f"{label}.{name}" for name in texts if f"{label}.{name}" not in columns]
    gone = (columns | set(declared()["impersonal"])) - there
    return sorted([*missing, *(f"gone: {name}" for name in gone)])
