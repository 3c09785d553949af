"""What residents said, and the steps that were taken: each verb of matters.yaml calls the action of that
name."""

from __future__ import annotations

from functools import partial
from typing import Any

from shangliang.base import clock
from shangliang.base.files import actions as files
from shangliang.base.people.actor import STRANGER
from shangliang.base.review import queries as reviews
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices import actions, marks, queries
from shangliang.flow.voices.queries import helped, pictured

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


def _seen(told: Told, label: str, step: dict[str, Any]) -> dict[str, Any]:
    return {"code": told.codes[label], "by": told.actors[step["by"]], "seen": None}


def _mine(told: Told, label: str) -> dict[str, Any]:
    return {"code": told.codes[label], "by": told.authors[label], "seen": None}


def _pictures(said: dict[str, Any]) -> list[Any]:
    return [picture(name) for name in said.get("photos", ())]


def _said(told: Told, label: str, row: dict[str, Any], made: Any) -> None:
    voice, code = made
    told.codes[label], told.tracking[label] = voice.code, code
    told.authors[label] = queries.author_of(voice)


def _what(told: Told, label: str, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "studio": Studio.objects.select_related("committee__parent").get(code=told.studios[row["studio"]]),
        "words": row["words"], "kind": row.get("kind", ""), "place": row.get("place", ""),
        "phone": row.get("phone", ""), "public": row["public"], "photos": _pictures(row),
        "form_key": form_key(label),
    }  # fmt: skip


