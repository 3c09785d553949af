"""Every read of opinion reports and bulletins, scoped to the reader."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from shangliang.base import search
from shangliang.base.charts.by_code import ByCode
from shangliang.base.charts.errors import NotNow, Unseen, one_of
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.prepared import Along, PartsOf, Prepared
from shangliang.base.search.kinds import Row
from shangliang.base.search.queries import Match
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios.models import State as StudioState
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices.models import Voice

from . import rules
from .models import Adoption, Bulletin, Endorsement, Item, Note, OpinionReport, Referral, State, Version

OFFICE = (Role.OFFICER, Role.LEADER, Role.AUDITOR)
# At the desk: each tab's states. What waits is the first four.
TABS = {
    "sent": (State.SENT,),
    "office": (State.OFFICE,),
    "checked": (State.CHECKED,),
    "signed": (State.SIGNED,),
    "issued": (State.ISSUED,),
    "rest": (State.RETURNED, State.KEPT, State.WITHDRAWN),
}
FORMULA = {"关于", "情况", "建议", "问题", "没有"}  # what nearly every report says tells of no likeness
TEXTS = ("code", "person", "title", "situation", "analysis", "advice", "state")


def reports() -> QuerySet[OpinionReport]:
    return OpinionReport.objects.select_related("studio", "committee")


def visible_to(actor: Actor) -> QuerySet[OpinionReport]:
    """One's own; once it was sent: those of the studios that one convenes, and of one's committee for its
    office, leaders and auditor."""
    if actor.kind != "person":
        return reports().none()
    hosts = Q(studio__code__in=actor.studios(*rules.HOSTS))
    office = Q(committee__path__in=actor.paths(*OFFICE))
    return reports().filter(Q(person=actor.key) | ((hosts | office) & Q(sent_on__isnull=False)))


def report(code: str, actor: Actor) -> OpinionReport:
    """Unseen if there is none, or none for this actor to know of."""
    return _one(code, actor)


_one = ByCode(lambda actor: visible_to(actor))


def lock(code: str, by: Actor) -> OpinionReport:
    """The report, locked until the transaction ends. Unseen if `by` may not see it; NotNow once its writer's
    account was erased before it was issued: its words are gone."""
    found = _one.lock(code, by)
    if found.state != State.ISSUED and people.let_go(found.person):
        raise NotNow(_("写这篇信息的委员注销了账号，稿子已经删掉，不再往下办。"))
    return found


def with_outcomes(rows: QuerySet[OpinionReport]) -> QuerySet[OpinionReport]:
    """With the number it was issued in and what became of it, in a fixed number of queries."""
    return rows.select_related("studio", "committee", "follows").prefetch_related(*_outcomes())


def told_to(of: OpinionReport, actor: Actor) -> OpinionReport:
    """One's own at hand as it stands, with what became of it."""
    [found] = _told_to(actor, pk=of.pk)
    return found


@Prepared
def _told_to(actor: Actor, *, pk: int) -> QuerySet[OpinionReport]:
    return with_outcomes(written_by(actor).filter(pk=pk))


def told(of: OpinionReport) -> OpinionReport:
    """The same of the one at hand."""
    _along(of)
    return of


def _outcomes() -> "tuple[Prefetch[Any], ...]":
    return (
        Prefetch("adoptions", Adoption.objects.annotate(others=_others()).order_by("on", "pk")),
        Prefetch("endorsements", Endorsement.objects.order_by("on", "pk")),
        Prefetch("referrals", Referral.objects.select_related("department").order_by("on", "pk")),
        Prefetch("item", Item.objects.defer("title", "situation", "analysis", "advice")
                 .select_related("bulletin__committee")),
    )  # fmt: skip


_along = Along(_outcomes)


def _others() -> Any:
    """How many others an adoption combined with this one; None where only this one is known of."""
    same = Adoption.objects.filter(reference=OuterRef("reference")).exclude(reference="").order_by()
    return Subquery(same.values("reference").annotate(n=Count("pk") - 1).values("n"))


