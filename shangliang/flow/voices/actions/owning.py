"""What its author may change of a voice at any time: the phone number, and what they agreed to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import privacy

from .. import queries, rules
from ..models import State, Voice
from ..settling import mark
from .leaving import PHONE


@transaction.atomic
def correct_phone(code: str, *, by: Actor, phone: str) -> Voice:
    """Another phone number, or none: consent to keep it is withdrawn as easily as it was given. NotNow for
    a number where nobody will call any more."""
    voice, phone = own(code, by), phone.strip()
    if phone and voice.state == State.WITHDRAWN:
        raise NotNow(_("这条留言撤回了，用不着电话了。"))
    if phone and not PHONE.fullmatch(phone):
        raise ValidationError({"phone": _("这个号码看着不对，查一下；不留也行。")})
    voice.phone = phone or None
    if voice.phone_mark:
        voice.phone_mark = mark(voice.phone)
    voice.save(update_fields=["phone", "phone_mark"])
    record(
        "voice_phone_corrected", subject=voice.subject, thread=voice.thread, committee=voice.committee_path,
        studio=voice.studio_code, by=by.key, facts={"left": bool(phone)},
    )  # fmt: skip
    return voice


@transaction.atomic
def agree(code: str, *, by: Actor) -> Voice:
    """The author agrees to the present words on personal data."""
    voice = own(code, by)
    voice.agreed, voice.agreed_at = privacy.consent("leave").mark, clock.now()
    voice.save(update_fields=["agreed", "agreed_at"])
    return voice


def own(code: str, by: Actor) -> Voice:
    """The voice, locked for the holder of its code; NotYours for everybody else."""
    voice = queries.lock(code, by)
    if not rules.wrote(by, voice):
        raise NotYours(_("这一步由留言的本人来办。"))
    return voice
