"""What the page of a consultation shows to a reader, gathered in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shangliang.base import clock
from shangliang.base.clock.words import nearing
from shangliang.base.files import queries as files
from shangliang.base.journal import queries as journal
from shangliang.base.journal.acts import declared
from shangliang.base.journal.models import Act
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.review.states import CHART as REVIEW
from shangliang.flow.studios import queries as studios

from . import proposers, queries, rules
from .forms import AppealForm, JudgeForm, MendForm, SayForm
from .models import Consultation, Participant, Post, Recommendation, RecommendationState
from .steps import Evidence, steps

POSTS = 20
FEW = 5  # of the studio's people beside the text
TONES = {
    "raised": "wait",
    "declined": "quiet",
    "open": "open",
    "minuted": "info",
    "sent": "wait",
    "finished": "done",
}
TOLD = (
    "topic_raised",
    "consultation_opened",
    "topic_declined",
    "meeting_held",
    "consultation_minuted",
    "consultation_sent",
    "recommendation_answered",
    "recommendation_done_reported",
    "result_published",
)


@dataclass(frozen=True)
class Said:
    """A post as the reader sees it: `who` wrote it; `mine` has forms to mend and to appeal when it is
    withheld."""

    post: Post
    who: str
    mine: bool
    mend: MendForm | None
    appeal: AppealForm | None = None


@dataclass(frozen=True)
class Answer:
    """A recommendation as the reader sees it."""

    row: Recommendation
    state: str
    tone: str
    clock: str
    tally: proposers.Tally
    reports: list[tuple[Any, list[Any]]]
    judge: JudgeForm | None


def look(
    topic: Consultation,
    actor: Actor,
    *,
    after: str = "",
    say: SayForm | None = None,
    mend: MendForm | None = None,
    appeal: AppealForm | None = None,
    judge: tuple[str, JudgeForm] | None = None,
) -> dict[str, Any]:
    """Everything the public template asks for. A bound form stands in the place of a fresh one."""
    said, more = _posts(topic, actor, after)
    meetings, rows = queries.meetings(topic), queries.recommendations(topic)
    team = studios.team([topic.studio_code]).get(topic.studio_code, []) if topic.studio else []
    names = people.names(_members(said).union({topic.raised_by}, *(m.members for m in meetings)))
    found = {
        **_beside(topic, rows),
        "counts": queries.counts(topic),
        "points": queries.points(topic),
        "answers": _answers(topic, rows, actor, judge),
    }
    takes = topic.takes_posts_on(clock.today())
    has = Evidence(
        voices=len(found["links"]),
        voices_shown=len(found["founding"]),
        paper=found["paper"],
        raiser=names.get(topic.raised_by, ""),
        posts=found["counts"]["posts"],
        meetings=len(meetings),
    )
    return {
        **found,
        "left": _left(topic.last_day) if takes and topic.last_day else "",
        "steps": steps(topic, has, rows),
        "posts": [_said(post, actor, names, mend, appeal) for post in said],
        "more": more,
        "takes": takes,
        "say": (say or SayForm()) if takes and rules.posts(actor, topic) else None,
        "staff": actor.kind == "person",
        "guest": rules.is_guest(actor, topic),
        "meetings": [(m, [names.get(key, "") for key in m.members]) for m in meetings],
        "team": _team(team),
        "asked": list(topic.asked.order_by("name")),
    }


def at_desk(topic: Consultation) -> dict[str, Any]:
    """What stands beside the moves at the desk: where it comes from, what happened, its recommendations as
    they stand (`rows`). What was written and said comes by `papers` and `talk`."""
    rows = queries.standing(topic)
    return {**_beside(topic, rows), "rows": rows}


def papers(topic: Consultation, actor: Actor) -> dict[str, Any]:
    """Recommendations with their answers, and the minutes: a part of the desk's page, fetched apart."""
    answers = _answers(topic, queries.recommendations(topic), actor, None)
    return {"topic": topic, "answers": answers, "points": queries.points(topic)}


def talk(topic: Consultation, actor: Actor) -> dict[str, Any]:
    """The posts: the other part that is fetched apart."""
    said, more = _posts(topic, actor, "")
    names = people.names(_members(said))
    posts = [_said(post, actor, names, None, None) for post in said]
    return {"topic": topic, "posts": posts, "more": more, "counts": queries.counts(topic)}


def _beside(topic: Consultation, rows: list[Recommendation]) -> dict[str, Any]:
    founding = queries.founding_lines(topic)
    return {
        "topic": topic,
        "sample": topic.committee.sample,
        "tone": TONES[topic.state],
        "links": founding,
        "founding": [link for link in founding if link.voice.shown],
        "hidden": sum(1 for link in founding if not link.voice.shown),
        "paper": _paper(topic),
        **_told(topic, rows),
    }


def _members(said: list[Post]) -> set[str]:
    """The pseudonyms of members among the authors: the only ones whose names are shown."""
    return {post.author_key for post in said if post.participant == Participant.MEMBER}


