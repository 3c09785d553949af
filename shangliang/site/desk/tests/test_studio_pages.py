"""An officer, a convener and a leader carry a studio from its plan to its door, on their pages."""

import re
import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.people.queries import actor_of
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.models import Reception, Slot, Studio
from stories.world_studios import online, opened, planned


@pytest.fixture
def person(world, client):
    """`person(name)` signs in; `person.post(...)` sends a form with its own key, as our pages do."""

    class Signed:
        client = None

        def __call__(self, name):
            client.force_login(world.accounts[name])
            return self

        def get(self, address, *args, **query):
            return client.get(reverse(address, args=args), query)

        def post(self, where, *args, seen=1, **said):
            key = secrets.token_urlsafe(16)
            return client.post(reverse(where, args=args), {"key": key, "seen": seen, **said})

        def move(self, studio, move, seen=1, **said):
            return self.post("desk:studio_move", studio.code, move, seen=seen, **said)

    Signed.client = client
    return Signed()


def test_from_plan_to_door(world, person):
    page = {
        "name": "茶产业委员工作室",
        "kind": "industry",
        "address": "茶园路 3 号",
        "hours": "周四 9:00—11:30",
    }
    blank = person("officer").get("desk:studios", form="plan").text
    assert '<option value="" selected>选一个</option>' in blank
    assert person.post("desk:studio_plan", **page).status_code == 302
    studio = Studio.objects.get(name="茶产业委员工作室")
    lacking = person.move(studio, "open")
    assert lacking.status_code == 422
    assert "任命召集人" in lacking.text
    term = {"role": "convener", "since": clock.today().isoformat(), "reason": "种茶三十年"}
    assert person.move(studio, "appoint", member="何委员", **term).status_code == 302
    assert person.move(studio, "open").status_code == 302
    today = clock.today()
    assert "还没有接待记录" in person("member2").get("desk:studio", studio.code, form="apply").text
    said = {
        "why": "茶农住得散",
        "best": "教会了十户修枝",
        "since": today - timedelta(days=90),
        "until": today,
    }
    assert person.move(studio, "apply", **said).status_code == 302
    assert person.get("portal:studio", studio.code).status_code == 200
    assert person("neighbour_officer").get("portal:studio", studio.code).status_code == 404
    assert person("city_officer").get("portal:studio", studio.code).status_code == 404
    page = person("leader").get("leaders:studios")
    assert "教会了十户修枝" in page.text
    assert f"/data/studios/{studio.code}/receptions/" in page.text
    answer = person.post("leaders:studio_move", studio.code, "approve", seen=2, reason="离茶农近")
    assert answer.status_code == 302
    assert (
        person.post("leaders:studio_move", studio.code, "approve", seen=3, reason="再来").status_code == 403
    )
    page = person("city_officer").get("desk:approvals").text
    assert "教会了十户修枝" in page
    assert "离茶农近" in page
    no = person.post("desk:approval", studio.code, "refuse", seen=3, reason="接待少")
    assert (no.status_code, "要补什么" in no.text) == (422, True)
    assert person.post("desk:approval", studio.code, "approve", seen=3, reason="材料齐").status_code == 302
    person("province_officer").post("desk:approval", studio.code, "approve", seen=4, reason="材料齐")
    assert queries.door(studio.code) == studio
    assert person("member2").get("figures:of_studio", studio.code, "residents").status_code == 200
    assert person("neighbour_officer").get("figures:of_studio", studio.code, "residents").status_code == 404
    assert person.get("figures:of_studio", studio.code, "receptions").status_code == 200
    assert person.get("figures:of_studio", studio.code, "nothing").status_code == 404
    assert person.get("figures:of_studio", studio.code, "voices", since="x").status_code == 404


def test_closing_asks_for_every_person_who_sits_there(world, person):
    seen = world.studio.version
    said = {"reason": "两室合一", "voices_go_to": "农业界的接着办", "successor": world.other.code}
    half = person("officer").move(world.studio, "close", seen, **said, **{f"go_{world.convener.key}": "-"})
    assert (half.status_code, "两室合一" in half.text) == (422, True)
    go = {f"go_{key}": "-" for key in (world.convener.key, world.deputy.key)}
    go[f"go_{world.member.key}"] = world.other.code
    assert person.move(world.studio, "close", seen, **said, **go).status_code == 302
    assert "岳委员" in [post.holder.name for post in queries.members_of(world.other)]


def test_a_year_that_is_over_stands_at_the_desk_until_it_is_kept(world, person):
    with clock.at(clock.start_of(world.studio.recheck_due)):
        assert world.studio.name in person("officer").get("desk:approvals").text
        said = {"reason": "件件有回音"}
        assert person.move(world.studio, "recheck", world.studio.online_version, **said).status_code == 302
        assert world.studio.name not in person.get("desk:approvals").text


def test_the_second_officer_is_told_and_keeps_the_words(world, person):
    seen = world.studio.version
    assert person("officer").move(world.studio, "suspend", seen, reason="漏雨，修房子").status_code == 302
    late = person.move(world.studio, "suspend", seen, reason="我也觉得该停几天")
    assert late.status_code == 409
    assert "我也觉得该停几天" in late.text


