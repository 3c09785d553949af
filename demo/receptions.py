"""示例省的接待日：谁值班，谁约了，谁候补，谁没来；和两份委员名册。"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from shangliang.base import clock
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios import queries
from shangliang.flow.studios.tasks import presets

from .told import Step, Told

ROOM = "chengguan"
MEMBERS = (
    ["姓名", "登录名", "界别", "称呼", "工作室"],
    ["段又民", "convener", "医药卫生界", "", "城关委员工作室"],
    ["岳青禾", "member", "农业界", "", "农业界委员工作室"],
)
FAULTY = (
    MEMBERS[0],
    ["顾长岭", "guchangling", "文艺界", "剪纸艺人", "城关委员工作室"],
    ["何䶮", "", "", "", "河滩委员工作室"],
)


def steps(told: Told) -> list[Step]:
    """Bookings of a reception day that has passed and of the next one; rosters read and taken."""
    at = told.days.moment
    return [
        (at(40, "15:00"), partial(_taken, told)),
        (at(0, "8:20"), partial(_faulty, told)),
        *_past(told),
        (at(0, "8:05"), partial(_coming, told)),
        (at(30, "9:30"), partial(_standards, told)),
        (at(31, "10:00"), partial(_year, told)),
        (at(8, "15:10"), partial(_done, told)),
        (at(12, "16:00"), partial(_visited, told)),
        (at(4, "16:00"), partial(_put_right, told)),
    ]


def _year(told: Told) -> None:
    """The year's sheet from the preset, and its second edition; a checklist of the county's own."""
    county, officer = told.committees["990101"], told.actors["officer"]
    year, tasks = clock.today().year, presets()["sample_year"].items
    said: dict[str, Any] = {"by": officer, "year": year}
    basis = "清溪县政协工作室工作规则（示例）"
    studios.set_task_sheet(county, tasks=tasks[:-1], seen=0, basis=basis, **said)
    cited = next(one for one in queries.citable(county, None) if one.rule.code == told.codes["rule"])
    studios.set_task_sheet(county, tasks=tasks, seen=1, rule=cited.code, **said)
    studios.write_standards(
        county, by=officer, name="三亮", items=["亮牌子", "亮人", "亮时间"], based_on="sample_hearing"
    )


def _done(told: Told) -> None:
    convener, code = told.actors["convener"], told.studios[ROOM]
    said: dict[str, Any] = {"by": convener, "item": "visits", "day": clock.today()}
    link = "https://qingxi.example/visit.html"
    studios.record_task(code, note="走了东关社区六户，问的多是养老钱", link=link, **said)
    twice = studios.record_task(code, note="走了东关社区六户", link=link, **said)
    studios.strike_task(twice.code, by=convener, seen=None, reason="记重了")


def _standards(told: Told) -> None:
    officer, convener, code = told.actors["officer"], told.actors["convener"], told.studios[ROOM]
    lists = ["xixiang_haves", "xixiang_wall"]
    studios.choose_standards(told.committees["990101"], by=officer, keys=lists)
    link = "https://qingxi.example/lease.pdf"
    for by in (convener, officer):  # shown by the convener, then checked by the officer
        studios.mark(
            code, by=by, standard=lists[0], item="固定场所", standing="proven", note="与社区合用 46 平方米",
            link=link,
        )  # fmt: skip
    due = told.days.day(-12)
    studios.mark(
        code, by=convener, standard=lists[0], item="办公设施", standing="under_way", note="缺一台扫码机",
        due=due,
    )  # fmt: skip
    studios.mark(code, by=convener, standard=lists[1], item="议事栏", standing="missing")


def _visited(told: Told) -> None:
    officer, today = told.actors["officer"], clock.today()
    found: dict[str, Any] = {
        "findings": "值班表还是上个月的，议事栏没上墙。",
        "put_right_by": told.days.day(2),
    }
    studios.inspect(told.studios[ROOM], by=officer, day=today, **found)
    studios.inspect(told.studios["farming"], by=officer, day=today, findings="门口的码被挡住了。",
                    put_right_by=told.days.day(-5))  # fmt: skip
    studios.inspect(told.studios["schooling"], by=officer, day=today)


def _put_right(told: Told) -> None:
    convener = told.actors["convener"]
    [visit] = [v for v in queries.inspections(queries.door(told.studios[ROOM])) if v.state == "open"]
    studios.put_right(visit.code, by=convener, seen=None, words="值班表换了这个月的，议事栏钉上了。")


def _taken(told: Told) -> None:
    county, officer = told.committees["990101"], told.actors["officer"]
    roster = studios.read_roster(county, by=officer, name="委员名册（报到时）.xlsx", table=MEMBERS)
    studios.take_roster(roster.code, by=officer, seen=None)


def _faulty(told: Told) -> None:
    studios.read_roster(
        told.committees["990101"], by=told.actors["officer"], name="增补委员.xlsx", table=FAULTY
    )


def _past(told: Told) -> list[Step]:
    """The first reception day that fell after the studio went online."""
    before = told.days.moment(50, "9:00")
    with clock.at(before):
        day = clock.today() + timedelta(days=1)
        while day.weekday() != 3 or not clock.is_working_day(day):
            day += timedelta(days=1)
    on_the_day = clock.start_of(day) + timedelta(hours=11, minutes=40)
    return [(before, partial(_booked, told, day)), (on_the_day, partial(_ticked_off, told, day))]


def _booked(told: Told, day: Any) -> None:
    one = queries.door(told.studios[ROOM])
    times = [opening.start for opening, _free in queries.times(one, day)]
    for n, start in enumerate(times[:2]):
        studios.book(one.code, day=day, start=start, form_key=f"booking-past-{n}-0123456789")


def _ticked_off(told: Told, day: Any) -> None:
    convener = told.actors["convener"]
    first, second = queries.of_day(queries.door(told.studios[ROOM]), day)[:2]
    studios.come(first.code, by=convener, seen=None)
    studios.miss(second.code, by=convener, seen=None)
    studios.walk_in(told.studios[ROOM], by=convener)


def _coming(told: Told) -> None:
    """The next day was full: one gave a time back, one moved up, one waits still, one was called off."""
    one, convener = queries.door(told.studios[ROOM]), told.actors["convener"]
    day = next(day for day in queries.bookable(one) if day > clock.today())
    times = [opening.start for opening, _free in queries.times(one, day)]
    made = [
        studios.book(one.code, day=day, start=start, form_key=f"booking-{n}-0123456789012", phone=phone)[0]
        for n, (start, phone) in enumerate(zip(times, ["13900005678", *[""] * 20], strict=False))
    ]
    waits = [
        studios.book(one.code, day=day, start=None, form_key=f"waiting-{n}-0123456789012", phone=phone)[0]
        for n, phone in enumerate(("13900001234", ""))
    ]
    studios.cancel(made[1].code, by=queries.booker(made[1]), seen=None)
    studios.call_off(made[2].code, by=convener, seen=None, reason="那个时间段要去社区开会，请另约")
    studios.set_duty(one.code, by=convener, day=day, members=[told.people["convener"].key])
    assert queries.booking(waits[0].code, convener).state == "booked"
