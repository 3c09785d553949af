"""Files as pages show them: pictures that open large, papers as links."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from shangliang.base.files import queries as files
from shangliang.base.ui.environment import url

from .models import Voice
from .queries import pictured


@dataclass
class Papers:
    """What lies under one subject: pictures for `ui.photos`, and (address, name) of papers."""

    photos: list[tuple[str, str, str]] = field(default_factory=list)
    papers: list[tuple[str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.photos) + len(self.papers)


def of(subjects: Iterable[str]) -> dict[str, Papers]:
    """Subject → what lies there, in one query; a subject without files has an empty one."""
    wanted = list(subjects)
    found = {subject: Papers() for subject in wanted}
    for subject, kept in files.of(wanted).items():
        for number, file in enumerate(kept, 1):
            if file.is_picture:
                words = _("照片 %(n)s") % {"n": number}
                found[subject].photos.append((_at(file.code, "small"), _at(file.code, "large"), words))
            else:
                found[subject].papers.append((_at(file.code, "paper"), file.name))
    return found


def shown(voice: Voice) -> list[tuple[str, str, str]]:
    """The photos that are shown with the public wording, for `ui.photos`: copies alone."""
    return [(_at(row.code, "small"), _at(row.code, "large"), row.words) for row in pictured.of(voice)]


def _at(code: str, size: str) -> str:
    return url("files:file", code, size)