def test_two_editors_at_once(world, person):
    one = {
        "address": "东街一号",
        "hours": "周一",
        "motto": "先来的",
        "town": "",
        "area": "",
        "phone": "",
        "intro": "",
    }
    seen = world.studio.version
    assert person("convener").move(world.studio, "edit", seen, **one).status_code == 302
    assert person("deputy").move(world.studio, "edit", seen, **one | {"motto": "后来的"}).status_code == 409
    assert queries.door(world.studio.code).motto == "先来的"
    assert queries.door(world.studio.code).name == "城关委员工作室"


def test_the_timetable_is_kept(world, person):
    lines = {"line-TOTAL_FORMS": 3, "line-INITIAL_FORMS": 0, "line-0-on": "w3", "line-0-start": "09:00",
             "line-0-end": "11:30", "line-1-on": "m8", "line-1-start": "14:00", "line-1-end": "16:00",
             "line-2-on": ""}  # fmt: skip
    seen = queries.door(world.studio.code).version
    assert person("convener").move(world.studio, "timetable", seen, **lines).status_code == 302
    assert [slot.when for slot in world.studio.timetable.order_by("pk")] == ["每周四", "每月 8 日"]
    wrong = person.move(world.studio, "timetable", seen + 1, **lines | {"line-0-end": "08:00"})
    assert wrong.status_code == 422
    assert "结束要晚于开始" in wrong.text
    page = person.get("portal:studio", world.studio.code)
    assert "每月 8 日" in page.text


def test_a_reception_takes_the_shortfall_away(world, person):
    assert "还差 2 次接待" in person("convener").get("desk:studio", world.studio.code).text
    member = world.accounts["member"].key
    said = {"day": clock.today().isoformat(), "residents": 12, "members": [member], "note": "多半问医保"}
    assert person.move(world.studio, "reception", **said).status_code == 302
    assert "还差 1 次接待" in person.get("desk:studio", world.studio.code).text
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    late = person.move(world.studio, "reception", **said | {"day": tomorrow})
    assert late.status_code == 422
    assert "多半问医保" in late.text
    assert Reception.objects.count() == 1


def test_few_residents_are_not_told_apart(world, person):
    member = world.accounts["member"].key
    said = {"day": clock.today().isoformat(), "members": [member]}
    person("convener").move(world.studio, "reception", residents=3, **said)
    page = person("neighbour_officer").get("portal:studio", world.studio.code)
    assert "不到 10 位群众" in page.text
    assert "3 位群众" not in page.text


PAGES = {
    "portal:studio": {"officer": 200, "member": 200, "neighbour_officer": 200, "handler": 200},
    "desk:studio": {"officer": 200, "convener": 200, "deputy": 200, "member": 200, "auditor": 200,
                          "leader": 403, "handler": 403, "other_convener": 403, "neighbour_officer": 403},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [(name, who, status) for name, people in PAGES.items() for who, status in people.items()],
)
def test_who_opens_an_online_studio(world, person, name, who, status):
    assert person(who).get(name, world.studio.code).status_code == status


@pytest.mark.parametrize(
    ("who", "portal", "desk"),
    [
        ("officer", 200, 200), ("auditor", 200, 200), ("leader", 200, 403), ("member", 200, 403),
        ("convener", 200, 403), ("handler", 404, 404), ("operator", 404, 404),
        ("neighbour_officer", 404, 404), ("far_convener", 404, 404),
        ("city_officer", 404, 404), ("province_officer", 404, 404),
    ],
)  # fmt: skip
def test_who_opens_a_planned_studio(world, person, who, portal, desk):
    studio = planned(world, "还在建的工作室")
    assert person(who).get("portal:studio", studio.code).status_code == portal
    assert person.get("desk:studio", studio.code).status_code == desk


def test_a_stranger(world, client):
    studio = planned(world, "还在建的工作室")
    assert client.get(reverse("portal:studio", args=[world.studio.code])).status_code == 200
    assert client.get(reverse("portal:studio", args=[studio.code])).status_code == 404
    for name in ("desk:studios", "leaders:studios"):
        assert client.get(reverse(name)).status_code == 302
    assert client.get(reverse("desk:studio", args=[world.studio.code])).status_code == 302


@pytest.mark.parametrize(
    ("who", "desk", "lead"),
    [
        ("officer", 200, 403),
        ("convener", 200, 403),
        ("auditor", 200, 403),
        ("leader", 403, 200),
        ("handler", 403, 403),
    ],
)
def test_who_opens_the_lists(world, person, who, desk, lead):
    assert person(who).get("desk:studios").status_code == desk
    assert person.get("leaders:studios").status_code == lead


def test_no_two_fields_on_a_page_share_an_id(world, person):
    page = person("officer").get("desk:studio", world.studio.code).text
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


