"""What is no move of a chart: an action asked of a thing by each column, in a savepoint."""

import inspect
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from shangliang.base import clock
from shangliang.base.people import actions as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person, Post, Role
from shangliang.base.places.models import Committee
from shangliang.flow.activities import actions as activities
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.proposals import actions as proposals
from shangliang.flow.proposals.models import Session
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios.models import Studio, TaskSheet
from shangliang.flow.studios.tasks import Task
from shangliang.flow.voices import actions as voices
from shangliang.ledgers.figures import actions as figures
from shangliang.ledgers.points import actions as points

from . import asking, cast, deeds, doing, seeing, things
from .columns import Cells, cells
from .trying import PACKAGES, Question


def of_action(world: SimpleNamespace, action: str, about: str) -> tuple[cast.Cast, Question, Cells]:
    who, do, seen = ACTIONS[action](world, about)
    return who, lambda by: asking.answer(lambda: do(by)), cells(seen)


def _reveal(world: SimpleNamespace, about: str) -> Any:
    stage = about.partition(", ")[2]
    voice = things.voice(world, stage)
    return (
        things.cast_of_voice(world, voice),
        lambda by: voices.reveal_phone(voice.code, by=by, reason="要回电话") is not None,
        seeing.VOICE[stage],
    )


def _erase(world: SimpleNamespace, about: str) -> Any:
    stage = about.partition(", ")[2]
    voice = things.voice(world, stage)

    def do(by: Actor) -> Any:
        return voices.erase(voice.code, by=by, way="code" if by.kind == "author" else "in_person")

    return things.cast_of_voice(world, voice), do, seeing.VOICE[stage]


def _own(action: Callable[..., Any], **said: Any) -> Callable[[SimpleNamespace, str], Any]:
    def make(world: SimpleNamespace, about: str) -> Any:
        stage = about.partition(", ")[2]
        voice = things.voice(world, stage)
        return (
            things.cast_of_voice(world, voice),
            lambda by: action(voice.code, by=by, **said),
            seeing.VOICE[stage],
        )

    return make


def _supporting(action: Callable[..., Any], held: bool) -> Callable[[SimpleNamespace, str], Any]:
    """`held`: the browser that asks supports it already."""

    def make(world: SimpleNamespace, about: str) -> Any:
        stage, review = about.removeprefix("voice, ").split(", ")
        voice = things.voice(world, stage, review)
        if held:
            voice.supports.create(digest="d", on=clock.today())
        found = things.cast_of_voice(world, voice)
        # A code of another county makes nobody less of a resident: a test of voices says so.
        found["neighbour"] = [one for one in found["neighbour"] if one.kind == "person"]
        return found, lambda by: action(voice.code, by=by, digest="d"), seeing.voice(stage, review)

    return make


def _strike(world: SimpleNamespace, about: str) -> Any:
    kind, _comma, whose = about.partition(", ")
    found = things.note(world, whose)
    return (
        things.cast_of_voice(world, found.voice),
        lambda by: voices.strike_note(found.code, by=by) is None,
        seeing.SEES[kind, whose],
    )


def _photo(action: Callable[..., Any]) -> Callable[[SimpleNamespace, str], Any]:
    def make(world: SimpleNamespace, about: str) -> Any:
        voice = things.voice(world, "received", "waiting")
        hide = action is voices.hide_photo
        photo, copy = things.photo(world, voice, copied=hide)
        rest = {} if hide else {"boxes": [(0, 0, 10, 10)]}
        given = (voice.code, photo.code) if hide else (voice.code, photo.code, copy)
        return (
            things.cast_of_voice(world, voice),
            lambda by: action(*given, by=by, seen=None, **rest) is not False,
            seeing.VOICE["received"],
        )

    return make


def _template(action: Callable[..., Any], **said: Any) -> Callable[[SimpleNamespace, str], Any]:
    def make(world: SimpleNamespace, about: str) -> Any:
        found = things.template(world)
        return (
            cast.of(world),
            lambda by: action(found.code, by=by, seen=1, **said) is not False,
            seeing.SEES["common answer", "any"],
        )

    return make


def _make_template(world: SimpleNamespace, about: str) -> Any:
    said = {"title": "修好了", "words": "{编号} 修好了。"}
    return cast.of(world), lambda by: voices.make_template(world.county, by=by, **said), seeing.ALL


def _raise(world: SimpleNamespace, about: str) -> Any:
    review = about.rpartition(", ")[2]
    voice = things.voice(world, "taken_up", review, due_by=clock.today())
    said = {"title": "巷口的路灯怎么修", "question": "谁来修，几天修好"}
    return (
        things.cast_of_voice(world, voice),
        lambda by: consultations.raise_from_voices([voice.code], by=by, **said),
        seeing.voice("taken_up", review),
    )


def _door_codes(world: SimpleNamespace, about: str) -> Any:
    topic = things.topic(world, "open")
    return (
        things.cast_of_topic(world, topic),
        lambda by: consultations.print_door_codes(topic.code, by=by, number=1),
        seeing.ALL,
    )


