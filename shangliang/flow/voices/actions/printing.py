"""Forms on paper are printed in a batch; each comes in once, as whoever takes it in types its number."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import draw, record
from shangliang.base.people.actor import Actor
from shangliang.flow.studios.models import State as StudioState
from shangliang.flow.studios.models import Studio

from .. import paperforms, rules, tracking
from ..models import Channel, PaperForm
from ..queries import printed

MOST = 50  # forms at once


@transaction.atomic
def print_forms(studio: Studio, *, by: Actor, count: int, form_key: str) -> list[tuple[str, str]]:
    """Draw a batch of forms for a studio: number and tracking code of each, in order. The codes are told once
    and kept as digests only; the same form key gives the same batch again. NotYours, NotNow, ValidationError.
    """
    if not rules.prints(by, studio):
        raise NotYours(_("纸表由这间工作室的召集人和本县政协干部来印。"))
    if studio.state != StudioState.OPEN:
        raise NotNow(_("这间工作室没有开着，印了也没人收。"))
    if not 1 <= count <= MOST:
        raise ValidationError({"count": _("一次印 1 到 %(most)s 张。") % {"most": MOST}})
    if known := printed.batch(studio, form_key, count):
        return known
    codes = [tracking.form_code(form_key, n) for n in range(count)]
    year, path = clock.today().year, studio.committee.path
    numbers = [paperforms.number(year, draw("paper_form", path, year)) for _n in range(count)]
    printed_on = clock.today()
    PaperForm.objects.bulk_create(
        PaperForm(
            committee=studio.committee, studio=studio, number=one,
            code_hash=tracking.digest(code), printed_on=printed_on,
        )
        for one, code in zip(numbers, codes, strict=True)
    )  # fmt: skip
    record(
        "paper_forms_printed", subject=studio.subject, committee=path, studio=studio.code, by=by.key,
        facts={"count": count, "first": numbers[0], "last": numbers[-1]},
    )  # fmt: skip
    return list(zip(numbers, codes, strict=True))


def taken_from(studio: Studio, typed: str, channel: str) -> PaperForm | None:
    """The printed form that this number names, locked, to come in now; None for no number. ValidationError at
    `paper` for a number that is none, is another studio's, or came in before."""
    if not typed.strip():
        return None
    if channel != Channel.PAPER:
        raise ValidationError({"paper": _("有纸表号的，「怎么说的」选「纸条」。")})
    number = paperforms.meant(typed)
    if not number:
        raise ValidationError({"paper": _("号抄错了一位。对着纸表右上角再看一遍，像 2026-00012-3。")})
    found = (
        PaperForm.objects.select_for_update(of=("self",))
        .select_related("voice", "studio")
        .filter(committee=studio.committee, number=number)
        .first()
    )
    if found is None:
        raise ValidationError({"paper": _("没有印过这个号的纸表。对着纸表右上角再看一遍。")})
    if found.voice:
        said = _("这张纸表已经录过了，是 %(number)s，不再算一件。")
        raise ValidationError({"paper": said % {"number": found.voice.number}})
    if found.studio_id != studio.pk:
        raise ValidationError(
            {"paper": _("这张纸表是%(name)s印的，记到那一间。") % {"name": found.studio.name}}
        )
    return found