def _leave(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    _said(told, label, row, actions.leave(by=STRANGER, **_what(told, label, row)))


def _record(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    how = {
        "channel": step["channel"],
        "consent": True,
        "said_on": clock.today(),
        "by": told.actors[step["by"]],
    }
    _said(told, label, row, actions.record_told(**how, **_what(told, label, row)))


def _take_up(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.take_up(**_seen(told, label, step), topic=step.get("topic", row.get("topic", "")))


def _set_topic(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.set_topic(**_seen(told, label, step), topic=step["topic"])


def _refuse(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    to = {"why": step["reason"], "owner": step["next_owner"], "contact": step["next_contact"]}
    actions.refuse(**_seen(told, label, step), **to, words=step["words"])


def _assign(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    beside = [told.departments[name] for name in step.get("beside", ())]
    department = told.departments[step["department"]]
    actions.assign(**_seen(told, label, step), department=department, beside=beside)


def _call_in(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.call_in(**_seen(told, label, step), department=told.departments[step["department"]])


def _call_off(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    department = told.departments[step["department"]]
    actions.call_off(**_seen(told, label, step), department=department, words=step["words"])


def _extend_part(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.extend_part(**_seen(told, label, step), days=step["days"], words=step["words"])


def _settle(name: str, told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    """The pair that waits for a word about this voice."""
    by = told.actors[step["by"]]
    row_ = helped.waiting(by).get(voice__code=told.codes[label])
    getattr(actions, name)(row_.code, by=by, seen=None)


def _pass_down(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.pass_down(**_seen(told, label, step), to=told.committees[step["to"]], words=step["words"])


def _move_promise(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    day = told.days.day(step["promise"])
    actions.move_promise(**_seen(told, label, step), promised_for=day, words=step["words"])


def _answer(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    promised = told.days.day(step["promise"]) if "promise" in step else None
    sensitive = step.get("sensitive", False)
    said = {"words": step["words"], "promised_for": promised, "sensitive": sensitive}
    actions.answer(**_seen(told, label, step), **said)


def _note(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.note(told.codes[label], by=told.actors[step["by"]], words=step["words"])


def _hand_over(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    to = told.actors[step["to"]].key
    actions.hand_over(**_seen(told, label, step), to=to, words=step["words"])


def _done(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.report_done(**_seen(told, label, step), words=step["words"], uploads=_pictures(step))


def _progress(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.report_progress(**_seen(told, label, step), words=step["words"], uploads=_pictures(step))


def _extend(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.extend(**_seen(told, label, step), days=step["days"], words=step["words"])


def _withhold(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.withhold(**_seen(told, label, step), reason=step["reason"], detail=step["words"])


def _report(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.report(told.codes[label], by=STRANGER, reason=step["reason"], words=step["words"])


def _keep_shown(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    known = len(reviews.reports(queries.locked(told.codes[label])))
    actions.keep_shown(**_seen(told, label, step), known=known)


def _show_photo(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    """The first photo, black in the boxes."""
    code, by = told.codes[label], told.actors[step["by"]]
    [(first, _copy), *_rest] = pictured.by_photo(queries.get(code, by))
    boxes = [tuple(box) for box in step["boxes"]]
    copy = files.cover(first.code, boxes)
    actions.show_photo(code, first.code, copy, by=by, seen=None, boxes=boxes, alt=step["alt"])


def _confirm(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.confirm(**_mine(told, label), attitude=step["attitude"], result=step["result"])


def _judge(name: str, told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    rest = {"attitude": step["attitude"], "result": step["result"], "missing": step["missing"]}
    getattr(actions, name)(**_mine(told, label), **rest)


def _reopen(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    rest = {key: step[key] for key in ("verdict", "attitude", "result", "missing")}
    actions.reopen(**_mine(told, label), **rest)


def _say(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.say(**_mine(told, label), words=step["words"])


def _change_verdict(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    said = {name: step[name] for name in ("verdict", "attitude", "result", "missing")}
    actions.change_verdict(**_mine(told, label), **said)


def _follow_up(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.ask_later()  # what the worker did that morning
    actions.follow_up(**_mine(told, label), said=step["said"])


def _propose_merge(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    into = told.codes[step["into"]]
    actions.propose_merge(**_seen(told, label, step), into=into, words=step["words"])


def _supporting(name: str, told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    """`browsers`: whose supports they are, by a number each."""
    code = told.codes[label]
    for browser in step["browsers"]:
        getattr(actions, name)(code, by=STRANGER, digest=marks.digest(code, f"browser {browser}"))


def _own(name: str, told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    getattr(actions, name)(**_mine(told, label))


def _climb(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.climb()


def _with_words(name: str, told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    getattr(actions, name)(**_seen(told, label, step), words=step["words"])


def _ask(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.reply(**_seen(told, label, step), words=step["words"], asks=True)


def _plain(name: str, told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    getattr(actions, name)(**_seen(told, label, step))


WITH_WORDS = (
    "give_opinion", "return_part", "reply", "send_back", "send_up", "send_down", "return_down", "reconsider",
)  # fmt: skip
DO: dict[str, Any] = {
    "leave": _leave, "record": _record, "take_up": _take_up, "set_topic": _set_topic,
    "refuse": _refuse, "assign": _assign, "answer": _answer,
    "report_done": _done, "report_progress": _progress, "extend": _extend, "withhold": _withhold,
    "change_verdict": _change_verdict, "follow_up": _follow_up, "propose_merge": _propose_merge,
    **{name: partial(_supporting, name) for name in ("support", "withdraw_support")},
    **{name: partial(_own, name) for name in ("agree_merge", "make_private", "withdraw")},
    "pass_down": _pass_down, "move_promise": _move_promise,
    "note": _note, "hand_over": _hand_over, "ask": _ask,
    "call_in": _call_in, "call_off": _call_off, "extend_part": _extend_part,
    **{name: partial(_settle, name) for name in ("settle_same", "settle_different")},
    "show_photo": _show_photo, "report": _report, "keep_shown": _keep_shown,
    "climb": _climb, "confirm": _confirm, "reopen": _reopen, "say": _say,
    **{name: partial(_judge, name) for name in ("judge_partly", "judge_not")},
    **{name: partial(_with_words, name) for name in WITH_WORDS},
    **{name: partial(_plain, name) for name in ("show", "remind", "urge")},
}  # fmt: skip


def helping(told: Told) -> list[Step]:
    """Residents who were helped to write: one at the desk, one till the time was up."""

    def helped_by(name: str, studio: str, channel: str) -> Any:
        room = Studio.objects.select_related("committee__parent").get(code=told.studios[studio])
        return actions.start_assistance(room, by=told.actors[name], channel=channel, consent=True)

    def at_the_desk() -> None:
        row = helped_by("convener", "chengguan", "reception")
        said = _what(told, "helped", {"studio": "chengguan", "public": False, "words": HELPED})
        how = {"channel": "", "consent": True, "said_on": clock.today(), "assisted": row.code}
        _said(told, "helped", {}, actions.record_told(by=told.actors["convener"], **how, **said))
        told.codes["help"] = row.code

    return [
        (told.days.moment(7, "10:20"), at_the_desk),
        (
            told.days.moment(7, "10:41"),
            lambda: actions.end_assistance(told.codes["help"], by=told.actors["convener"]),
        ),
        (told.days.moment(4, "15:00"), lambda: helped_by("member", "farming", "visit")),
        (told.days.moment(4, "15:40"), actions.expire_assistances),
    ]


def still_helping(told: Told) -> None:
    """And one right now; half an hour after the loading it is over by itself."""
    room = Studio.objects.select_related("committee__parent").get(code=told.studios["schooling"])
    actions.start_assistance(room, by=told.actors["lv"], channel="reception", consent=True)


HELPED = "我眼睛不好，楼道的灯不亮，上下楼扶着墙走，能不能给换个亮的。"


def form_key(label: str) -> str:
    """The key of the form that left it: always the same, and so is the tracking code made from it."""
    return f"demonstration-{label:_<22}"