FORMS = ["edit", "timetable", "reception", "appoint", "station", "suspend", "close", "take_offline"]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_fetched_when_it_is_opened_or_drawn_where_no_script_runs(world, person, name):
    person("officer")
    address = reverse("desk:studio", args=[world.studio.code])
    action = f'action="{address}{name}/"'
    folded = person.client.get(address).text
    assert f'hx-get="{address}?form={name}"' in folded
    assert f'<a href="{address}?form={name}#move-{name}">' in folded
    assert action not in folded
    opened = person.client.get(address, {"form": name}).text
    assert f'<details class="move" id="move-{name}" open>' in opened
    assert action in opened
    alone = person.client.get(address, {"form": name}, headers={"HX-Request": "true"}).text
    assert alone.count("<form") == 1
    assert action in alone
    assert "<html" not in alone


def test_nobody_fetches_a_form_that_is_not_theirs(world, person):
    person("convener")
    address = reverse("desk:studio", args=[world.studio.code])
    part = {"headers": {"HX-Request": "true"}}
    assert person.client.get(address, {"form": "edit"}, **part).status_code == 200
    for name in ("appoint", "close", "resume", "release", "none"):
        assert person.client.get(address, {"form": name}, **part).status_code == 404
        assert f'action="{address}{name}/"' not in person.client.get(address, {"form": name}).text
    person("neighbour_officer")
    assert person.client.get(address, {"form": "edit"}, **part).status_code == 403


LISTS = [
    ("desk:studios", "plan"),
    ("desk:topics", "paper"),
    ("desk:figures", "report"),
]


@pytest.mark.parametrize(("page", "name"), LISTS)
def test_forms_beside_a_list_are_fetched_when_they_are_opened(world, person, page, name):
    person("officer")
    address, part = reverse(page), {"headers": {"HX-Request": "true"}}
    assert person.client.get(address, {"form": name}).text.count("novalidate") == 1
    alone = person.client.get(address, {"form": name}, **part).text
    assert (alone.count("<form"), "<html" in alone) == (1, False)
    if page != "desk:figures":
        assert person.client.get(address, {"form": "none"}, **part).status_code == 404
        assert "novalidate" not in person.client.get(address).text


ASKED = [
    ("officer", "desk:studios", {}),
    ("leader", "leaders:studios", {}),
    ("member", "portal:studios", {}),
    ("member", "portal:studios", {"under": "990101"}),
    ("member", "portal:studios", {"place": "清溪"}),
]


def test_as_many_queries_for_fifty_as_for_one(world, person):
    def each() -> list[int]:
        return [_queries(person(who), name, **query) for who, name, query in ASKED] + [
            _queries(person(who), name, world.studio.code)
            for who, name in (("member", "portal:studio"), ("officer", "desk:studio"))
        ]

    _grow(world, 1)
    few = each()
    _grow(world, 50)
    assert each() == few


def _queries(person, name, *args, **query):
    person.get(name, *args, **query)
    with CaptureQueriesContext(connection) as seen:
        assert person.get(name, *args, **query).status_code == 200
    return len(seen)


def _grow(world, number):
    leader = world.accounts["leader"].key
    for n in range(number):
        online(world, f"{number}之{n}", convener="member2", leader=leader)
        waiting = opened(world, f"等上线{number}之{n}", convener="member2")
        host = actor_of(world.accounts["member2"])
        actions.apply(waiting.code, by=host, seen=1, why="想上线", best="办过一件")
        actions.hold_reception(
            world.studio.code, by=world.officer, day=clock.today(), residents=n, members=[world.member.key]
        )
        Slot.objects.create(
            studio=world.studio, monthday=8, start="09:00", end="11:00", duty=world.member.key
        )


def test_a_convener_who_is_stationed_too_stands_once_with_one_sheet_and_both_posts(world, person):
    seat = world.accounts["convener"]
    actions.station(world.studio.code, seat, by=world.officer)
    page = person("officer").get("desk:studio", world.studio.code).text
    assert page.count(f'href="{reverse("desk:member_sheet", args=[world.studio.code, seat.key])}"') == 1
    assert ("不再任召集人" in page, "不再任驻室委员" in page) == (True, True)
    people = {post.holder.key for post in queries.members_of(world.studio)}
    row = person.get("desk:studios").text.partition(f">{world.studio.name}<")[2].partition("</tr>")[0]
    assert f'data-k="人数">{len(people)}</td>' in row
    assert person.move(world.studio, "release", person=seat.key, role="stationed").status_code == 302
    assert [post.role for post in queries.members_of(world.studio) if post.holder == seat] == ["convener"]


def test_a_model_is_offered_another_term_and_not_to_become_one(world, person):
    assert "定为示范点" in person("officer").get("desk:studio", world.studio.code).text
    until = clock.today() + timedelta(days=90)
    seen = queries.door(world.studio.code).version
    actions.make_model(world.studio.code, by=world.officer, seen=seen, reason="件件有回音", until=until)
    page = person("officer").get("desk:studio", world.studio.code).text
    assert "定为示范点" not in page
    assert "排接待时间" in page
    assert "接着作示范点，换理由和期限" in page
