"""The kinds of records that stand behind figures: who sees which, what each is called, where it is read.

One list, so that a row behind a number, a linked record and an entry of a statement show the same title."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person
from shangliang.base.prepared import Prepared
from shangliang.base.ui.filters import short_day
from shangliang.flow.activities import queries as activities
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.consultations.models import Consultation, Post, Recommendation
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.reports import outcomes as report_words
from shangliang.flow.reports import queries as reports
from shangliang.flow.research import queries as research
from shangliang.flow.results import queries as results
from shangliang.flow.results.models import Result
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios.models import Reception
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.models import Voice


@dataclass(frozen=True)
class Told:
    """A record as a page names it. `where`: the place or studio; `href` may be empty."""

    title: str
    href: str = ""
    where: str = ""


@dataclass(frozen=True)
class Kind:
    """`seen`: the records that an actor may see, at whatever hour, as a query with `code`. `tell`: one of
    them in words. `path`: the lookup of its committee's path, "" where a record has none."""

    label: Any
    seen: Callable[[Actor], QuerySet[Any]]
    tell: Callable[[Any, Actor], Told]
    path: str
    code: str = "code"


def told(subjects: Iterable[str], actor: Actor) -> dict[str, Told]:
    """Those of these subjects that the actor may see, in words; one query for each kind among them."""
    by_kind: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _colon, code = subject.partition(":")
        by_kind.setdefault(kind, set()).add(code)
    found: dict[str, Told] = {}
    for name in by_kind.keys() & KINDS:
        sort = KINDS[name]
        for row in _seen(name, actor, codes=tuple(by_kind[name])):
            found[f"{name}:{getattr(row, sort.code)}"] = sort.tell(row, actor)
    return found


@Prepared
def _seen(name: str, actor: Actor, *, codes: tuple[str, ...]) -> QuerySet[Any]:
    sort = KINDS[name]
    return sort.seen(actor).filter(**{f"{sort.code}__in": codes})


def home(subject: str) -> str:
    """The path of the committee that a record belongs to; "" for no such record."""
    name, _colon, code = subject.partition(":")
    kind = KINDS.get(name)
    if kind is None or not kind.path:
        return ""
    model = kind.seen(Actor(key="", kind="stranger")).model
    return model._default_manager.filter(code=code).values_list(kind.path, flat=True).first() or ""


def own(name: str, path: str, actor: Actor) -> QuerySet[Any]:
    """A committee's own records of one kind, those the actor sees, newest first: to choose evidence from."""
    kind = KINDS[name]
    return kind.seen(actor).filter(**{kind.path: path}).order_by("-pk")


def label(name: str) -> str:
    return str(KINDS[name].label)


# ── Who sees which ──


def _voices(actor: Actor) -> QuerySet[Voice]:
    return voices.rows().filter(voices.visible_to(actor) | voices.SHOWN)


def _recommendations(actor: Actor) -> QuerySet[Recommendation]:
    return Recommendation.objects.select_related("consultation__committee")


def _receptions(actor: Actor) -> QuerySet[Reception]:
    seen = studios.visible_to(actor).order_by()
    return Reception.objects.filter(studio__in=seen.values("pk")).select_related("studio__committee")


def _people(actor: Actor) -> QuerySet[Person]:
    return Person.objects.all()  # members are named on their studios' pages; residents are in no table


# ── What each is called ──


def _tell_voice(voice: Voice, actor: Actor) -> Told:
    if voice.shown:
        return Told(voice.public_title, reverse("voices:voice", args=[voice.code]), voice.studio.name)
    door = "departments:voice" if _handles_only(voice, actor) else "desk:voice"
    return Told(voice.title, reverse(door, args=[voice.code]), voice.studio.name)


def _handles_only(voice: Voice, actor: Actor) -> bool:
    return not actor.paths(*voices.OFFICE) & voice.offices and voice.studio.code not in actor.studios(
        *voices.STUDIO
    )


def _tell_post(post: Post, actor: Actor) -> Told:
    page = reverse("consultations:consultation", args=[post.consultation.code])
    title = _("「%(topic)s」里的发言") % {"topic": post.consultation.title}
    return Told(title, f"{page}#post-{post.code}", post.consultation.committee.name)