def _erase_guest(world: SimpleNamespace, about: str) -> Any:
    topic = things.topic(world, "open")
    return (
        things.cast_of_topic(world, topic),
        lambda by: consultations.erase_guest(topic.code, by=by),
        seeing.ALL,
    )


def _in_a_studio(
    do: Callable[[SimpleNamespace, Studio, Actor], object],
) -> Callable[[SimpleNamespace, str], Any]:
    def built(world: SimpleNamespace, about: str) -> Any:
        stage = about.partition(", ")[2]
        room = things.studio(world, stage)
        return cast.of(world), lambda by: do(world, room, by), seeing.SEES["studio", stage]

    return built


def _of_a_booking(action: Callable[..., Any], **said: str) -> Callable[[SimpleNamespace, str], Any]:
    def made(world: SimpleNamespace, about: str) -> Any:
        stage = about.partition(", ")[2]
        booking = things.booking(world, stage)
        return (
            things.cast_of_booking(world, booking),
            lambda by: action(booking.code, by=by, **said) is not None,
            seeing.SEES["booking", stage],
        )

    return made


def _choose(world: SimpleNamespace, about: str) -> Any:
    keys = ["xixiang_haves"]
    return (
        cast.of(world),
        lambda by: studios.choose_standards(world.county, by=by, keys=keys) is not None,
        seeing.ALL,
    )


def _marked(world: SimpleNamespace, room: Studio, by: Actor) -> Any:
    said: dict[str, Any] = {"standard": "xixiang_haves", "item": "固定场所", "standing": "missing"}
    Committee.objects.filter(pk=world.county.pk).update(preferences={"standards": [said["standard"]]})
    return studios.mark(room.code, by=by, **said)


TASK = Task("visits", "走访", "", 1, "month")


def _sheet(world: SimpleNamespace) -> None:
    TaskSheet.objects.create(
        committee=world.county, year=clock.today().year, edition=1, basis="工作规则", items=[TASK.as_row()],
        by="officer", at=clock.now(),
    )  # fmt: skip


def _recorded(world: SimpleNamespace, room: Studio, by: Actor) -> Any:
    _sheet(world)
    said: dict[str, Any] = {"item": "visits", "day": clock.today(), "note": "走了三户"}
    return studios.record_task(room.code, by=by, link="https://qingxi.example/1", **said)


def _struck(world: SimpleNamespace, about: str) -> Any:
    row = things.task_record(world)
    return (
        cast.of(world),
        lambda by: studios.strike_task(row.code, by=by, seen=1, reason="记重了") is not None,
        seeing.WORKS,
    )


def _of_the_office(
    do: Callable[[SimpleNamespace, Actor], object],
) -> Callable[[SimpleNamespace, str], Any]:
    def made(world: SimpleNamespace, about: str) -> Any:
        return cast.of(world), lambda by: do(world, by) is not None, seeing.ALL

    return made


def _report(world: SimpleNamespace, about: str) -> Any:
    said = {"unit": "pieces", "period": "2025", "source": "年报"}
    return (
        cast.of(world),
        lambda by: figures.report_total(world.county, "problems_solved", 6, by=by, **said),
        seeing.ALL,
    )


def _link(world: SimpleNamespace, about: str) -> Any:
    total, record = things.total(world), world.studio.subject
    return cast.of(world), lambda by: figures.link_evidence(total, record, by=by), seeing.ALL


def _account(do: Callable[[Person, Actor], object]) -> Callable[[SimpleNamespace, str], Any]:
    def built(world: SimpleNamespace, about: str) -> Any:
        person = world.accounts["member2"]
        if about.endswith("of the province"):
            people.grant(person, Role.MEMBER, committee=world.province, by="clock")
        return cast.of(world), lambda by: do(person, by), seeing.ALL

    return built


def _invite(world: SimpleNamespace, about: str) -> Any:
    return (
        cast.of(world),
        lambda by: people.invite(world.county, "leader", "xin", "新主席", by=by, form_key="k"),
        seeing.ALL,
    )


def _take_back(world: SimpleNamespace, about: str) -> Any:
    post = Post.objects.get(holder=world.accounts["member2"], role=Role.MEMBER)
    return cast.of(world), lambda by: people.take_back(post.pk, by=by), seeing.ALL


def _strike_session(world: SimpleNamespace, about: str) -> Any:
    today = clock.today()
    made = Session.objects.create(
        committee=world.county, name="十二届三次会议", opens=today, until=today, by="officer", at=clock.now()
    )
    return cast.of(world), lambda by: proposals.strike_session(made.code, by=by), seeing.ALL


def _note_home(world: SimpleNamespace, about: str) -> Any:
    post = Post.objects.get(holder=world.accounts["member2"], role=Role.MEMBER)
    said: dict[str, Any] = {"home": world.county.code, "agreed": True}
    return cast.of(world), lambda by: people.note_home(post.pk, by=by, **said), seeing.ALL


