"""Which doors a person's posts open, and which one they come in by."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from .actor import Actor
from .models import Role


class Door(NamedTuple):
    """A place of work: its package's name, address, words and icon."""

    name: str
    address: str
    label: str
    icon: str


def doors(actor: Actor) -> list[Door]:
    """The doors that this person's posts open, the busiest first; none for a stranger."""
    found = []
    if actor.holds(Role.OFFICER, Role.CONVENER, Role.DEPUTY):
        found.append(Door("desk", reverse("desk:queue"), _("受理与分办"), "inbox"))
    if actor.holds(Role.HANDLER):
        found.append(Door("departments", reverse("departments:list"), _("承办"), "paper"))
    if actor.holds(Role.LEADER):
        found.append(Door("leaders", reverse("leaders:home"), _("领导"), "shield"))
    if actor.holds(Role.MEMBER, Role.STATIONED, Role.CONVENER, Role.DEPUTY):
        found.append(Door("workbench", reverse("workbench:today"), _("我的履职"), "person"))
    if actor.holds(Role.AUDITOR):
        code = sorted(actor.paths(Role.AUDITOR))[0].rstrip("/").rsplit("/", 1)[-1]
        found.append(Door("figures", reverse("figures:committee", args=[code]), _("数据"), "chart"))
    if actor.holds(Role.OPERATOR):
        found.append(Door("notices", reverse("notices:outbox"), _("没送到的"), "warn"))
    return found


def others(actor: Actor, here: str) -> list[tuple[str, str, str, None, bool]]:
    """The other doors as rows of a rail, for somebody who works behind several."""
    return [(d.address, d.label, d.icon, None, False) for d in doors(actor) if d.name != here]
