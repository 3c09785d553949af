"""The towns of a county and their zones, as a committee's coverage and its area studios name them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base.charts.errors import NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places import actions as places
from shangliang.base.places.models import Committee, LiaisonGroup

LONGEST = 20


@transaction.atomic
def enter_town(committee: Committee, *, by: Actor, name: str, zones: list[str]) -> LiaisonGroup:
    """Enter a town by its liaison group, and zones of it; those that stand already stay. ValidationError for
    a name that is none, or a zone named twice."""
    if not by.holds(Role.OFFICER, committee=committee.path):
        raise NotYours(_("镇和片区由本级政协的干部来登记。"))
    town = _name(name).removesuffix("联络组")
    named = [_name(zone) for zone in zones if zone.strip()]
    if len(set(named)) < len(named):
        raise ValidationError({"zones": _("有一个片区写了两遍。")})
    group, new = places.enter_group(committee, f"{town}联络组")
    if new:
        record("town_entered", subject=group.subject, committee=committee.path, by=by)
    for zone in named:
        made, new = places.enter_zone(group, zone)
        if new:
            record(
                "zone_entered", subject=made.subject, committee=committee.path, by=by,
                facts={"town": group.code},
            )  # fmt: skip
    return group


def _name(said: str) -> str:
    name = said.strip()
    if not 2 <= len(name) <= LONGEST or not name.isprintable():
        raise ValidationError(_("镇名、片区名写二到二十个字。"))
    return name
