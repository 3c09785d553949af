"""Which files a subject has, and who may open one."""

from __future__ import annotations  # Django's File takes its type only on paper

from collections.abc import Callable, Iterable, Sequence

from django.core.files.base import File as Content
from django.db.models import QuerySet

from shangliang.base.people.actor import STRANGER, Actor
from shangliang.base.prepared import Prepared

from . import storage
from .models import File

MaySee = Callable[[Sequence[Actor], str], bool]
_doors: dict[str, MaySee] = {}


def door(kind: str, may_see: MaySee) -> None:
    """Say who may open the files of subjects `kind:code`; called by the owner in `AppConfig.ready`.

    `may_see(actors, code)` gets everybody that the visitor is at once: the signed-in person (or stranger),
    and the author whose thread is open in this session.
    """
    _doors[kind] = may_see


def of(subjects: Iterable[str]) -> dict[str, list[File]]:
    """The files of each subject in the order they came (an empty list if there are none); one query."""
    found: dict[str, list[File]] = {subject: [] for subject in subjects}
    for file in _of(subjects=tuple(found)):
        found[file.subject].append(file)
    return found


@Prepared
def _of(*, subjects: tuple[str, ...]) -> QuerySet[File]:
    return File.objects.filter(subject__in=subjects).order_by("pk")


def public(file: File) -> bool:
    """Whether anybody at all may open it."""
    return _let_in([STRANGER], file)


def opened(actors: Sequence[Actor], code: str, size: str) -> tuple[File, Content[bytes]] | None:
    """The file and its bytes, or None: not there, not at that size, or not for them to know."""
    file = File.objects.filter(code=code).first()
    if file is None or size not in file.sizes:
        return None
    if not _let_in(actors, file):
        return None
    try:
        return file, storage.read(code, size)
    except FileNotFoundError:
        return None


def _let_in(actors: Sequence[Actor], file: File) -> bool:
    kind, _, owner = file.subject.partition(":")
    may_see = _doors.get(kind)
    return may_see is not None and may_see(actors, owner)
