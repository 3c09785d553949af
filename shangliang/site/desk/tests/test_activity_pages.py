"""Activities at the desk: planned, announced, checked in to, recorded, published; what nobody planned."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shangliang.base import clock
from shangliang.base.people.models import Person
from shangliang.flow.activities import actions, codes
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.models import Activity, Measured, Participation, Series
from shangliang.flow.activities.tests.story import announced, held, on_the_day, planned
from shangliang.ledgers.notices.models import Notice
from shangliang.ledgers.points.models import Entry
from stories.pages import Signed, photo


def local(at):
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def form(**more):
    start = clock.now() + timedelta(days=4)
    said = {
        "kind": "free_clinic",
        "title": "东街社区周末义诊",
        "place": "东街社区广场",
        "starts_at": local(start),
        "ends_at": local(start + timedelta(hours=3)),
        "about": "量血压、看片子",
    }
    return said | more


def step(person, row, move, **said):
    row.refresh_from_db()
    answer = person.post("desk:activity_move", row.code, move, seen=row.version, **said)
    row.refresh_from_db()
    return answer


def test_from_the_plan_to_the_public_page(world, client):
    person = Signed(client, world)("convener")
    assert "这里现在没有" in person.get("desk:activities").text
    assert person.post("desk:activity_plan", host=world.studio.code, **form(title="短")).status_code == 422
    early = form(starts_at="0001-01-01T00:00")
    assert person.post("desk:activity_plan", host=world.studio.code, **early).status_code == 422
    assert person.post("desk:activity_plan", host=world.other.code, **form()).status_code == 422
    assert person.post("desk:activity_plan", host=world.studio.code, **form()).status_code == 302
    row = Activity.objects.get()
    assert person.get("activities:activity", row.code).status_code == 200
    assert person("member").get("activities:activity", row.code).status_code == 404
    assert step(person("convener"), row, "change", **form(title="改到西街的义诊")).status_code == 302
    assert step(person, row, "announce").status_code == 302
    answer = person.post("desk:activity_invite", row.code, studio=world.other.code, names="何委员")
    assert answer.status_code == 302
    assert Participation.objects.filter(state="invited").count() == 3
    assert person.post("desk:activity_invite", row.code).status_code == 422
    assert person.post("desk:activity_invite", row.code, names="查无此人").status_code == 422
    with on_the_day(row):
        page = person.get("desk:activity", row.code).text
        assert "亮出签到码" in page
        assert person.post("desk:activity_tick", row.code, came=[world.member.key]).status_code == 302
        code = person.get("desk:activity_code", row.code)
        assert "到了 1 位" in code.text
        assert code["Cache-Control"] == "no-store"
    with clock.at(row.ends_at + timedelta(minutes=5)):
        assert "改到西街的义诊" in person.get("desk:activities").text
        said = {"helpers": "毛医生", "minutes": "看了三十四人次", "consent": "当场问过"}
        answer = step(person, row, "record", came=[world.member.key], **said)
        assert (answer.status_code, Measured.objects.count()) == (422, 0)
        assert "看了三十四人次" in answer.text
        said |= {
            "free_clinic_visits": "34",
            "lead": [world.convener.key],
            "others": "何委员",
            "photos": photo(),
        }
        assert step(person, row, "record", came=[world.member.key], **said).status_code == 302
    assert Participation.objects.filter(state="came").count() == 3
    text = person.get("desk:activity", row.code).text
    assert "34 人次" in text
    assert "毛医生" in text
    assert step(person, row, "mend", free_clinic_visits="36", consent="当场问过").status_code == 302
    assert "义诊36人次" in person("officer").get("desk:activity", row.code).text
    assert step(person("convener"), row, "publish", text="字" * 30).status_code == 403
    assert step(person("officer"), row, "publish", text="短").status_code == 422
    words = "东街社区周末义诊，三位委员和毛医生一起看了三十六人次。"
    assert step(person, row, "publish", text=words, photos="on", agreed="on").status_code == 302
    client.logout()
    page = client.get(f"/activities/{row.code}/").text
    assert words in page
    assert "36 人次" in page
    assert "看了三十四人次" not in page
    assert "<img" in page
    assert row.title in client.get("/activities/").text


def test_what_nobody_planned_is_recorded_afterwards(world, client):
    person = Signed(client, world)("convener")
    assert "补记" in person.get("desk:activity_afterwards").text
    chosen = {"host": world.studio.code, "kind": "moving_to_safety"}
    assert "帮助转移群众" in person.get("desk:activity_afterwards", **chosen).text
    past = clock.now() - timedelta(hours=6)
    said = chosen | {
        "title": "暴雨夜转移河边住户", "place": "河堤社区", "starts_at": local(past),
        "ends_at": local(past + timedelta(hours=2)), "residents_moved_to_safety": "56",
        "came": [world.member.key], "lead": [world.convener.key],
    }  # fmt: skip
    answer = person.post("desk:activity_afterwards", **said)
    assert answer.status_code == 422
    assert "河堤社区" in answer.text
    answer = person.post("desk:activity_afterwards", **said, reason="暴雨红色预警，来不及通知")
    assert answer.status_code == 302
    row = Activity.objects.get()
    assert "来不及通知" in person.get("desk:activity", row.code).text
    assert person.get("desk:activity_afterwards", host="x", kind="y").status_code == 422


def test_a_stale_page_and_who_has_no_part_in_it(world, client):
    row = planned(world)
    person = Signed(client, world)("convener")
    assert person.post("desk:activity_move", row.code, "announce", seen=9).status_code == 409
    assert person("other_convener").get("desk:activity", row.code).status_code == 404
    assert person("handler").get("desk:activities").status_code == 403
    row = announced(world)
    assert person("other_convener").post("desk:activity_invite", row.code, names="岳委员").status_code == 403
    assert person.get("desk:activity_code", row.code).status_code == 403
    assert person("officer").post("desk:activity_move", row.code, "burn").status_code == 404


def test_series_add_up_on_their_page(world, client):
    person = Signed(client, world)("convener")
    assert person.post("desk:activity_lines", name="", form="series").status_code == 422
    assert person.post("desk:activity_lines", name="送医送药进山", form="series").status_code == 302
    line = Series.objects.get()
    for number in (900, 797):
        held(world, "medicine_trip", measures={"residents_served": number}, series=line.code)
    page = person.get("desk:activity_line", line.code).text
    assert "1,697 人次" in page
    assert "第 2 次" in page
    assert person("other_convener").get("desk:activity_line", line.code).status_code == 200
    assert person("neighbour_officer").get("desk:activity_line", line.code).status_code == 404


def test_a_series_lists_only_what_its_reader_may_know_of(world, client):
    line = actions.begin_series(world.county, by=world.officer, name="上门调解", form="campaign")
    held(
        world, "dispute", measures={}, how={"outcome": "settled"}, campaign=line.code, title="张李两家的院墙"
    )
    planned(world, campaign=line.code, title="还没定的一场义诊")
    seen = announced(world, campaign=line.code, title="周末定了的义诊")
    person = Signed(client, world)
    page = person("other_convener").get("desk:activity_line", line.code).text
    assert "院墙" not in page
    assert "还没定" not in page
    assert "另有 2 场" in page
    assert f"/activities/{seen.code}/" in page
    assert f"/desk/activities/{seen.code}/" not in page
    page = person("officer").get("desk:activity_line", line.code).text
    assert "院墙" in page
    assert "另有" not in page


def test_helpers_and_reasons_are_for_who_organises(world, client):
    row = announced(world)
    actions.sign_up(row.code, by=world.member2)
    actions.ask_leave(row.code, by=world.member2, reason="要去住院")
    with clock.at(row.ends_at):
        how = Record(measures={"free_clinic_visits": 3}, came=[world.convener.key], helpers="毛医生")
        actions.record_held(row.code, by=world.convener, seen=None, said=how)
    person = Signed(client, world)
    for name, organises in (("convener", True), ("officer", True), ("leader", False), ("auditor", False)):
        page = person(name).get("desk:activity", row.code).text
        assert ("要去住院" in page, "毛医生" in page) == (organises, organises)


def test_a_late_scan_is_marked_on_the_record_form(world, client):
    row = announced(world)
    seen = row.starts_at + timedelta(minutes=5)
    person = Signed(client, world)("convener")
    with clock.at(row.ends_at):
        actions.arrive(row.code, by=world.member, token=codes.shown(row.code, seen), at=seen)
        assert "勾上才算到" in person.get("desk:activity", row.code).text
        said = {"free_clinic_visits": "3", "came": [world.convener.key]}
        assert step(person, row, "record", **said).status_code == 302
        assert person.post("desk:activity_tick", row.code, came=[world.member.key]).status_code == 302
    assert Participation.objects.filter(state="came").count() == 2
    said = {"person": world.member.key, "words": "是别人拿他的手机扫的"}
    assert person.post("desk:activity_people_move", row.code, "strike", **said).status_code == 302
    assert "是别人拿他的手机扫的" in person.get("desk:activity", row.code).text


def test_who_was_there_is_put_right_on_the_page_and_is_told(world, client):
    row = held(world, came=("member",), lead=("convener",))
    person = Signed(client, world)("convener")
    assert "划掉没有到的" in person.get("desk:activity", row.code).text
    answer = person.post("desk:activity_people_move", row.code, "strike", person=world.member.key, words="错")
    assert answer.status_code == 422
    said = {"person": world.member.key, "words": "那天没有来，勾错了"}
    assert person.post("desk:activity_people_move", row.code, "strike", **said).status_code == 302
    answer = person.post("desk:activity_people_move", row.code, "add", name="查无此人", words="漏勾了一位")
    assert (answer.status_code, "漏勾了一位" in answer.text) == (422, True)
    answer = person.post("desk:activity_people_move", row.code, "add", name="何委员", words="漏勾了一位")
    assert answer.status_code == 302
    assert "漏勾了一位" in person.get("desk:activity", row.code).text
    page = person("member").get("workbench:activity", row.code).text
    assert "勾错了" in page
    told = Notice.objects.filter(act="participation_struck").values_list("seat", flat=True)
    assert list(told) == [f"person:{world.member.key}"]


def test_who_was_struck_comes_back_before_there_is_a_record(world, client):
    row = announced(world)
    person = Signed(client, world)("convener")
    with clock.at(row.ends_at):
        actions.tick(row.code, by=world.convener, people=[world.member.key])
        assert "补上到了的" not in person.get("desk:activity", row.code).text
        actions.strike(row.code, by=world.convener, person=world.member.key, words="勾错了人")
        assert "补上到了的" in person.get("desk:activity", row.code).text
        said = {"words": "问过了，他是来了"}
        for who, status in ((world.member2, 422), (world.member, 302)):
            answer = person.post("desk:activity_people_move", row.code, "add", person=who.key, **said)
            assert answer.status_code == status
        how = {"free_clinic_visits": "3", "came": [world.convener.key, world.member.key]}
        assert step(person, row, "record", **how).status_code == 302
    assert Participation.objects.filter(state="came").count() == 2
    assert Entry.objects.get(member=world.member.key).act == "activity_recorded"


def test_an_officer_sets_the_rules(world, client):
    person = Signed(client, world)("officer")
    assert "送医送药下乡" in person.get("desk:activity_ways").text
    assert person.post("desk:activity_ways", notice_days="3").status_code == 422
    answer = person.post(
        "desk:activity_ways", notice_days="3", used=["free_clinic", "survey"], study=["survey"]
    )
    assert answer.status_code == 302
    page = person("convener").get("desk:activity_plan").text
    assert "调研" in page
    assert "送医送药下乡" not in page
    assert person.get("desk:activity_ways").status_code == 403


def test_pages_ask_as_little_of_fifty_as_of_one(world, client):
    def counted(*address, **query):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(*address, query).status_code == 200
        return len(asked)

    line = actions.begin_series(world.county, by=world.officer, name="每月义诊", form="series")
    held(world, series=line.code)
    row = announced(world)
    actions.sign_up(row.code, by=world.member)
    pages = [
        ("convener", "/desk/activities/", {"tab": "held"}),
        ("convener", f"/desk/activities/series/{line.code}/", {}),
        ("convener", f"/desk/activities/{row.code}/", {}),
        ("member", "/activities/", {}),
        ("member", "/work/activities/", {}),
    ]

    def all_of_them():
        found = []
        for name, address, query in pages:
            client.force_login(world.accounts[name])
            client.get(address, query)
            found.append(counted(address, **query))
        return found

    few = all_of_them()
    for _n in range(15):
        held(world, series=line.code)
        actions.sign_up(announced(world).code, by=world.member)
    actions.invite(
        row.code,
        by=world.convener,
        people=[one.key for one in (world.member2, world.deputy, world.other_member)],
    )
    assert all_of_them() == few


def test_a_code_made_by_hand_opens_nothing(world, client):
    row = announced(world)
    person = Signed(client, world)("member")
    with on_the_day(row):
        assert "过时" in person.get("workbench:here", row.code, c="x" * 80).text
        answer = person.post("workbench:here", row.code, c="0" * 16, at="99999999999")
        assert answer.status_code == 422
        token = codes.shown(row.code)
        assert "我到了" in person.get("workbench:here", row.code, c=token).text
        at = str(int(clock.now().timestamp()))
        for _twice in range(2):
            assert person.post("workbench:here", row.code, c=token, at=at).status_code == 302
    assert Participation.objects.filter(state="came").count() == 1


def test_two_of_one_name_keep_what_is_written_of_each(world, client):
    """A record of which only a number is mended says of each what it said; a new line must say whose."""
    row = announced(world)
    with on_the_day(row):
        actions.tick(row.code, by=world.convener, people=[world.member.key])
    person = Signed(client, world)("convener")
    with clock.at(row.ends_at):
        how = {"free_clinic_visits": "34", "lead": [world.convener.key]}
        assert step(person, row, "record", **how, did="岳委员：量血压\n段委员：看片子").status_code == 302
    Person.objects.filter(key__in=[world.member.key, world.convener.key]).update(name="岳委员")
    lines = "岳委员：看片子\n岳委员：量血压"
    assert lines in person.get("desk:activity", row.code).text
    assert step(person, row, "mend", free_clinic_visits="35", did=lines).status_code == 302
    kept = {one.person: str(one.did) for one in Participation.objects.filter(activity=row)}
    assert kept == {world.member.key: "量血压", world.convener.key: "看片子"}
    answer = step(person, row, "mend", free_clinic_visits="35", did="岳委员：写用药卡")
    assert (answer.status_code, "不止一位「岳委员」" in answer.text) == (422, True)


def test_who_did_what_is_written_a_line_each_and_read_by_who_was_there(world, client):
    row = announced(world)
    actions.invite(row.code, by=world.convener, people=[world.member2.key])
    with on_the_day(row):
        actions.tick(row.code, by=world.convener, people=[world.member.key])
    person = Signed(client, world)("convener")
    with clock.at(row.ends_at):
        assert "岳委员：</textarea>" in person.get("desk:activity", row.code).text
        how = {"free_clinic_visits": "34", "lead": [world.convener.key], "helpers": "尤护士长：登记"}
        for line, ask in (("何委员：量血压", "到了的委员里没有"), ("量血压的是岳委员", "姓名：做了什么")):
            answer = step(person, row, "record", **how, did=line)
            assert (answer.status_code, line in answer.text, ask in answer.text) == (422, True, True)
        did = "岳委员：量血压\n段委员: 看片子\n岳委员：写用药卡\n何委员："
        assert step(person, row, "record", **how, did=did).status_code == 302
    page = person.get("desk:activity", row.code).text
    assert "岳委员：量血压，写用药卡" in page  # on the form to mend it
    assert "段委员看片子" in page  # in the draft for the public
    assert "来帮忙的登记" in page
    for name in ("leader", "auditor"):
        assert "量血压，写用药卡" in person(name).get("desk:activity", row.code).text
    assert "量血压，写用药卡" in person("member").get("workbench:activity", row.code).text
    assert "量血压，写用药卡" not in person("member2").get("workbench:activity", row.code).text
    answer = step(person("convener"), row, "mend", free_clinic_visits="34", did="岳委员：量血糖")
    assert answer.status_code == 302
    page = person("member").get("workbench:activity", row.code).text
    assert ("量血糖" in page, "写用药卡" in page) == (True, False)
