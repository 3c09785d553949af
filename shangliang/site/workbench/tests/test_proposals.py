"""A member writes a proposal at the workbench, has it signed, and rates its answer."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.files import queries as files
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.flow.proposals import actions
from shangliang.flow.proposals.actions import Draft
from shangliang.flow.proposals.models import Proposal, Rating, Signature
from shangliang.flow.proposals.tests.story import (
    TEXT,
    answered,
    assigned,
    checked,
    drafted,
    filed,
    fresh,
    invited,
    joint,
    sent,
    signature,
)
from shangliang.flow.reports import actions as reports
from stories.pages import Signed, photo

FORM = {**TEXT, "kind": "joint", "body": "", "may_publish": "on"}
RATING = {
    "visited": "visited", "attitude": "satisfied", "heard": "phone", "aimed": "fully", "result": "agree",
    "score": "92", "words": "",
}  # fmt: skip


def test_written_signed_and_sent(world, client):
    person = Signed(client, world)("member")
    assert "您还没有提过" in person.get("workbench:proposals").text
    answer = person.post("workbench:proposal_write", committee="990101", **{**FORM, "title": "短"})
    assert answer.status_code == 422
    assert TEXT["advice"] in answer.text
    assert person.post("workbench:proposal_write", committee="990101", **FORM).status_code == 302
    row = Proposal.objects.get()
    until = clock.today() + timedelta(days=3)
    for wrong in ("没有这个人", "岳委员"):
        answer = person.post(
            "workbench:proposal_move",
            row.code,
            "invite",
            seen=fresh(row).version,
            members=wrong,
            sign_by=until,
        )
        assert answer.status_code == 422
        assert "没有这几位" in answer.text
    said = {"members": "何委员、吕委员", "sign_by": until}
    assert (
        person.post(
            "workbench:proposal_move", row.code, "invite", seen=fresh(row).version, **said
        ).status_code
        == 302
    )
    page = person.get("workbench:proposal", row.code).text
    assert "收回来改" in page
    assert "<textarea" not in page
    other = Signed(client, world)("member2")
    assert "请您联名" in other.get("workbench:proposals").text
    assert TEXT["situation"] in other.get("workbench:proposal", row.code).text
    assert other.post("workbench:proposal_move", row.code, "sign").status_code == 302
    third = Signed(client, world)("other_member")
    assert third.post("workbench:proposal_move", row.code, "decline").status_code == 302
    assert (
        Signed(client, world)("member")
        .post("workbench:proposal_move", row.code, "send", seen=fresh(row).version)
        .status_code
        == 302
    )
    assert fresh(row).state == "sent"
    assert list(Signature.objects.order_by("number").values_list("state", flat=True)) == [
        "signed", "signed", "declined"
    ]  # fmt: skip


def test_what_was_written_is_kept_when_it_cannot_be_sent_or_is_stale(world, client):
    row = drafted(world)
    person = Signed(client, world)("member")
    said = {**FORM, "kind": "individual", "advice": ""}
    answer = person.post("workbench:proposal_move", row.code, "send", seen=fresh(row).version, **said)
    assert answer.status_code == 422
    assert "具体的建议" in answer.text
    assert str(fresh(row).advice) == TEXT["advice"]
    answer = person.post("workbench:proposal_move", row.code, "redraft", seen=row.version + 4, **said)
    assert answer.status_code == 409


def test_who_mends_what_came_back_is_told_that_others_read_it(world, client):
    row = sent(world)
    actions.return_(row.code, by=world.officer, seen=None, words="写明是哪几条巷子。")
    said = {**FORM, "kind": "individual", "advice": "再想想。"}
    person = Signed(client, world)("member")
    assert person.post("workbench:proposal_move", row.code, "redraft", seen=fresh(row).version, **said).url
    page = person.get("workbench:proposal", row.code).text
    assert "提案委和请来联名的委员也看得到" in page
    assert "只有您看得到" not in page


def test_a_merger_that_is_only_proposed_is_not_told(world, client):
    head = assigned(world)
    row = checked(world, sent(world, by="member2", title="关于巷道路灯养护的提案"), "merge", into=head.code)
    assert "并案办理" not in Signed(client, world)("member2").get("workbench:proposal", row.code).text


def test_one_reads_one_s_own_alone(world, client):
    row = drafted(world)
    assert Signed(client, world)("member2").get("workbench:proposal", row.code).status_code == 404
    assert Signed(client, world)("officer").get("workbench:proposals").status_code == 403
    assert client.get("/work/proposals/nothing/").status_code in (403, 404)


def test_earlier_ones_alike_are_fetched_apart_by_who_writes(world, client):
    answered(world, assigned(world))
    row = drafted(world, by="member2", title="关于老旧小区路灯维修的提案")
    writer = Signed(client, world)("member2")
    page = writer.get("workbench:proposal", row.code).text
    assert "看以前相近的" in page
    assert "都说到" not in page
    for told in (
        writer.get("workbench:proposal", row.code, part="alike"),  # where no script runs
        writer.get("workbench:proposal", row.code, part="alike", headers={"HX-Request": "true"}),
    ):
        assert TEXT["title"] in told.text
        assert "都说到" in told.text
    assert "<h1" not in told.text
    other = writer.get("workbench:proposal", row.code, part="nothing", headers={"HX-Request": "true"})
    assert other.status_code == 404
    actions.withdraw(row.code, by=world.member2, seen=row.version)
    gone = writer.get("workbench:proposal", row.code, part="alike", headers={"HX-Request": "true"})
    assert gone.status_code == 404
    assert "都说到" not in writer.get("workbench:proposal", row.code, part="alike").text


def test_whoever_leads_and_whoever_is_asked_to_sign_see_what_changed(world, client):
    scripted = {"HX-Request": "true"}
    row = drafted(world, kind="joint")
    leader = Signed(client, world)("member")
    assert "看各稿" not in leader.get("workbench:proposal", row.code).text
    assert leader.get("workbench:proposal", row.code, part="versions", headers=scripted).status_code == 404
    asked = {"members": [world.member2.key], "sign_by": clock.today() + timedelta(days=3)}
    actions.invite(row.code, by=world.member, seen=None, **asked)
    actions.take_back(row.code, by=world.member, seen=None)
    said = Draft(**{**TEXT, "kind": "joint", "advice": TEXT["advice"] + "并公布报修电话。"})
    actions.redraft(row.code, by=world.member, seen=None, said=said)
    actions.invite(row.code, by=world.member, seen=None, **{**asked, "members": []})
    for name in ("member", "member2"):
        person = Signed(client, world)(name)
        page = person.get("workbench:proposal", row.code).text
        assert "看各稿" in page
        assert "<ins>" not in page
        assert "htmx.min.js" in page
        whole = person.get("workbench:proposal", row.code, part="versions").text  # where no script runs
        alone = person.get("workbench:proposal", row.code, part="versions", headers=scripted).text
        for told in (whole, alone):
            assert "<ins>并公布报修电话。</ins>" in told
        assert "<h1" not in alone
        assert "<ins>" not in person.get("workbench:proposal", row.code, version="1").text
    stranger = Signed(client, world)("other_member")
    assert stranger.get("workbench:proposal", row.code, part="versions").status_code == 404


def test_who_did_not_sign_is_told_to_the_leader_alone(world, client):
    row = invited(world, "member2", "other_member")
    other = signature(row, world.other_member)
    actions.decline(other.code, by=world.other_member, seen=other.version)
    name = world.accounts["other_member"].name
    led = Signed(client, world)("member").get("workbench:proposal", row.code).text
    assert f"3. {name}" in led
    asked = Signed(client, world)("member2").get("workbench:proposal", row.code).text
    assert "2. 何委员" in asked
    assert name not in asked


def test_a_draft_keeps_itself_and_what_came_back_is_kept_when_pressed(world, client):
    """Others read what came back: no half sentence of it is shown to them."""
    draft, back = drafted(world), sent(world, title="关于另一条巷子路灯的提案")
    actions.return_(back.code, by=world.officer, seen=None, words="写明是哪几条巷子。")
    for row, kept in ((draft, True), (back, False)):
        page = Signed(client, world)("member").get("workbench:proposal", row.code).text
        assert ("data-autosave" in page) is kept
        assert ("autosave.js" in page) is kept
        assert ("所以这里不自动存" in page) is not kept


def test_what_is_not_filed_goes_on_as_a_report(world, client):
    row = checked(world, sent(world), "refuse", reason="academic", passed="report")
    actions.refuse(row.code, by=world.leader, seen=None, words="属于学术研讨，转成信息。")
    person = Signed(client, world)("member")
    page = person.get("workbench:proposal", row.code).text
    assert "属于学术研讨的" in page
    report = fresh(row).report
    assert reverse("workbench:report", args=[report.code]) in page
    begun = person.get("workbench:report", report.code).text
    assert TEXT["advice"] in begun
    assert reverse("workbench:proposal", args=[row.code]) in begun
    assert client.get(f"/work/reports/write/?proposal={row.code}").status_code == 404  # it is begun
    assert "草稿在领衔的委员手里" in Signed(client, world)("officer").get("desk:proposal", row.code).text
    reports.send(report.code, by=world.member, seen=report.version)
    office = Signed(client, world)("officer")
    assert reverse("desk:report", args=[report.code]) in office.get("desk:proposal", row.code).text
    assert reverse("desk:proposal", args=[row.code]) in office.get("desk:report", report.code).text


def test_what_became_no_report_before_they_were_begun_may_still_be_written(world, client):
    row = checked(world, sent(world), "refuse", reason="academic", passed="report")
    actions.refuse(row.code, by=world.leader, seen=None, words="属于学术研讨，转成信息。")
    Proposal.objects.update(report=None)
    person = Signed(client, world)("member")
    assert f"?proposal={row.code}" in person.get("workbench:proposal", row.code).text
    assert TEXT["advice"] in client.get(f"/work/reports/write/?proposal={row.code}").text
    Signed(client, world)("member2")
    assert client.get(f"/work/reports/write/?proposal={row.code}").status_code == 404


def test_answered_read_and_rated(world, client):
    row = answered(world, assigned(world, filed(world, joint(world, "member2"))))
    person = Signed(client, world)("member2")
    assert "等您评价" in person.get("workbench:proposals").text
    page = person.get("workbench:proposal", row.code).text
    assert "您来评" in page
    assert "城管局的答复" in page
    wrong = person.post("workbench:proposal_move", row.code, "rate", seen=2, **{**RATING, "score": "101"})
    assert wrong.status_code == 422
    assert person.post("workbench:proposal_move", row.code, "rate", seen=2, **RATING).status_code == 302
    assert Rating.objects.get().signature == signature(row, world.member2)
    assert "您的评价" in person.get("workbench:proposal", row.code).text
    letter = row.handlings.get().answers_given.get()
    answer = person.get("proposals:letter", row.code, letter.pk)
    assert answer.content.startswith(b"%PDF")


def test_a_handlers_own_account_is_refused_and_that_is_written_down(world, client):
    since = clock.today()
    people.grant(
        world.accounts["member"], "handler", committee=world.county, department=world.lamps.code, by="clock",
        since=since,
    )  # fmt: skip
    row = answered(world)
    person = Signed(client, world)("member")
    answer = person.post("workbench:proposal_move", row.code, "rate", seen=2, **RATING)
    assert answer.status_code == 403
    assert "没有评，记下了" in answer.text
    assert not Rating.objects.exists()
    assert Act.objects.get(name="proposal_rating_refused").subject == row.subject


@pytest.mark.django_db(databases=["default", "keyring"])
def test_a_rating_sent_while_somebody_is_helped_is_refused_and_written_down(world, client):
    """The member who signed helps a resident write: on that device nothing else is sent, not their own
    rating either."""
    people.grant(
        world.accounts["member"], "convener", committee=world.county, studio=world.studio.code, by="clock",
        since=clock.today(),
    )  # fmt: skip
    row = answered(world)
    person = Signed(client, world)("member")
    started = person.post("desk:assist", studio=world.studio.code, channel="reception", consent="on")
    assert started.status_code == 302
    answer = person.post("workbench:proposal_move", row.code, "rate", seen=2, **RATING)
    assert answer.status_code == 403
    assert "不能替他办" in answer.text
    assert not Rating.objects.exists()
    told = Act.objects.get(name="assistance_refused")
    assert (told.by, told.facts["what"]) == (world.member.key, "workbench:proposal_move rate")
    person.post("desk:assist_end")
    assert person.post("workbench:proposal_move", row.code, "rate", seen=1, **RATING).status_code == 302
    assert Rating.objects.get().signature == signature(row, world.member)


@pytest.mark.parametrize("name", ["workbench:proposals", "workbench:today"])
def test_as_many_queries_for_one_as_for_many(world, client, name):
    def asked():
        caches["pages"].clear()  # what is kept of the page until the next act
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    Signed(client, world)("member")
    for n in range(2):
        filed(world, title=f"关于第{n}条巷子路灯的提案")
    asked()
    few = asked()
    for n in range(6):
        filed(world, title=f"关于第{n}条街道路灯的提案")
    invited(world, "member2")
    assert asked() == few


def test_a_body_puts_its_seal_on_a_scan_which_goes_with_the_proposal(world, client):
    row, person = drafted(world, kind="party", body="示例党派清溪县委员会"), Signed(client, world)("member")
    where = ("workbench:proposal_move", row.code, "seal")
    assert person.post(*where, seen=row.version).status_code == 422
    assert person.post(*where, seen=row.version, scan=photo()).status_code == 302
    first = files.of([row.seal])[row.seal]
    assert person.post(*where, seen=fresh(row).version, scan=photo()).status_code == 302
    [kept] = files.of([row.seal])[row.seal]  # the later one alone
    assert kept not in first
    address = reverse("files:file", args=[kept.code, "large"])
    assert address in person.get("workbench:proposal", row.code).text
    assert person("officer").client.get(address).status_code == 404
    actions.send(row.code, by=world.member, seen=None)
    assert address in person.get("desk:proposal", row.code).text
    assert person.client.get(address).status_code == 200
    shown = Proposal.objects.filter(pk=row.pk)
    shown.update(public=True)
    assert Client().get(reverse("proposals:proposal", args=[row.code])).status_code == 200
    assert Client().get(address).status_code == 404  # what is public is what was filed, without the scan
    shown.update(public=False)
    own = drafted(world)
    answer = person("member").post(
        "workbench:proposal_move", own.code, "seal", seen=own.version, scan=photo()
    )
    assert answer.status_code == 422
    actions.forget(world.member.key)
    assert not files.of([row.seal])[row.seal]