ACTIONS: dict[str, Callable[[SimpleNamespace, str], Any]] = {
    "people.invite": _invite,
    "people.take_back": _take_back,
    "people.note_home": _note_home,
    "people.send_link": _account(lambda one, by: people.send_link(one, by=by, form_key="k")),
    "people.withdraw": _account(lambda one, by: people.withdraw(one, by=by)),
    "people.close_account": _account(lambda one, by: people.close_account(one, by=by)),
    "people.reopen_account": _account(lambda one, by: people.reopen_account(one, by=by)),
    "people.reset_second_factor": _account(lambda one, by: people.reset_second_factor(one, by=by)),
    "voices.reveal_phone": _reveal,
    "voices.erase": _erase,
    "voices.note": _own(voices.note, words="上回来过"),
    "voices.strike_note": _strike,
    "voices.show_photo": _photo(voices.show_photo),
    "voices.hide_photo": _photo(voices.hide_photo),
    "voices.make_template": _make_template,
    "voices.change_template": _template(voices.change_template, title="修好了", words="{编号} 修好了。"),
    "voices.drop_template": _template(voices.drop_template),
    "voices.correct_phone": _own(voices.correct_phone, phone=""),
    "voices.agree": _own(voices.agree),
    "voices.set_follow_up": _own(voices.set_follow_up, wanted=False),
    "voices.support": _supporting(voices.support, held=False),
    "voices.withdraw_support": _supporting(voices.withdraw_support, held=True),
    "consultations.raise_from_voices": _raise,
    "consultations.print_door_codes": _door_codes,
    "consultations.erase_guest": _erase_guest,
    "voices.print_forms": _in_a_studio(
        lambda w, s, by: voices.print_forms(s, by=by, count=1, form_key=f"{by.key} 0123456789012345")
    ),
    "studios.appoint": _in_a_studio(
        lambda w, s, by: studios.appoint(s.code, w.accounts["member2"], "deputy", by=by, reason="走得勤")
    ),
    "studios.station": _in_a_studio(lambda w, s, by: studios.station(s.code, w.accounts["member2"], by=by)),
    "studios.record_task": _in_a_studio(_recorded),
    "studios.strike_task": _struck,
    "studios.set_task_sheet": _of_the_office(
        lambda w, by: studios.set_task_sheet(
            w.county, by=by, year=clock.today().year, basis="工作规则", tasks=[TASK], seen=0
        )
    ),
    "studios.write_standards": _of_the_office(
        lambda w, by: studios.write_standards(w.county, by=by, name="七有", items=["有码"])
    ),
    "studios.enter_town": _of_the_office(
        lambda w, by: studios.enter_town(w.county, by=by, name="城关镇", zones=["城东"])
    ),
    "studios.release": _in_a_studio(
        lambda w, s, by: studios.release(s.code, w.member.key, "stationed", by=by)
    ),
    "studios.set_timetable": _in_a_studio(
        lambda w, s, by: studios.set_timetable(s.code, by=by, seen=s.version, slots=[])
    ),
    "studios.hold_reception": _in_a_studio(
        lambda w, s, by: studios.hold_reception(
            s.code, by=by, day=clock.today(), residents=3, members=[w.member.key]
        )
    ),
    "studios.choose_standards": _choose,
    "studios.mark": _in_a_studio(_marked),
    "studios.set_duty": _in_a_studio(
        lambda w, s, by: studios.set_duty(s.code, by=by, day=clock.today(), members=[w.member.key])
    ),
    "studios.reveal_phone": _of_a_booking(studios.reveal_phone, reason="改时间"),
    "studios.erase_booking": _of_a_booking(studios.erase_booking),
    "activities.begin_series": _of_the_office(
        lambda w, by: activities.begin_series(w.county, by=by, name="每月义诊", form="series")
    ),
    "activities.set_rules": _of_the_office(
        lambda w, by: activities.set_rules(w.county, by=by, used=["clinic"], study=[], notice_days=2) or True
    ),
    "proposals.enter_session": _of_the_office(
        lambda w, by: proposals.enter_session(
            w.county, by=by, name="十二届三次会议", opens=clock.today(), until=clock.today()
        )
    ),
    "proposals.strike_session": _strike_session,
    "points.choose_tariff": _of_the_office(
        lambda w, by: points.choose_tariff(
            w.county, by=by, since=date(clock.today().year + 1, 1, 1), preset="simple"
        )
    ),
    "points.close": _of_the_office(
        lambda w, by: points.close(w.county, by=by, year=clock.today().year - 1, quarter=1)
    ),
    "figures.report_total": _report,
    "figures.link_evidence": _link,
}


def actions_without_a_row() -> tuple[set[str], set[str]]:
    """Actions that no row speaks of, and rows that speak of no action."""
    rows = {*deeds.ACTIONS, *deeds.WITHOUT_A_RULE, *deeds.CARRIED_OUT_BY}
    known, unknown = set(), set()
    for package, (module, charts) in PACKAGES.items():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or not function.__module__.startswith(module.__name__):
                continue
            known.add(f"{package}.{name}")
            moved = any(name in doing.DOES[chart] for chart in charts)
            if f"{package}.{name}" not in rows and not moved:
                unknown.add(f"{package}.{name}")
    made = {f"{chart}.{move}" for chart, moves in doing.DOES.items() for move in moves}
    return unknown, (rows - known) | (set(deeds.CARRIED_OUT_BY.values()) - made)
