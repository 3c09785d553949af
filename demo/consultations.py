"""The sample consultations, step by step, from the topic to the result."""

from __future__ import annotations

from functools import partial
from typing import Any

from shangliang.base.people.actor import Actor
from shangliang.flow.consultations import actions, queries
from shangliang.flow.consultations.models import Consultation, Post
from shangliang.flow.results import actions as results

from .pictures import picture
from .told import Step, Told


def steps(told: Told, rows: dict[str, Any]) -> list[Step]:
    return [
        (
            told.days.moment(step["wd"], step.get("at", "10:00")),
            partial(DO[step["do"]], told, label, row, step),
        )
        for label, row in rows.items()
        for step in row["steps"]
    ]


def _by(told: Told, step: dict[str, Any]) -> dict[str, Any]:
    return {"by": told.actors[step["by"]], "seen": None}


def _departments(told: Told, labels: list[str]) -> list[str]:
    return [told.departments[name].code for name in labels]


def _raise(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    by, said = told.actors[step["by"]], {"title": row["title"], "question": row["question"]}
    county = told.committees["990101"]
    if row["source"] == "voices":
        made = actions.raise_from_voices([told.codes[name] for name in row["voices"]], by=by, **said)
    elif "paper_of" in step:
        paper = {
            "leader": step["paper_of"],
            "paper_on": told.days.day(step["paper_wd"]),
            "paper": [picture("board")],
        }
        made = actions.raise_on_paper(county, by=by, **said, **paper)
    elif row["source"] == "leader":
        made = actions.raise_as_leader(county, by=by, **said)
    else:
        made = actions.raise_as_member(county, by=by, **said)
    told.codes[label] = made.code


def _open(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.open_topic(
        told.codes[label], **_by(told, step), studio=told.studios[step["studio"]],
        last_day=told.days.day(step["last_day"]), asked=_departments(told, step["departments"]),
    )  # fmt: skip


def _decline(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.decline(told.codes[label], **_by(told, step), reason=step["words"])


def _post(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    by = _participant(told, label, step)
    post = actions.leave_post(
        told.codes[label], by=by, words=step["words"], suggestions=step.get("suggestions", ())
    )
    told.codes[f"{label}.{step['label']}"] = post.code


def _participant(told: Told, label: str, step: dict[str, Any]) -> Actor:
    """A member, the holder of a tracking code, or a guest whose door code is used here."""
    if "as" in step:
        actor: Actor = told.actors[step["as"]]
        return actor
    if "code" in step:
        author: Actor = told.authors[step["code"]]
        return author
    topic = Consultation.objects.get(code=told.codes[label])
    [code] = actions.print_door_codes(topic.code, by=told.actors["officer"], number=1)
    key = actions.enter(topic, code)
    return Actor(key=str(key), kind="guest", consultation=topic.code)


def _show_posts(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    for name in step["posts"]:
        actions.show_post(told.codes[f"{label}.{name}"], **_by(told, step))


def _withhold_post(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    post = told.codes[f"{label}.{step['post']}"]
    actions.withhold_post(post, **_by(told, step), reason=step["reason"], detail=step["words"])


def _appeal_post(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    post = Post.objects.get(code=told.codes[f"{label}.{step['post']}"])
    guest = Actor(key=post.author_key, kind="guest", consultation=told.codes[label])
    actions.appeal_post(post.code, by=guest, seen=post.review_version, words=step["words"])


def _meet(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.hold_meeting(
        told.codes[label], **_by(told, step), day=told.days.day(step["wd"]), place=step["place"],
        members=[told.people[name].key for name in step["members"]],
        departments=_departments(told, step["departments"]), others=step["others"],
    )  # fmt: skip


def _minute(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.minute(told.codes[label], **_by(told, step), agreed=step["agreed"], not_agreed=step["not_agreed"])


def _send(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    drafts = [
        actions.Draft(
            words=said["text"], department=told.departments[said["department"]].code,
            suggestions=_numbers(told, label, said["from"]),
        )
        for said in step["recommendations"]
    ]  # fmt: skip
    topic = actions.send(told.codes[label], **_by(told, step), drafts=drafts)
    for said, made in zip(step["recommendations"], queries.recommendations(topic), strict=True):
        told.codes[f"{label}.{said['label']}"] = made.code


def _numbers(told: Told, label: str, posts: list[str]) -> list[int]:
    """The numbers of the suggestions in these posts."""
    codes = [told.codes[f"{label}.{name}"] for name in posts]
    found = Post.objects.filter(code__in=codes).values_list("suggestions__number", flat=True)
    return sorted(number for number in found if number is not None)


def _answer(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    promised = told.days.day(step["promise"]) if "promise" in step else None
    said = {"decision": step["decision"], "reason": step["words"], "measure": step.get("measure", "")}
    actions.answer(_recommendation(told, label, step), **_by(told, step), **said, promised_for=promised)


def _progress(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    evidence = [picture(name) for name in step["photos"]]
    code = _recommendation(told, label, step)
    actions.report_progress(
        code, **_by(told, step), percent=step["percent"], words=step["words"], evidence=evidence
    )


def _done(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    evidence = [picture(name) for name in step["photos"]]
    actions.report_done(
        _recommendation(told, label, step), **_by(told, step), words=step["words"], evidence=evidence
    )


def _send_back(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.send_back(_recommendation(told, label, step), **_by(told, step), reason=step["words"])


def _judge(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    said = {key: step[key] for key in ("verdict", "attitude", "result")}
    actions.judge(_recommendation(told, label, step), by=told.actors[step["as"]], **said)


def _recommendation(told: Told, label: str, step: dict[str, Any]) -> str:
    return told.codes[f"{label}.{step['recommendation']}"]


def _draft_result(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    evidence = [picture(name) for name in step["photos"]]
    made = results.draft(told.codes[label], by=told.actors[step["by"]], text=step["words"], evidence=evidence)
    told.codes[f"{label}.result"] = made.code


def _publish_result(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    results.publish(told.codes[f"{label}.result"], **_by(told, step))


DO: dict[str, Any] = {
    "raise_topic": _raise, "open": _open, "decline": _decline, "post": _post, "show_posts": _show_posts,
    "withhold_post": _withhold_post, "appeal_post": _appeal_post, "hold_meeting": _meet, "minute": _minute,
    "send": _send,
    "answer_recommendation": _answer, "progress_recommendation": _progress, "done_recommendation": _done,
    "send_back_recommendation": _send_back, "judge": _judge, "draft_result": _draft_result,
    "publish_result": _publish_result,
}  # fmt: skip