def combined_with(of: OpinionReport, actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """By the reference of each combined adoption of a report, the others that went into it, as far as the
    reader may read them: code and title as it was issued."""
    references = [one.reference for one in of.adoptions.all() if one.reference]
    if not references:
        return {}
    rows = Adoption.objects.filter(reference__in=references).exclude(report=of).order_by("report")
    rows = rows.filter(report__in=visible_to(actor).order_by().values("pk"))
    found = list(rows.values_list("reference", "report", "report__code"))
    said = titles({pk for _reference, pk, _code in found})
    told: dict[str, list[tuple[str, str]]] = {}
    for reference, pk, code in found:
        told.setdefault(reference, []).append((code, said.get(pk, "")))
    return told


def combinable(of: OpinionReport, most: int = 40) -> list[tuple[str, str]]:
    """Issued reports of the same committee that may have gone into one with this, the last to be issued
    first: code and title as it was issued."""
    rows = reports().filter(committee=of.committee, state=State.ISSUED).exclude(pk=of.pk)
    found = list(rows.order_by("-item__pk").values_list("pk", "code")[:most])
    said = titles({pk for pk, _code in found})
    return [(code, said[pk]) for pk, code in found if pk in said]


def written_by(actor: Actor) -> QuerySet[OpinionReport]:
    """One's own, the last to move first."""
    return reports().filter(person=actor.key).order_by("-last_at", "-pk")


def at_desk(actor: Actor, tab: str = "") -> QuerySet[OpinionReport]:
    """What this desk may read and does not write itself, urgent ones first. `tab`: a key of `TABS`."""
    rows = visible_to(actor).filter(sent_on__isnull=False)
    if actor.kind == "person" and not actor.holds(*OFFICE):
        rows = rows.filter(studio__code__in=actor.studios(*rules.HOSTS))
    if tab in TABS:
        rows = rows.filter(state__in=TABS[tab])
    return rows.order_by("-urgent", "-last_at", "-pk")


def waiting(actor: Actor) -> QuerySet[OpinionReport]:
    """What waits for somebody at this desk, urgent ones first: the first review for conveners, the rest for
    the office."""
    hosts = Q(studio__code__in=actor.studios(*rules.HOSTS), state=State.SENT)
    office = Q(
        committee__path__in=actor.paths(Role.OFFICER),
        state__in=(State.SENT, State.OFFICE, State.CHECKED, State.SIGNED),
    )
    leaders = Q(committee__path__in=actor.paths(Role.LEADER), state=State.CHECKED)
    rows = reports().filter(hosts | office | leaders).exclude(person=actor.key)
    return rows.order_by("-urgent", "last_at", "pk")


def to_sign(actor: Actor) -> QuerySet[OpinionReport]:
    """Those that a leader may sign."""
    rows = reports().filter(committee__path__in=actor.paths(Role.LEADER), state=State.CHECKED)
    return rows.exclude(person=actor.key).order_by("-urgent", "last_at", "pk")


def to_issue(actor: Actor) -> QuerySet[OpinionReport]:
    """The signed ones, from which an officer puts a bulletin together."""
    rows = reports().filter(committee__path__in=actor.paths(Role.OFFICER), state=State.SIGNED)
    return rows.order_by("-urgent", "last_at", "pk")


def rooms(actor: Actor) -> list[Studio]:
    """The open studios through which a member may send: where they sit, else those of their committees."""
    own = studios.joined_by(actor).filter(state=StudioState.OPEN)
    if not own.exists():
        paths = actor.paths(*rules.MEMBERS)
        own = studios.visible_to(actor).filter(state=StudioState.OPEN, committee__path__in=paths)
    return list(own.order_by("committee__path", "name", "pk")[:100])


def versions(of: OpinionReport) -> list[Version]:
    """Oldest first; the report at hand."""
    return list(of.versions.order_by("number"))


# What the writer was told, oldest first.
notes = PartsOf(Note, "report", "pk")


def referral(code: str, of: OpinionReport) -> Referral:
    return one_of(Referral.objects.select_for_update().filter(report=of), code)


def unanswered(of: OpinionReport) -> QuerySet[Referral]:
    """To whom it was passed on, and who has not replied yet."""
    return of.referrals.filter(reply="").select_related("department").order_by("on", "pk")


# ── Of a department ──
def referred(actor: Actor, tab: str) -> QuerySet[Referral]:
    """What was passed to one's departments: `to_do`, the nearest day first (what has none, by the day it was
    passed on), or `done`, the last to be replied to first."""
    rows = _passed_to(actor)
    if tab == "to_do":
        return rows.filter(reply="").annotate(day=Coalesce("due", "on")).order_by("day", "pk")
    return rows.exclude(reply="").order_by("-replied_on", "-pk")


def _passed_to(actor: Actor) -> QuerySet[Referral]:
    mine = actor.departments() if actor.kind == "person" else set()
    rows = Referral.objects.filter(department__code__in=mine, report__item__isnull=False)
    return rows.select_related("department", "report__committee", "report__item__bulletin__committee")


def issued(rows: Iterable[Referral]) -> list[Referral]:
    """With the keys of the issued texts at hand, which are what a department reads."""
    found = list(rows)
    with_keys([row.report.item for row in found])
    return found


def referral_to(code: str, actor: Actor) -> Referral:
    """One that was passed to the actor's department. Unseen for another's."""
    found = issued(_passed_to(actor).filter(code=code))
    if not found:
        raise Unseen(code)
    return found[0]


def lock_referral(code: str, by: Actor) -> Referral:
    """The same, with its report, both locked until the transaction ends."""
    row = referral_to(code, by)
    report = reports().select_for_update(of=("self",)).get(pk=row.report_id)
    found = Referral.objects.select_for_update(of=("self",)).select_related("department").get(code=code)
    found.report = report
    return found


def told_of(actor: Actor) -> QuerySet[OpinionReport]:
    """Those of which a notice may tell: what one reads, and what was passed to one's departments; of these
    last `whole` is false."""
    mine = actor.departments() if actor.kind == "person" else set()
    if not mine:
        return visible_to(actor)
    asked = Referral.objects.filter(department__code__in=mine).values("report")
    whole = Exists(visible_to(actor).select_related(None).filter(pk=OuterRef("pk")))
    return reports().annotate(whole=whole).filter(Q(whole=True) | Q(pk__in=asked))


# ── Alike ──
def similar(of: OpinionReport, actor: Actor, size: int = 3) -> list[Match[OpinionReport]]:
    """Earlier reports of the committee that may say the same, with the words that match: one's own, those the
    reader may see, and for members of the committee what was issued. To look at; it holds nothing up."""
    seen = visible_to(actor).values("pk")
    issued = Q(state=State.ISSUED) if rules.writes(actor, of) else Q(pk__in=())
    rows = with_outcomes(reports().filter(Q(pk__in=seen) | issued, sent_on__isnull=False))
    found = search.similar(
        text_of(of), "opinion_report", of.committee_path, rows, size=size, said=text_of, columns=TEXTS,
        exclude=of.pk if of.sent_on else None,
    )  # fmt: skip
    told = [Match(match.item, [word for word in match.words if word not in FORMULA]) for match in found]
    return [match for match in told if match.words]


def text_of(row: OpinionReport) -> str:
    """What is compared and indexed: title and the three parts."""
    return "\n".join(row.texts)


def findable() -> Iterator[Row]:
    """What the index holds: every report once it was sent, by keyed tokens."""
    rows = reports().filter(sent_on__isnull=False).order_by("pk")
    for row in rows.iterator(chunk_size=500):
        yield Row(row.pk, text_of(row), row.committee_path, private=True)


# ── Bulletins ──
def bulletins_to(actor: Actor) -> QuerySet[Bulletin]:
    """Those of one's committee, for its office, leaders and auditor; those that came up from below, for the
    office and leaders of the committee above."""
    above = (Role.OFFICER, Role.LEADER)
    own = Q(committee__path__in=actor.paths(*OFFICE))
    from_below = Q(to_upper=True, committee__parent__path__in=actor.paths(*above))
    return Bulletin.objects.select_related("committee").filter(own | from_below)


def listed(actor: Actor) -> QuerySet[Bulletin]:
    return bulletins_to(actor).order_by("-issued_on", "-pk")


def bulletin(code: str, actor: Actor) -> Bulletin:
    return _bulletin(code, actor)


_bulletin = ByCode(lambda actor: bulletins_to(actor))


def items(of: Bulletin) -> list[Item]:
    """In their order, with the reports; the bulletin at hand."""
    found = list(Item.objects.filter(bulletin=of).select_related("report__studio").order_by("number"))
    for one in found:
        one.bulletin = of
    return found


def titles(reports: Collection[int]) -> dict[int, str]:
    """Of reports (their pks) the titles as they were issued."""
    return {one.report_id: str(one.title) for one in Item.objects.filter(report__in=reports)}


def item_of(report: OpinionReport) -> Item | None:
    """What of a report was issued."""
    return Item.objects.filter(report=report).select_related("bulletin__committee").first()


# ── Files and erasure ──
def may_see_scan(actors: Sequence[Actor], code: str) -> bool:
    """The scan of an endorsement goes with its report."""
    return any(visible_to(actor).filter(endorsements__code=code).exists() for actor in actors)


def locked_of(person: str) -> QuerySet[OpinionReport]:
    return reports().select_for_update(of=("self",)).filter(person=person).order_by("pk")


def from_voices_of(person: str) -> list[tuple[OpinionReport, Voice]]:
    """Reports that were begun from a voice of this person, while it has its words, and those that go on from
    one of them; each with that voice."""
    asked = reports().select_for_update(of=("self",)).order_by("pk")
    begun = list(asked.select_related("voice").filter(voice__person=person, voice__erased_on=None))
    with_keys(report.voice for report in begun if report.voice)
    found = [(report, report.voice) for report in begun if report.voice]
    for report, voice in found:  # grows meanwhile: one may go on from one that goes on
        found += [(one, voice) for one in asked.filter(follows=report)]
    return found


def own(person: str) -> dict[str, Iterable[Any]]:
    """The rows of this person; see `people.holders`."""
    mine = {"report__person": person}
    return {
        "reports.OpinionReport": list(OpinionReport.objects.filter(person=person)),
        "reports.Version": list(Version.objects.filter(**mine).select_related("report")),
        "reports.Note": list(Note.objects.filter(**mine).select_related("report")),
    }