def _posts(topic: Consultation, actor: Actor, after: str) -> tuple[list[Post], str]:
    rows = queries.posts(topic, actor=actor)
    if after:
        rows = rows.filter(id__gt=queries.place_of(topic, after))
    found = list(rows[: POSTS + 1])
    for post in found:
        post.consultation = topic  # at hand already, with its committee and studio
    with_keys([*found, *(item for post in found for item in post.suggestions.all())])
    return found[:POSTS], found[POSTS - 1].code if len(found) > POSTS else ""


def _said(
    post: Post, actor: Actor, names: dict[str, str], mend: MendForm | None, appeal: AppealForm | None
) -> Said:  # fmt: skip
    mine = post.author_key == actor.key
    who = names.get(post.author_key, "") if post.participant == Participant.MEMBER else _("一位群众")
    if not mine or post.review != "withheld":
        return Said(post, who, mine, None)
    mending = mend if mend and mend.post.pk == post.pk else MendForm(post)
    asking = appeal if appeal and appeal.post.pk == post.pk else AppealForm(post)
    return Said(post, who, mine, mending, asking if REVIEW.may("appeal", actor, post) else None)


def _answers(
    topic: Consultation, rows: list[Recommendation], actor: Actor, judge: tuple[str, JudgeForm] | None
) -> list[Answer]:
    if not rows:
        return []
    founders = proposers.founding_verdicts(topic)
    said = proposers.said_of(topic, founders)
    asked = () if actor.key in founders else proposers.to_judge(rows, said, actor.key)
    kept = files.of([report.subject for row in rows for report in row.progress.all()])
    forms = {code: JudgeForm(code) for code in asked} | ({judge[0]: judge[1]} if judge else {})
    return [
        Answer(
            row,
            *state_of(row),
            proposers.Tally.of(said[row.pk]),
            [(report, list(kept.get(report.subject, ()))) for report in row.progress.all()],
            forms.get(row.code),
        )
        for row in rows
    ]


def state_of(row: Recommendation) -> tuple[str, str, str]:
    """A recommendation's state in words, its tone, and its clock."""
    today, near = clock.today(), nearing(row.due, provisional=row.provisional)
    if row.state == RecommendationState.SENT:
        late = row.late_on(today)
        words = _("%(day)s前答复，%(left)s") % {"day": near.day, "left": near.left} if near else ""
        return _("超期未答") if late else _("等答复"), "late" if late else "wait", words
    if row.state == RecommendationState.RETURNED:
        return _("退回，正改送"), "wait", ""
    if row.state == RecommendationState.DONE:
        return _("单位说办完"), "done", ""
    if row.overdue_promise(today):
        return f"{row.get_decision_display()}", "late", _("承诺的日子过了")
    return f"{row.get_decision_display()}", "info" if row.adopted else "quiet", ""


def _paper(topic: Consultation) -> str:
    if not topic.raised_for:
        return ""
    kept = list(files.of([topic.subject]).get(topic.subject, ()))
    return (
        reverse("files:file", args=[kept[0].code, "large" if kept[0].is_picture else "paper"]) if kept else ""
    )


def first_picture(kept: Iterable[Any]) -> str:
    """The address of the first picture among some files, for a list; empty when there is none."""
    found = next((file for file in kept if file.is_picture), None)
    return reverse("files:file", args=[found.code, "small"]) if found else ""


def _team(posts: Iterable[Any]) -> list[tuple[str, str]]:
    """The host's people by name, each once, by their first post."""
    found: dict[str, tuple[str, str]] = {}
    for post in posts:
        found.setdefault(post.holder.key, (post.holder.name, str(Role(post.role).label)))
    return list(found.values())[:FEW]


def _left(last: date) -> str:
    days = (last - clock.today()).days
    return ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", days) % {"n": days} if days else _("今天是最后一天")


def _told(topic: Consultation, rows: list[Recommendation]) -> dict[str, Any]:
    """What happened, newest first, and the address of the result, both from the journal."""
    acts = list(journal.acts([topic.thread]).filter(name__in=TOLD).order_by("-id")[:12])
    about = {row.subject: row for row in rows}
    result = next((act.subject.removeprefix("result:") for act in acts if act.name == "result_published"), "")
    return {
        "told": [(clock.local_day(act.at), _words(act, about)) for act in acts],
        "result": reverse("results:result", args=[result]) if result else "",
    }


def _words(act: Act, about: dict[str, Recommendation]) -> str:
    facts = act.facts
    if row := about.get(act.subject):
        words = {"who": row.department.name, "n": row.number, "decision": row.get_decision_display()}
        if act.name == "recommendation_answered":
            return _("%(who)s答复第 %(n)s 条：%(decision)s") % words
        return _("%(who)s说第 %(n)s 条办完了") % words
    if act.name == "meeting_held":
        return _("开了协商会，%(n)s 位委员到场") % {"n": len(facts.get("members", ()))}
    if act.name == "consultation_minuted":
        words = {"n": facts.get("agreed", 0), "m": facts.get("not_agreed", 0)}
        return _("纪要出来了：商定 %(n)s 条，没谈拢 %(m)s 条") % words
    if act.name == "consultation_sent":
        return _("%(n)s 条建议送出") % {"n": facts.get("recommendations", 0)}
    if act.name == "topic_raised" and facts.get("voices"):
        return _("%(n)s 条留言归成一个题目") % {"n": facts["voices"]}
    return str(declared()[act.name].words)
