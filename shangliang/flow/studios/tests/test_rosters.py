"""A county's members come by the list: looked through first, all or none, and twice is once."""

import resource
import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.files import tables
from shangliang.base.journal.models import Act, Unsealed
from shangliang.base.people import actions as people
from shangliang.base.people.models import Person, Post, Role
from shangliang.base.places import actions as places
from shangliang.base.places.models import Sector
from shangliang.base.ui import spreadsheets
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.models import Roster
from stories.world_people import grant

HEAD = ["姓名", "登录名", "界别", "称呼", "工作室"]
NEW = ["钟大山", "zhongdashan", "农业界", "养蜂人", "城关委员工作室"]


def read(world, *rows, by=None):
    return actions.read_roster(world.county, by=by or world.officer, name="名册.xlsx", table=[HEAD, *rows])


def members():
    return Post.objects.filter(role=Role.MEMBER).count()


def test_a_list_is_looked_through_and_then_taken(world):
    before, acts = members(), Act.objects.count()
    roster = read(
        world, NEW, [], ["何委员", "member2", "", "", "农业界委员工作室"], ["岳委员", "", "", "", ""]
    )
    assert (roster.lines, roster.accounts, roster.members, roster.seats) == (3, 1, 1, 2)
    assert (roster.faults, members()) == ([], before)
    taken = actions.take_roster(roster.code, by=world.officer, seen=roster.version)
    assert (taken.state, taken.rows, members()) == ("taken", [], before + 1)
    new = Person.objects.get(username="zhongdashan")
    assert (new.title, new.has_usable_password()) == ("养蜂人", False)
    assert Post.objects.get(holder=new, role=Role.MEMBER).sector.name == "农业界"
    assert new.name in [post.holder.name for post in queries.members_of(world.studio)]
    told = Act.objects.order_by("pk")[acts:]
    assert sorted(act.name for act in told) == [
        "posts_entered", "roster_read", "roster_taken",
    ]  # fmt: skip
    [entered] = (act for act in told if act.name == "posts_entered")
    he = world.accounts["member2"].key
    assert (entered.subject, entered.facts["lines"]) == (
        roster.subject,
        [
            f"{new.key} member",
            f"{new.key} stationed {world.studio.code}",
            f"{he} stationed {world.other.code}",
        ],
    )
    assert {act.pk for act in told} <= set(Unsealed.objects.values_list("act_id", flat=True))


def test_the_same_list_twice_brings_nothing_the_second_time(world):
    rows = [NEW, ["何委员", "member2", "", "", "农业界委员工作室"]]
    first = read(world, *rows)
    actions.take_roster(first.code, by=world.officer, seen=1)
    before = Person.objects.count(), Post.objects.count()
    again = read(world, *rows)
    assert (again.accounts, again.members, again.seats) == (0, 0, 0)
    actions.take_roster(again.code, by=world.officer, seen=1)
    assert (Person.objects.count(), Post.objects.count()) == before


def test_two_lists_read_before_either_was_taken_double_nobody(world):
    one, other = read(world, NEW), read(world, NEW)
    for roster in (one, other):
        actions.take_roster(roster.code, by=world.officer, seen=1)
    assert Post.objects.filter(holder__username="zhongdashan").count() == 2  # member, and stationed
    assert Roster.objects.get(pk=other.pk).accounts == 0


def test_names_and_heads_written_wide_are_the_same_names(world):
    wide = [
        ["姓 名", "登录名", "界 别", "称 呼", "工作室"],
        ["钟 大 山", "zhongdashan", "农业界"],
        ["何 委 员", "member2"],
    ]
    roster = actions.read_roster(world.county, by=world.officer, name="名册.xlsx", table=wide)
    assert (roster.faults, roster.accounts) == ([], 1)
    actions.take_roster(roster.code, by=world.officer, seen=1)
    assert Person.objects.get(username="zhongdashan").name == "钟大山"


FAULTS = [
    (["", "xin"], "姓名空着"),
    (["=1+1", "xin"], "姓名要有"),
    (["新人"], "新委员要写登录名"),
    (["新人", "X"], "登录名用三个以上"),
    (["不是他", "member2"], "别人的，姓名对不上"),
    (["卫委员", "neighbour_officer"], "别人的，姓名对不上"),
    (["新人", "xinren", "没有界"], "没有「没有界」这个界别"),
    (["新人", "xinren", "", "", "没有的"], "没有叫「没有的」的工作室"),
    (["新人", "xinren", "", "", "老县镇委员工作室"], "没有叫「老县镇委员工作室」"),
    (["新人", "xinren", "", "=HYPERLINK(1)"], "不能是公式"),
    (["钟大山", "zhongdashan", "农业界", "", "城关委员工作室"], "和第 2 行重复"),
    (["另一个", "zhongdashan"], "在前面写的是另一个"),
]


@pytest.mark.parametrize(("row", "fault"), FAULTS)
def test_one_wrong_line_stops_the_whole_list_and_says_why(world, row, fault):
    before = Person.objects.count(), Post.objects.count()
    roster = read(world, NEW, row)
    [[line, why]] = roster.faults
    assert (line, fault in why) == (3, True), why
    with pytest.raises(ValidationError, match="第 3 行"):
        actions.take_roster(roster.code, by=world.officer, seen=1)
    assert (Person.objects.count(), Post.objects.count()) == before


