"""What an act is about, as far as a reader may see it now: through the one visibility of each package, and
never kept. Asked again for every page and every mail."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.base.people.actor import STRANGER, Actor
from shangliang.base.people.models import Role
from shangliang.base.review import queries as review
from shangliang.base.review import rules as review_rules
from shangliang.flow.activities import queries as activities
from shangliang.flow.activities import rules as activity_rules
from shangliang.flow.activities.states import CHART
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.consultations.models import Post, Recommendation
from shangliang.flow.correspondence import queries as correspondence
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.reports import outcomes as report_words
from shangliang.flow.reports import queries as reports
from shangliang.flow.research import queries as research
from shangliang.flow.results import queries as results
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.models import Voice


@dataclass(frozen=True)
class Thing:
    """A thing for one reader. `title`: what a page says; `name`: what may leave the house in a mail: the
    number of a voice that is not shown, never its words. `text`: where subscribers' words are looked for."""

    title: str
    name: str
    address: str
    where: str
    path: str
    studio: str = ""
    thread: str = ""
    text: str = field(default="", repr=False)


def seen(subjects: Iterable[str], actor: Actor) -> dict[str, Thing]:
    """Those of these subjects that the actor may see now; one query for each kind among them."""
    by_kind: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _colon, code = subject.partition(":")
        by_kind.setdefault(kind, set()).add(code)
    found: dict[str, Thing] = {}
    for kind in sorted(by_kind.keys() & KINDS.keys()):
        rows, tell = KINDS[kind]
        for row in rows(actor).filter(code__in=by_kind[kind]):
            found[f"{kind}:{row.code}"] = tell(row, actor)
    return found


def public(subjects: Iterable[str]) -> dict[str, Thing]:
    """Those that everybody may see now."""
    return seen(subjects, STRANGER)


def asked_as(subject: str, thing: Thing) -> list[str]:
    """Under which names somebody may have subscribed to this: itself, and the consultation it belongs to."""
    page, code = thing.address.strip("/").split("/")[:2] if thing.address else ("", "")
    return [subject, f"consultation:{code.partition('#')[0]}" if page == "consultations" else subject]


# ── Who sees which ──
def _voices(actor: Actor) -> QuerySet[Voice]:
    return voices.rows().filter(voices.visible_to(actor) | voices.SHOWN | review.appealed_to(actor))


def _posts(actor: Actor) -> QuerySet[Post]:
    return consultations.visible_posts(actor) | consultations.appealed_from_below(actor).order_by()


def _recommendations(actor: Actor) -> QuerySet[Recommendation]:
    seen_topics = consultations.visible_to(actor).order_by().values("pk")
    rows = Recommendation.objects.filter(consultation__in=seen_topics)
    return rows.select_related("consultation__committee", "consultation__studio", "department")


# ── What each is called, and where it is read ──
def _voice(voice: Voice, actor: Actor) -> Thing:
    mine = actor.kind == "person" and not voice.shown
    title = voice.title if mine else voice.public_title
    return Thing(
        title=f"{voice.number} {title}" if mine else title,
        name=voice.public_title if voice.shown and not voice.erased_on else voice.number,
        address=_door(voice, actor),
        where=voice.studio.name,
        path=voice.committee_path,
        studio=voice.studio_code,
        thread=voice.thread,
        text=voice.wording if voice.shown else "",
    )


def _door(voice: Voice, actor: Actor) -> str:
    """The desk for those who work there, the department's list for handlers, else the public page."""
    if actor.paths(Role.OFFICER) & voice.offices or voice.studio_code in actor.studios(*voices.STUDIO):
        return reverse("desk:voice", args=[voice.code])
    if review_rules.above(actor, voice):
        return reverse("desk:review_item", args=["voice", voice.code])
    if voice.department and voice.department.code in actor.departments():
        return reverse("departments:voice", args=[voice.code])
    return reverse("voices:voice", args=[voice.code]) if voice.shown else ""


def _topic(topic: Any, actor: Actor, *, at: str = "", text: str = "") -> Thing:
    page = reverse("consultations:consultation", args=[topic.code])
    return Thing(
        title=topic.title, name=topic.title if topic.public else "", address=page + at,
        where=topic.committee.name, path=topic.committee_path, studio=topic.studio_code,
        thread=topic.thread, text=text,
    )  # fmt: skip


def _consultation(topic: Any, actor: Actor) -> Thing:
    return _topic(topic, actor, text=consultations.text_of(topic))


def _post(post: Post, actor: Actor) -> Thing:
    thing = _topic(post.consultation, actor, at=f"#post-{post.code}", text=post.said if post.shown else "")
    if review_rules.above(actor, post):
        return replace(thing, address=reverse("desk:review_item", args=["post", post.code]))
    return thing


def _recommendation(row: Recommendation, actor: Actor) -> Thing:
    thing = _topic(row.consultation, actor, at=f"#recommendation-{row.number}", text=row.words)
    if row.department.code in actor.departments():
        return Thing(**{**vars(thing), "address": reverse("departments:recommendation", args=[row.code])})
    return thing


def _result(row: Any, actor: Actor) -> Thing:
    thing = _topic(row.consultation, actor, text=results.text_of(row))
    return Thing(**{**vars(thing), "address": reverse("results:result", args=[row.code])})


