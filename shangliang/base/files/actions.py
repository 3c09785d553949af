"""Take in what people bring, or say in clear words why not; clear away what nobody kept."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File as Content
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.journal import codes
from shangliang.base.people.actor import Actor

from . import child, refusals, storage
from .models import File

STRAY_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Ready:
    """Checked, drawn anew and written down, but nobody's yet: `keep` it in the transaction of the change."""

    code: str
    form: File.Form
    name: str
    size: int
    width: int = 0
    height: int = 0


def prepare(uploads: Sequence[UploadedFile]) -> list[Ready]:
    """Check a batch and shrink its photos: up to 9 (JPEG, PNG, WebP, HEIC) or papers (PDF), 15 MB each.

    ValidationError with one sentence for each file that is refused; then none is kept. It takes a second or
    two: call it before the transaction, because on SQLite a transaction makes everybody else wait. What is
    prepared and never kept is swept away.
    """
    if said := refusals.before_opening(uploads):
        raise ValidationError(said, code="file")
    photos = [upload for upload in uploads if not refusals.is_paper(upload)]
    if said := [
        why for upload in uploads if refusals.is_paper(upload) and (why := refusals.of_paper(upload))
    ]:
        raise ValidationError(said, code="file")
    if not uploads:  # as of most forms: no folder is made for nothing
        return []
    with TemporaryDirectory(prefix="photos-") as name:
        folder = Path(name)
        found = child.shrink(folder, photos)
        if said := list(filter(None, map(refusals.by_content, photos, found))):
            raise ValidationError(said, code="file")
        drawn = (_photo(folder / str(number), about) for number, about in enumerate(found))
        return [_paper(upload) if refusals.is_paper(upload) else next(drawn) for upload in uploads]


def prepare_all(request: HttpRequest) -> None:
    """Prepare every upload of a request and let each carry what became of it, so that `keep` finds it so.

    A refused batch is left as it is: `keep` refuses it again, where the form can say so."""
    uploads = [upload for name in request.FILES for upload in request.FILES.getlist(name)]
    with suppress(ValidationError):
        for upload, ready in zip(uploads, prepare(uploads), strict=True):
            carry(upload, ready)


def carry(upload: UploadedFile, ready: Ready) -> None:
    """Let an upload carry what became of it: `keep` then takes it as it is."""
    upload.ready = ready  # type: ignore[attr-defined]  # Django's class knows of no such thing


def keep(uploads: Sequence[UploadedFile | Ready], *, subject: str, by: Actor) -> list[File]:
    """Keep files with a subject (`voice:7k2m…`): prepared ones, or as uploaded (then see `prepare`)."""
    if said := refusals.too_many(len(uploads)):
        raise ValidationError(said, code="file")
    known = [upload if isinstance(upload, Ready) else getattr(upload, "ready", None) for upload in uploads]
    raw = iter(prepare([upload for upload, one in zip(uploads, known, strict=True) if one is None]))  # type: ignore[misc]
    ready = [one or next(raw) for one in known]
    now = clock.now()
    rows = [
        File(
            code=one.code,
            subject=subject,
            form=one.form,
            name=one.name,
            size=one.size,
            width=one.width,
            height=one.height,
            by=by.key,
            at=now,
        )
        for one in ready
    ]
    return File.objects.bulk_create(rows)


def cover(code: str, boxes: Sequence[Sequence[int]]) -> Ready:
    """A photo drawn anew with black boxes ([left, top, width, height] in thousandths) and a name of its own.
    The first one stays as it is. Like `prepare` it takes a second: call it before the transaction.

    ValidationError if its bytes are gone, or it can't be drawn."""
    refused = ValidationError(_("这张照片画不出来，没有公开。"), code="file")
    try:
        content = storage.read(code, "large")
    except FileNotFoundError:
        raise refused from None
    with TemporaryDirectory(prefix="photos-") as name, content:
        about = child.cover(Path(name), content, boxes)
        if about["said"] != "ok":
            raise refused
        return _photo(Path(name) / "0", about)


def stand_in(photo: str, copy: Ready, *, away: str, by: Actor) -> None:
    """A copy takes a photo's place: it is kept with the photo's subject, and the photo lies under `away`, a
    subject that has a door of its own."""
    row = File.objects.select_for_update().get(code=photo)
    keep([copy], subject=row.subject, by=by)
    row.subject = away
    row.save(update_fields=["subject"])


def put_back(photo: str, copy: str) -> None:
    """The photo comes back to its place, and the copy that stood there is gone."""
    stood = File.objects.select_for_update().get(code=copy)
    File.objects.filter(code=photo).update(subject=stood.subject)
    stood.delete()
    transaction.on_commit(partial(storage.remove, copy))


def discard(subjects: Iterable[str]) -> None:
    """These subjects' files go, rows now and bytes once that is committed. What a crash leaves is swept."""
    for code in drop(subjects):
        transaction.on_commit(partial(storage.remove, code))


def drop(subjects: Iterable[str]) -> list[str]:
    """These subjects' rows go; the codes whose bytes are to be removed once that is committed."""
    rows = File.objects.filter(subject__in=list(subjects))
    codes = list(rows.values_list("code", flat=True))
    rows.delete()
    return codes


def sweep() -> int:
    """Remove what lies in the storage for a day and belongs to no row: its change was never made."""
    before = datetime.now(UTC) - STRAY_AFTER  # the disk's time is never told, not even in the demonstration
    removed = 0
    for codes_here in _in_hundreds(storage.codes_written(before=before)):
        known = set(File.objects.filter(code__in=codes_here).values_list("code", flat=True))
        for code in codes_here:
            if code not in known:
                storage.remove(code)
                removed += 1
    return removed


def _photo(drawn: Path, about: dict[str, Any]) -> Ready:
    code, bytes_kept = codes.public_id(), 0
    for size in ("large", "small"):
        with drawn.with_name(f"{drawn.name}-{size}.jpg").open("rb") as content:
            storage.write(code, size, Content(content))
            bytes_kept = max(bytes_kept, content.tell())
    # A photo's own name is not kept: it may say who is in it.
    return Ready(code, File.Form.PHOTO, "", bytes_kept, about["width"], about["height"])


def _paper(upload: UploadedFile) -> Ready:
    code, name = codes.public_id(), refusals.shown(upload)
    upload.seek(0)
    storage.write(code, "paper", upload)
    return Ready(
        code, File.Form.PAPER, name if name.lower().endswith(".pdf") else f"{name}.pdf", upload.size or 0
    )


def _in_hundreds(found: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for code in found:
        batch.append(code)
        if len(batch) == 100:
            yield batch
            batch = []
    if batch:
        yield batch