def test_every_wrong_line_is_told_not_the_first_only(world):
    roster = read(world, *(["新人", f"xin{n:02d}", "没有界"] for n in range(60)))
    assert [line for line, _why in roster.faults] == list(range(2, 62))


def test_a_cell_too_many_is_a_fault_of_its_line_beside_the_others(world):
    roster = read(
        world,
        [*NEW, "", "", "多的一格"],
        ["", "xin"],
        ["何委员", "member2", "", "", "", "", "又一格"],
        [""] * 6 + ["丙"],
    )
    assert [line for line, _why in roster.faults] == [2, 3, 4, 5]
    for words, (_line, why) in zip(
        ("「多的一格」", "姓名空着", "「又一格」", "「丙」"), roster.faults, strict=True
    ):
        assert words in why
    assert (roster.lines, roster.homes) == (4, 0)
    with pytest.raises(ValidationError, match="第 2 行：多出了一格"):
        actions.take_roster(roster.code, by=world.officer, seen=1)


def test_two_of_one_name_need_the_sign_in_name(world):
    grant(world, "member3", "何委员", Role.MEMBER)
    [[_line, why]] = read(world, ["何委员"]).faults
    assert "不止一位" in why


def test_a_member_of_another_sector_is_told_before(world):
    grant(world, "member3", "郝委员", Role.MEMBER, sector=places.add(Sector, world.county, "教育界"))
    [[_line, why]] = read(world, ["郝委员", "member3", "农业界"]).faults
    assert "登记的界别是「教育界」" in why


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([], "第 1 行要是这几列"),
        ([["studio", "member"]], "第 1 行要是这几列"),
        ([["界别", "工作室"]], "姓名和登录名至少有一列"),
        ([["姓名", "姓名"]], "第 1 行要是这几列"),
        ([HEAD], "一位委员也没有"),
        ([HEAD, [], [""]], "一位委员也没有"),
    ],
)
def test_a_table_that_is_no_list(world, table, words):
    with pytest.raises(ValidationError, match=words):
        actions.read_roster(world.county, by=world.officer, name="x", table=table)


def test_what_changed_since_it_was_read_is_found_when_it_is_taken(world):
    roster = read(world, NEW)
    grant(world, "zhongdashan", "另有其人", Role.MEMBER)
    with pytest.raises(ValidationError, match="第 2 行：登录名「zhongdashan」是别人的"):
        actions.take_roster(roster.code, by=world.officer, seen=1)


def test_who_may_bring_a_list_and_who_may_know_of_it(world):
    for who in ("convener", "leader", "auditor", "neighbour_officer", "city_officer"):
        with pytest.raises(NotYours):
            read(world, NEW, by=getattr(world, who))
    roster = read(world, NEW)
    with pytest.raises(Unseen):
        actions.take_roster(roster.code, by=world.neighbour_officer, seen=1)
    with pytest.raises(NotYours):
        actions.take_roster(roster.code, by=world.auditor, seen=1)
    actions.take_roster(roster.code, by=world.officer, seen=1)
    with pytest.raises(NotNow):
        actions.take_roster(roster.code, by=world.officer, seen=2)


@pytest.mark.long
def test_thirty_thousand_members_are_read_and_entered_within_ten_seconds(world):
    """Read from the workbook, looked through, looked through once more and entered. Of CPU: a shared
    machine's clock would say nothing."""
    book = spreadsheets.as_workbook([HEAD, *([f"委员{n}", f"m{n:05d}", "", "", ""] for n in range(30_000))])
    began = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert len(tables.rows(SimpleUploadedFile("m.xlsx", book))) == 30_001
    spent = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began
    rows = [[f"委员{n}", f"m{n:05d}", "农业界", "", "城关委员工作室"] for n in range(30_000)]
    began = time.process_time()
    roster = read(world, *rows)
    looked = time.process_time() - began
    actions.take_roster(roster.code, by=world.officer, seen=1)
    entered = time.process_time() - began - looked
    assert (roster.lines, roster.faults) == (30_000, [])
    assert Post.objects.filter(role=Role.MEMBER, holder__username__startswith="m0").count() == 10_000
    assert spent + looked + entered < 10, (spent, looked, entered)


# ── A list that only gives seats, members of the levels above among them ──
def test_two_columns_are_enough_to_station_members_in_any_order(world):
    table = [["工作室", "姓名"], ["城关委员工作室", "何委员"], ["农业界委员工作室", "段委员"]]
    roster = actions.read_roster(world.county, by=world.officer, name="驻室.csv", table=table)
    assert (roster.faults, roster.accounts, roster.members, roster.seats) == ([], 0, 0, 2)
    actions.take_roster(roster.code, by=world.officer, seen=1)
    assert "何委员" in [post.holder.name for post in queries.members_of(world.studio)]