def _tell_consultation(topic: Consultation, actor: Actor) -> Told:
    return Told(topic.title, reverse("consultations:consultation", args=[topic.code]), topic.committee.name)


def _tell_recommendation(row: Recommendation, actor: Actor) -> Told:
    page = reverse("consultations:consultation", args=[row.consultation.code])
    return Told(row.words[:40], f"{page}#recommendation-{row.number}", row.consultation.title)


def _tell_result(result: Result, actor: Actor) -> Told:
    topic = result.consultation
    return Told(topic.title, reverse("results:result", args=[result.code]), topic.committee.name)


def _tell_studio(studio: Any, actor: Actor) -> Told:
    door = "portal:studio" if studio.is_public else "desk:studio"
    return Told(studio.name, reverse(door, args=[studio.code]), studio.committee.name)


def _tell_reception(reception: Reception, actor: Actor) -> Told:
    door = "portal:studio" if reception.studio.is_public else "desk:studio"
    title = _("%(day)s的接待") % {"day": short_day(reception.day)}
    return Told(title, reverse(door, args=[reception.studio.code]), reception.studio.name)


def _tell_task(row: Any, actor: Actor) -> Told:
    return Told(row.note, reverse("desk:tasks", args=[row.studio.code]), row.studio.name)


def _tell_report(row: Any, actor: Actor) -> Told:
    door = "workbench:report" if row.person == actor.key else "desk:report"
    return Told(str(row.title), reverse(door, args=[row.code]), row.studio.name)


def _tell_bulletin(row: Any, actor: Actor) -> Told:
    return Told(report_words.number(row), reverse("desk:bulletin", args=[row.code]), row.committee.name)


def _tell_research(row: Any, actor: Actor) -> Told:
    door = "workbench:research" if row.named(actor.key) else "desk:research"
    return Told(row.heading, reverse(door, args=[row.code]), row.committee.name)


def _tell_activity(row: Any, actor: Actor) -> Told:
    return Told(row.title, reverse("activities:activity", args=[row.code]), row.host)


def _tell_proposal(row: Any, actor: Actor) -> Told:
    """Where this reader reads it: their own at the workbench, the office's at the desk, else in public."""
    if row.committee_path in actor.paths(*proposals.OFFICE):
        door = "desk:proposal"
    elif row.public:
        door = "proposals:proposal"
    else:
        door = "workbench:proposal"
    handles = not row.public and actor.departments() and row.person != actor.key
    return Told(row.heading, "" if handles else reverse(door, args=[row.code]), row.committee.name)


def _tell_person(person: Person, actor: Actor) -> Told:
    return Told(person.name, "", person.title)


COMMITTEE = "committee__path"
THROUGH = "consultation__committee__path"
KINDS: dict[str, Kind] = {
    "voice": Kind(gettext_lazy("留言"), _voices, _tell_voice, COMMITTEE),
    "post": Kind(gettext_lazy("发言"), consultations.visible_posts, _tell_post, THROUGH),
    "consultation": Kind(gettext_lazy("协商"), consultations.visible_to, _tell_consultation, COMMITTEE),
    "recommendation": Kind(gettext_lazy("协商建议"), _recommendations, _tell_recommendation, THROUGH),
    "result": Kind(gettext_lazy("成果"), results.visible_to, _tell_result, THROUGH),
    "studio": Kind(gettext_lazy("工作室"), studios.visible_to, _tell_studio, COMMITTEE),
    "reception": Kind(gettext_lazy("接待"), _receptions, _tell_reception, "studio__committee__path"),
    "task": Kind(gettext_lazy("任务记录"), studios.visible_records, _tell_task, "studio__committee__path"),
    "opinion_report": Kind(gettext_lazy("社情民意信息"), reports.visible_to, _tell_report, COMMITTEE),
    "bulletin": Kind(gettext_lazy("信息专报"), reports.bulletins_to, _tell_bulletin, COMMITTEE),
    "research": Kind(gettext_lazy("调研报告"), research.visible_to, _tell_research, COMMITTEE),
    "activity": Kind(gettext_lazy("活动"), activities.visible_to, _tell_activity, COMMITTEE),
    "proposal": Kind(gettext_lazy("提案"), proposals.visible_to, _tell_proposal, COMMITTEE),
    "person": Kind(gettext_lazy("委员"), _people, _tell_person, "", code="key"),
}