def _studio(studio: Any, actor: Actor) -> Thing:
    door = "portal:studio" if studio.is_public else "desk:studio"
    text = f"{studio.name}\n{studio.intro}\n{studio.area}" if studio.is_public else ""
    return Thing(
        title=studio.name, name=studio.name, address=reverse(door, args=[studio.code]),
        where=studio.committee.name, path=studio.committee_path, studio=studio.code, text=text,
    )  # fmt: skip


def _of_studio(name: str) -> Callable[[Any, Actor], Thing]:
    def tell(row: Any, actor: Actor) -> Thing:
        studio = row.studio
        return Thing(
            title=studio.name, name=studio.name, address=reverse(name, args=[studio.code]),
            where=studio.committee.name, path=studio.committee.path, studio=studio.code,
        )  # fmt: skip

    return tell


def _message(row: Any, actor: Actor) -> Thing:
    """What it is about stays in the house: a mail names the studio alone."""
    door = "workbench:message" if row.person == actor.key else "desk:message"
    return Thing(
        title=row.about, name=row.studio.name, address=reverse(door, args=[row.code]),
        where=row.studio.name, path=row.committee_path, studio=row.studio_code,
    )  # fmt: skip


def _report(row: Any, actor: Actor) -> Thing:
    """Its title stays in the house: a mail names the studio alone. A department reads what was issued, at its
    own door."""
    if not getattr(row, "whole", True):
        return Thing(
            title=_("转来的社情民意信息"), name=row.committee.office, address=reverse("departments:reports"),
            where=row.committee.office, path=row.committee_path, studio=row.studio_code,
        )  # fmt: skip
    door = "workbench:report" if row.person == actor.key else "desk:report"
    return Thing(
        title=str(row.title), name=row.studio.name, address=reverse(door, args=[row.code]),
        where=row.studio.name, path=row.committee_path, studio=row.studio_code,
    )  # fmt: skip


def _research(row: Any, actor: Actor) -> Thing:
    """Its title stays in the house: a mail names its number, or the committee."""
    return Thing(
        title=row.heading, name=row.running or row.committee.office,
        address=reverse("workbench:research" if row.named(actor.key) else "desk:research", args=[row.code]),
        where=row.committee.name, path=row.committee_path,
    )  # fmt: skip


def _bulletin(row: Any, actor: Actor) -> Thing:
    words = report_words.number(row)
    return Thing(
        title=words, name=words, address=reverse("desk:bulletin", args=[row.code]),
        where=row.committee.name, path=row.committee_path,
    )  # fmt: skip


def _activity(row: Any, actor: Actor) -> Thing:
    """A private kind's title stays in the house."""
    door = "activities:activity"
    if CHART.open_to(actor, row):
        door = "desk:activity"
    elif actor.kind == "person" and actor.holds(*activity_rules.MEMBERS):
        door = "workbench:activity"
    return Thing(
        title=row.title, name=row.host if row.private else row.title, address=reverse(door, args=[row.code]),
        where=row.host, path=row.committee_path, studio=row.studio_code,
        text="" if row.private or row.state != "published" else f"{row.title}\n{row.publicity}",
    )  # fmt: skip


def _proposal(row: Any, actor: Actor) -> Thing:
    """Its title stays in the house until everybody may read it: a mail names the number, or the committee."""
    mine = row.person == actor.key or not actor.paths(*proposals.OFFICE) & {row.committee_path}
    door = "workbench:proposal" if mine else "desk:proposal"
    if row.public and actor.kind != "person":
        door = "proposals:proposal"
    address = reverse(door, args=[row.code])
    if letter := getattr(row, "letter_in", None):
        address = reverse("departments:letter_in", args=[letter])
    return Thing(
        title=row.heading, name=row.heading if row.public else row.case_number or row.committee.office,
        address=address, where=row.committee.name, path=row.committee_path,
        thread=row.thread, text=row.heading if row.public else "",
    )  # fmt: skip


def _signature(row: Any, actor: Actor) -> Thing:
    together = row.heading  # whose keys are fetched for all rows that were read with this one
    return replace(_proposal(row.proposal, actor), title=together)


def _part(row: Any, actor: Actor) -> Thing:
    thing = _signature(row, actor)
    if row.department.code in actor.departments():
        return replace(thing, address=reverse("departments:proposal", args=[row.code]))
    return thing


Rows = Callable[[Actor], QuerySet[Any]]
KINDS: dict[str, tuple[Rows, Callable[[Any, Actor], Thing]]] = {
    "voice": (_voices, _voice),
    "consultation": (consultations.visible_to, _consultation),
    "post": (_posts, _post),
    "recommendation": (_recommendations, _recommendation),
    "result": (results.visible_to, _result),
    "message": (correspondence.visible_to, _message),
    "opinion_report": (reports.told_of, _report),
    "research": (research.visible_to, _research),
    "activity": (activities.visible_to, _activity),
    "bulletin": (reports.bulletins_to, _bulletin),
    "proposal": (proposals.told_of, _proposal),
    "signature": (proposals.signatures_to, _signature),
    "handling": (proposals.parts_to, _part),
    "studio": (studios.visible_to, _studio),
    "booking": (studios.visible_bookings, _of_studio("desk:studio_day")),
    "inspection": (studios.visible_inspections, _of_studio("desk:standards")),
}