def test_the_sign_in_name_alone_says_who_it_is(world):
    table = [["登录名", "工作室"], ["member2", "城关委员工作室"], ["nobody1", "城关委员工作室"]]
    roster = actions.read_roster(world.county, by=world.officer, name="驻室.csv", table=table)
    assert roster.faults == [[3, "姓名空着。"]]


def test_a_member_of_the_city_who_lives_here_gets_a_seat_and_no_post_besides(world):
    grant(world, "city_member", "冉委员", Role.MEMBER, committee=world.city)
    before = members()
    roster = read(world, ["冉委员", "", "", "", "城关委员工作室"])
    assert (roster.faults, roster.accounts, roster.members, roster.seats) == ([], 0, 0, 1)
    actions.take_roster(roster.code, by=world.officer, seen=1)
    assert members() == before
    assert [(person.name, office) for person, office in queries.living_here(world.county)] == [
        ("冉委员", "示例市政协")
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["冉委员", "city_member"], "写上进本地哪间工作室"),
        (["冉委员", "city_member", "农业界", "", "城关委员工作室"], "界别由上级登记"),
    ],
)
def test_what_a_list_cannot_say_of_a_member_of_the_city(world, row, why):
    grant(world, "city_member", "冉委员", Role.MEMBER, committee=world.city)
    [[_line, said]] = read(world, row).faults
    assert why in said


def test_a_member_of_both_levels_and_one_name_needs_the_sign_in_name(world):
    grant(world, "city_member", "何委员", Role.MEMBER, committee=world.city)
    [[_line, why]] = read(world, ["何委员", "", "", "", "城关委员工作室"]).faults
    assert "不止一位" in why


HOMES = ["姓名", "登录名", "居住地"]


def of_the_city(world, *rows):
    said = {"by": world.city_officer, "name": "市委员.csv", "table": [HOMES, *rows]}
    return actions.read_roster(world.city, **said)


def to_seat(world, where="county"):
    return [(one.name, office) for one, office in queries.to_seat(getattr(world, where))]


def test_who_lives_here_and_sits_nowhere_is_listed_until_they_have_a_studio(world):
    rows = [
        ["冉委员", "city_member", "清溪县"], ["卓委员", "city_member2", "990102"], ["云委员", "third", ""],
    ]  # fmt: skip
    roster = of_the_city(world, *rows)
    assert (roster.faults, roster.members, roster.homes) == ([], 3, 2)
    with pytest.raises(ValidationError, match="先问过本人"):
        actions.take_roster(roster.code, by=world.city_officer, seen=1)
    assert to_seat(world) == []
    actions.take_roster(roster.code, by=world.city_officer, seen=1, agreed=True)
    assert to_seat(world) == [("冉委员", "示例市政协")]
    assert to_seat(world, "neighbour") == [("卓委员", "示例市政协")]
    again = of_the_city(world, *rows)
    assert (again.faults, again.members) == ([], 0)
    assert not [act for act in Act.objects.all() if "990102" in str(act.facts)]
    seat = read(world, ["冉委员", "", "", "", "城关委员工作室"])
    actions.take_roster(seat.code, by=world.officer, seen=1)
    assert to_seat(world) == []
    assert [one.name for one, _office in queries.living_here(world.county)] == ["冉委员"]


def test_where_a_member_lives_goes_with_their_post(world):
    grant(world, "city_member", "冉委员", Role.MEMBER, committee=world.city)
    post = Post.objects.get(holder__username="city_member")
    people.note_home(post.pk, by=world.city_officer, home="990101", agreed=True)
    assert to_seat(world) == [("冉委员", "示例市政协")]
    people.note_home(post.pk, by=world.city_officer, home="", agreed=False)
    assert to_seat(world) == []
    people.note_home(post.pk, by=world.city_officer, home="990101", agreed=True)
    people.take_back(post.pk, by=world.city_officer)
    post.refresh_from_db()
    assert (to_seat(world), post.lives_in) == ([], "")


@pytest.mark.parametrize(
    ("who", "home", "agreed", "fault"),
    [
        ("city_officer", "990101", False, ValidationError),
        ("city_officer", "990100", True, ValidationError),
        ("city_officer", "nowhere", True, ValidationError),
        ("officer", "990101", True, PermissionDenied),
        ("province_officer", "990101", True, PermissionDenied),
    ],
)
def test_where_somebody_lives_is_noted_with_their_word_by_their_own_office(world, who, home, agreed, fault):
    grant(world, "city_member", "冉委员", Role.MEMBER, committee=world.city)
    post = Post.objects.get(holder__username="city_member")
    with pytest.raises(fault):
        people.note_home(post.pk, by=getattr(world, who), home=home, agreed=agreed)
    assert to_seat(world) == []


def test_what_a_list_cannot_say_of_where_somebody_lives(world):
    grant(world, "city_member", "冉委员", Role.MEMBER, committee=world.city)
    rows = [
        ["冉委员", "city_member", "清溪县"], ["新人", "newone", "河对岸"], ["某人", "other1", "990100"],
    ]  # fmt: skip
    faults = [said for _line, said in of_the_city(world, *rows).faults]
    for words, said in zip(("已经是委员", "没有「河对岸」", "没有「990100」"), faults, strict=True):
        assert words in said
