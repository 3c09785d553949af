"""An officer brings a list of members, sees what is wrong with it, mends it, takes it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base.files import tables
from shangliang.base.people.models import Person
from shangliang.base.ui import spreadsheets
from shangliang.flow.studios import actions
from shangliang.flow.studios.models import Roster

HEAD = ["姓名", "登录名", "界别", "称呼", "工作室"]


def book(*rows):
    return SimpleUploadedFile("名册.xlsx", spreadsheets.as_workbook([HEAD, *rows]))


def test_a_list_is_mended_and_taken(world, at_desk):
    officer = at_desk("officer")
    wrong = officer.post("desk:rosters", file=book(["钟大山", "zhongdashan", "没有界"]))
    assert wrong.status_code == 302
    page = officer.client.get(wrong["Location"])
    assert "没有「没有界」这个界别" in page.text
    assert officer.post("desk:roster_take", Roster.objects.get().code).status_code == 422
    good = officer.post("desk:rosters", file=book(["钟大山", "zhongdashan", "农业界", "养蜂人"]))
    code = good["Location"].strip("/").rpartition("/")[2]
    assert officer.post("desk:roster_take", code).status_code == 302
    assert Person.objects.filter(username="zhongdashan").exists()
    assert "还没有密码" in officer.get("desk:roster", code).text
    assert officer.post("desk:roster_take", code, seen=2).status_code == 409


def test_a_list_that_is_none_comes_back_on_its_page(world, at_desk):
    bad = SimpleUploadedFile("x.xlsx", b"PK\x03\x04nothing")
    answer = at_desk("officer").post("desk:rosters", file=bad)
    assert answer.status_code == 422
    assert "不是 XLSX 表格" in answer.text


def test_the_empty_list_is_taken_along_and_can_be_read(world, at_desk):
    officer = at_desk("officer")
    for form in ("xlsx", "csv"):
        answer = officer.get("desk:roster_template", form)
        rows = tables.rows(SimpleUploadedFile(f"members.{form}", answer.content))
        assert rows == actions.roster_template()
    assert officer.get("desk:roster_template", "exe").status_code == 404


def test_lists_are_the_offices_own(world, at_desk):
    roster = actions.read_roster(
        world.county, by=world.officer, name="x", table=[HEAD, ["钟大山", "zhongdashan"]]
    )
    for who, status in (("auditor", 200), ("neighbour_officer", 404), ("convener", 403), ("leader", 403)):
        assert at_desk(who).get("desk:roster", roster.code).status_code == status
    assert "zhongdashan" not in at_desk("neighbour_officer").get("desk:rosters").text


def test_fifty_lists_and_fifty_wrong_lines_ask_no_more_than_one(world, at_desk):
    officer = at_desk("officer")
    seen = []
    for count in (1, 50):
        table = [HEAD, *(["新人", f"xin{n}", "没有界"] for n in range(count))]
        roster = actions.read_roster(world.county, by=world.officer, name="x", table=table)
        for address in (reverse("desk:rosters"), reverse("desk:roster", args=[roster.code])):
            officer.client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert officer.client.get(address).status_code == 200
            seen.append(len(asked))
        for _n in range(49):
            actions.read_roster(world.county, by=world.officer, name="x", table=table[:2])
    assert seen[:2] == seen[2:]
