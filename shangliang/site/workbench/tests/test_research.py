"""A member writes a research report at the workbench with a team, and follows what becomes of it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.flow.research import actions
from shangliang.flow.research.models import Research, Visit
from shangliang.flow.research.tests.story import (
    SAID,
    again,
    drafted,
    endorsed,
    noted,
    put_right,
    sent,
    study,
    submitted,
)
from stories.pages import Signed, photo

FORM = {"title": SAID.title, "findings": SAID.findings, "advice": SAID.advice, "to": ["government", "own"]}


def step(person, row, move, **said):
    row = again(row)
    return person.post("workbench:research_move", row.code, move, seen=row.version, **said)


def test_written_with_a_team_and_visits_handed_in_and_followed(world, client):
    person = Signed(client, world)("member")
    assert "您还没有参加过" in person.get("workbench:researches").text
    assert person.post("workbench:research_write", title="短").status_code == 422
    assert person.post("workbench:research_write", **FORM).status_code == 302
    row = Research.objects.get()
    answer = step(person, row, "submit", **{**FORM, "advice": ""})
    assert answer.status_code == 422
    assert "一行一条" in answer.text
    assert again(row).texts[2].startswith("把管护费")  # nothing of a refused sending is kept
    answer = step(person, row, "submit", **FORM)
    assert answer.status_code == 422
    assert "还没有一次走访" in answer.text
    assert step(person, row, "name", member=world.convener.key, writer="on").status_code == 302
    assert step(person, row, "name", member=world.deputy.key).status_code == 302
    assert step(person, row, "name", member=world.deputy.key).status_code == 422
    assert step(person, row, "add_visit", on="", place="石桥村").status_code == 422
    on = clock.today().isoformat()
    assert step(person, row, "add_visit", on=on, place="石桥村", whom="村委会").status_code == 302
    page = person.get("workbench:research", row.code).text
    assert page.index("岳委员") < page.index("段委员") < page.index("汪委员")
    assert step(person, row, "submit", **FORM).status_code == 302
    actions.accept(row.code, by=world.officer, seen=None, to=["government"], departments=[])
    actions.sign(row.code, by=world.leader, seen=None)
    noted(world, again(row), "adopt", pieces=["2"])
    endorsed(world, row)
    for name in ("member", "convener", "deputy"):
        page = person(name).get("workbench:research", row.code).text
        assert "政府采纳第 2 条建议" in page
        assert "示例县县长批示" in page
        assert "<textarea" not in page
    assert "示例县县长批示" in person.get("workbench:researches").text  # the last that became of it


def test_who_is_named_sees_it_at_once_and_leaves(world, client):
    row, person = drafted(world), Signed(client, world)
    assert person("convener").get("workbench:research", row.code).status_code == 404
    actions.name(row.code, by=world.member, seen=None, member=world.convener.key, writer=True)
    assert "调研组列了您" in person.get("workbench:today").text
    assert "退出名单" in person.get("workbench:research", row.code).text
    assert step(person, row, "redraft", **FORM).status_code == 403
    assert step(person, row, "leave").status_code == 302
    assert person.get("workbench:research", row.code).status_code == 404
    assert step(person("member"), row, "name", member=world.convener.key).status_code == 422
    assert step(person, row, "leave").status_code == 403


def test_the_lead_writer_takes_back_a_name_and_a_visit(world, client):
    row, person = drafted(world), Signed(client, world)("member")
    step(person, row, "name", member=world.deputy.key)
    step(person, row, "add_visit", on=clock.today().isoformat(), place="石桥村", whom="村委会")
    assert step(person, row, "drop", member=world.deputy.key).status_code == 302
    assert step(person, row, "drop", member=world.deputy.key).status_code == 409
    assert step(person, row, "drop_visit", visit=Visit.objects.get().code).status_code == 302
    assert step(person, row, "drop_visit", visit="nothing").status_code == 409
    assert not again(row).team.filter(left_on=None)
    assert Visit.objects.count() == 0


def test_a_stale_form_is_told_so_and_another_members_report_is_not_to_be_known_of(world, client):
    row, person = drafted(world), Signed(client, world)("member")
    step(person, row, "redraft", **FORM)
    assert person.post("workbench:research_move", row.code, "redraft", seen=1, **FORM).status_code == 409
    assert person("member2").get("workbench:research", row.code).status_code == 404
    assert step(person, row, "redraft", **FORM).status_code == 404
    assert person("officer").get("workbench:researches").status_code == 403
    assert step(person("member"), row, "accept").status_code == 404


def test_a_study_begins_with_who_leads_it_and_shows_what_was_put_right(world, client):
    known = study(world)
    person = Signed(client, world)("member")
    page = client.get("/work/research/write/?kind=study").text
    assert "农业和农村委员会" in page
    said = {**FORM, "kind": "study", "title": "对河道整治的监督式调研"}
    assert person.post("workbench:research_write", **said).status_code == 422
    more = {"led_by": known.led_by.code, "studios": [world.studio.code]}
    assert person.post("workbench:research_write", **said, **more).status_code == 302
    row = sent(world, known)
    today = clock.today().isoformat()
    assert step(person, row, "put_right", words="河道清了两公里", on=today).status_code == 302
    assert "还没有凭据" in person.get("workbench:research", row.code).text
    code = again(row).corrections.get().code
    assert step(person, row, "show", correction=code).status_code == 422
    assert step(person, row, "show", correction=code, evidence=photo()).status_code == 302
    assert "还没有凭据" not in person.get("workbench:research", row.code).text


def test_the_list_asks_as_often_for_many_as_for_one(world, client):
    person = Signed(client, world)("member")

    def one_more(n):
        row = noted(world, sent(world, study(world, topic="")), "adopt", pieces=["1"])
        endorsed(world, row)
        put_right(world, row)
        submitted(world, drafted(world, title=f"关于第{n}件事的调研报告"))

    one_more(0)
    person.get("workbench:researches")
    with CaptureQueriesContext(connection) as one:
        person.get("workbench:researches")
    for n in range(1, 6):
        one_more(n)
    person.get("workbench:researches")
    with CaptureQueriesContext(connection) as many:
        assert "第5件事" in person.get("workbench:researches").text
    assert len(many) == len(one)
