"""The leader's rail: what waits, counted in one query."""

from django.utils.translation import gettext as _

from shangliang.base.charts.errors import NotYours
from shangliang.base.journal.pages import lengths_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.people.doors import others
from shangliang.base.people.models import Role
from shangliang.base.ui.counts import Lists, said
from shangliang.base.ui.environment import url
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.reports import queries as reports
from shangliang.flow.studios import queries as studios
from shangliang.ledgers.notices import bell

Row = tuple[str | None, str, str, str | None, bool]  # address, words, icon, count, whether it is this page


def let_in(actor: Actor) -> None:
    """NotYours for who leads no committee."""
    if not actor.holds(Role.LEADER):
        raise NotYours(_("这一页是政协领导用的。"))


def _lists(actor: Actor) -> Lists:
    return {
        "topics": consultations.topics(actor),
        "studios": studios.waiting_for_approval(actor),
        "reports": reports.to_sign(actor),
        "proposals": proposals.waiting(actor),
    }


def rail(actor: Actor, here: str) -> list[Row]:
    """Rows for `ui/desk.html`; `here` is the name of the page: home, topics, studios."""
    counts = lengths_until_an_act("lead", actor.key, actor.posts, lists=lambda: _lists(actor))

    def row(name: str, label: str, icon: str) -> Row:
        number = counts.get(name)
        return url(f"leaders:{name}"), label, icon, None if number is None else said(number), name == here

    rows: list[Row] = [
        row("home", _("今天"), "home"),
        row("topics", _("议题"), "talk"),
        row("studios", _("工作室"), "people"),
        (url("desk:reports"), _("等签发的信息"), "paper", said(counts["reports"]), False),
        (url("desk:proposals"), _("提案"), "paper", said(counts["proposals"]), False),
        bell.row(actor),
    ]
    elsewhere = others(actor, "leaders")
    return [*rows, *([(None, _("别的门"), "", None, False), *elsewhere] if elsewhere else [])]
