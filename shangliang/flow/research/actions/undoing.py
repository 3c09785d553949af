"""An outcome that was written down wrongly is taken back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import queries
from ..models import Outcome, Research
from .outcomes import official
from .parts import locked, stated, team, touch


@transaction.atomic
def take_back(code: str, *, by: Actor, seen: int | None, outcome: str, words: str) -> Research:
    """Take back what was written down at once of one addressee, in the same words (`outcome`: the code of one
    of its rows), with the reason, which the team reads. The rows stay and count for nothing, so the same may
    be written down anew.

    Facts: `was`, what it said; `last`, whether nobody says so of the report any more; `pieces` and
    `by_government`, below nought, by how much the counts of `adopt` and its kin fall."""
    found = locked(code, "take_back", by=by, seen=seen)
    stands = list(queries.standing(found))
    one = next((row for row in stands if row.code == outcome), None)
    if one is None:
        raise ValidationError({"outcome": _("从列着的结果里选。")})
    words = stated("words", words, _("写明哪里记错了，调研组看得到。"), least=4, most=200)
    gone = [row for row in stands if _together(row, one)]
    left = [row for row in stands if row not in gone and row.said == one.said]
    Outcome.objects.filter(pk__in=[row.pk for row in gone]).update(
        taken_back_at=clock.now(), taken_back_by=by.key, taken_back_why=words
    )
    # What it brought is reversed with this act; see the closing of quarters.
    Committee.objects.select_for_update().get(pk=found.committee_id)
    lost = _fallen(gone, left)
    ruled = _fallen(gone, [row for row in left if official(row.addressee)]) if official(one.addressee) else 0
    return touch(
        found, "take_back", by=by, seen=seen, kind=found.kind, was=one.said, whom=one.addressee.whom,
        last=not left, pieces=-lost or None, by_government=-ruled or None, **team(found),
    )  # fmt: skip


def _together(row: Outcome, one: Outcome) -> bool:
    """Whether both were written down as one thing."""
    return all(getattr(row, name) == getattr(one, name) for name in ("addressee_id", "said", "on", "words"))


def _fallen(gone: list[Outcome], left: list[Outcome]) -> int:
    """Of how many pieces of advice nobody says so any more."""
    kept = {row.advice_id for row in left}
    return len({row.advice_id for row in gone if row.advice_id is not None} - kept)
