"""What a reader of notices does: reads, and chooses what is sent beside the page.

None of it is an act: the journal keeps what was done in a matter, not who reads what and when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor

from .. import queries
from ..models import How, Looked, Wish
from ..table import KINDS


@transaction.atomic
def mark_read(actor: Actor, upto: int) -> None:
    """Everything up to this act, which stood on the reader's page, is read. Never less than before."""
    newest = queries.of(actor).values_list("act_id", flat=True).first() or 0
    _read(f"person:{actor.key}", min(upto, newest))


@transaction.atomic
def choose(actor: Actor, *, how: dict[str, str], wechat: str = "") -> Wish:
    """What is sent of each kind, and by e-mail to the account's address. ValidationError for what is none."""
    if set(how) - set(KINDS) or set(how.values()) - set(How.values):
        raise ValidationError(_("从单子里选。"))
    wechat = wechat.strip()
    if len(wechat) > 64:
        raise ValidationError({"wechat": _("账号太长了，64 个字符以内。")})
    row, _new = Wish.objects.update_or_create(person=actor.key, defaults={"how": how, "wechat": wechat})
    return row


@transaction.atomic
def looked(author: Actor, threads: list[str]) -> Any:
    """The author opened their thread: the moment of the newest act they had seen before, None at first; from
    now on they have seen all there is. It is kept which act, not when they came."""
    reader = f"author:{author.subject.removeprefix('voice:')}"
    before = queries.read_upto(reader)
    _read(reader, queries.newest(threads))
    return Act.objects.filter(id=before).values_list("at", flat=True).first() if before else None


def _read(reader: str, upto: int) -> None:
    if not Looked.objects.filter(reader=reader, upto__lt=upto).update(upto=upto):
        Looked.objects.bulk_create([Looked(reader=reader, upto=upto)], ignore_conflicts=True)
