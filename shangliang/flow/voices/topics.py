"""What a voice is about (主题): a closed list as data, with its source, read once from `presets/topics.yaml`.
Whoever takes a voice up may choose one; its author is never asked, for the door stays one minute."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language

from shangliang.base import yamls

PLACE = Path(__file__).parent / "presets" / "topics.yaml"


@dataclass(frozen=True)
class Topic:
    """`about`: what belongs there. `kind`: real, as its `source` published it; or own."""

    key: str
    name: str
    english: str
    about: str
    kind: str
    source: str

    def __str__(self) -> str:
        """Its name in the language of the page: both are data."""
        return self.english if (get_language() or "").startswith("en") else self.name


@dataclass(frozen=True)
class Taxonomy:
    edition: int
    topics: dict[str, Topic]


@cache
def taxonomy() -> Taxonomy:
    """The edition in force, its topics by key in the order of the file."""
    said: dict[str, Any] = yamls.read(PLACE.read_text("utf-8"))
    sources, found = said["sources"], {}
    for key, row in said["topics"].items():
        of = sources[row["source"]]
        found[key] = Topic(key, row["name"], row["english"], row["about"], of["kind"], of["name"])
    return Taxonomy(said["edition"], found)


def topics() -> dict[str, Topic]:
    return taxonomy().topics


def named(key: str) -> str:
    """What a topic is called, in the language of the page; "" for none, the key itself for one that this
    edition does not know."""
    found = topics().get(key)
    return str(found) if found else key


def choices() -> list[tuple[str, Any]]:
    """Key and name, for a select or a table; a name speaks the language of whoever reads it."""
    return [(key, lazystr(topic)) for key, topic in topics().items()]


def alike(one: Any, other: Any) -> bool:
    """Whether two voices are about the same: by topic where somebody said it of both, by kind otherwise."""
    if one.topic and other.topic:
        return bool(one.topic == other.topic)
    return bool(one.kind) and bool(one.kind == other.kind)
