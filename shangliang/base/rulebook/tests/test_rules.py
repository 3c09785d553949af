"""A rule is entered, replaced with a reason, made public, repealed; every edition stays; each clock says
where it is written."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.files import queries as files
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import STRANGER
from shangliang.base.places import actions as places
from shangliang.base.rulebook import actions, queries
from shangliang.base.rulebook.values import known


def said(**more):
    day = clock.today() - timedelta(days=30)
    return {
        "title": "清溪县政协委员工作室管理办法", "document": "溪协发〔2026〕3号",
        "issuer": "政协清溪县委员会办公室", "issued_on": day, "since": day, "text": "留言三个工作日内受理。",
        "governs": ["accept_days", "answer_days"],
    } | more  # fmt: skip


def entered(world, **more):
    public = more.pop("public", True)
    return actions.enter(
        more.pop("committee", world.county), by=more.pop("by", world.officer), public=public, **said(**more)
    )


def source(world, key, actor=STRANGER):
    [one] = [one for one in queries.in_force(world.county, actor) if one.value.key == key]
    return one


def test_a_clock_names_the_rule_that_governs_it_and_the_platform_until_there_is_one(world):
    before = source(world, "accept_days")
    assert (before.says, before.edition) == ("3 个工作日", None)
    assert "12345" in before.value.origin
    rule = entered(world)
    assert source(world, "accept_days").edition.rule == rule
    assert source(world, "send_back_days").edition is None
    places.prefer(world.county, "accept_days", 2)
    world.county.refresh_from_db()
    after = source(world, "accept_days")
    assert (after.says, after.set_here) == ("2 个工作日", True)
    actions.repeal(rule.code, by=world.officer, seen=None, reason="并入新的办法")
    assert source(world, "accept_days").edition is None


def test_the_nearest_committee_governs_before_the_level_above(world):
    above = entered(world, committee=world.city, by=world.city_officer)
    assert source(world, "accept_days").edition.rule == above
    own = entered(world, governs=["accept_days"])
    assert source(world, "accept_days").edition.rule == own
    assert source(world, "answer_days").edition.rule == above
    far = queries.in_force(world.neighbour)
    assert next(one for one in far if one.value.key == "accept_days").edition.rule == above


def test_a_new_edition_stands_beside_the_old_one_and_says_why(world):
    rule = entered(world)
    soon = clock.today() + timedelta(days=10)
    with pytest.raises(ValidationError, match="写明为什么换"):
        actions.replace(rule.code, by=world.officer, seen=rule.version, reason="", **said(since=soon))
    early = said(since=clock.today() - timedelta(days=90))
    with pytest.raises(ValidationError, match="不能早于"):
        actions.replace(rule.code, by=world.officer, seen=rule.version, reason="改了", **early)
    rule.refresh_from_db()
    new = said(since=soon, title="清溪县政协委员工作室管理办法（修订）", text="留言两个工作日内受理。")
    actions.replace(rule.code, by=world.officer, seen=rule.version, reason="群众嫌三天太久", **new)
    second, first = queries.editions(rule)
    assert first.text == "留言三个工作日内受理。"
    assert (second.number, second.reason) == (2, "群众嫌三天太久")
    assert queries.current([rule])[rule.pk] == first  # the new one has not begun
    assert queries.current([rule], soon)[rule.pk] == second
    assert Act.objects.filter(name="rule_replaced").get().facts["edition"] == 2
    with pytest.raises(NotNow, match="别人刚处理过"):
        actions.replace(rule.code, by=world.officer, seen=1, reason="再改", **new)


def test_an_edition_that_has_ended_governs_nothing(world):
    entered(world, until=clock.today() - timedelta(days=1))
    assert source(world, "accept_days").edition is None


def test_who_keeps_the_book_and_who_reads_it(world):
    rule = entered(world, public=False)
    for name in ("member", "convener", "deputy", "leader", "auditor", "officer"):
        assert queries.rule(rule.code, getattr(world, name)) == rule
    for actor in (STRANGER, world.handler, world.neighbour_officer, world.city_officer, world.operator):
        with pytest.raises(Unseen):
            queries.rule(rule.code, actor)
    for name in ("member", "convener", "leader", "auditor"):
        with pytest.raises(NotYours):
            actions.publish(rule.code, by=getattr(world, name), seen=rule.version)
        with pytest.raises(NotYours):
            entered(world, by=getattr(world, name))
    assert source(world, "accept_days").edition is None
    assert source(world, "accept_days", world.member).edition.rule == rule
    actions.publish(rule.code, by=world.officer, seen=rule.version)
    assert queries.rule(rule.code, STRANGER) == rule
    with pytest.raises(NotNow, match="已经公开了"):
        actions.publish(rule.code, by=world.officer, seen=None)


def test_a_rule_needs_words_or_a_paper_and_governs_only_what_there_is(world):
    with pytest.raises(ValidationError, match="正文"):
        entered(world, text=" ")
    with pytest.raises(ValidationError, match="没有「nonsense」"):
        entered(world, governs=["nonsense"])
    with pytest.raises(ValidationError, match="哪个单位"):
        entered(world, issuer="")
    with pytest.raises(ValidationError, match="不能早于"):
        entered(world, until=clock.today() - timedelta(days=60))
    bad = SimpleUploadedFile("办法.pdf", b"<zqb>", "application/pdf")
    with pytest.raises(ValidationError):
        entered(world, paper=[bad])
    assert not Act.objects.filter(name="rule_entered").exists()


def test_a_paper_opens_for_whoever_reads_the_rule(world):
    paper = SimpleUploadedFile("办法.pdf", b"%PDF-1.7\n...\n%%EOF\n", "application/pdf")
    rule = entered(world, public=False, text="", paper=[paper])
    [edition] = queries.editions(rule)
    [file] = files.of([edition.subject])[edition.subject]
    assert queries.may_open([world.member], edition.code)
    assert not queries.may_open([STRANGER, world.neighbour_officer], edition.code)
    assert not files.public(file)
    actions.publish(rule.code, by=world.officer, seen=None)
    assert files.public(file)


def test_repealing_says_when_and_why_and_the_rule_stays_readable(world, client):
    rule = entered(world)
    day = clock.today() + timedelta(days=1)
    with pytest.raises(ValidationError, match="还没到"):
        actions.repeal(rule.code, by=world.officer, seen=None, reason="并入", on=day)
    with pytest.raises(ValidationError, match="为什么废止"):
        actions.repeal(rule.code, by=world.officer, seen=None, reason="")
    actions.repeal(rule.code, by=world.officer, seen=None, reason="并入新的办法")
    page = client.get(reverse("rulebook:rule", args=[rule.code])).text
    assert "废止" in page
    assert "并入新的办法" in page
    assert "留言三个工作日内受理" in page
    with pytest.raises(NotNow, match="废止"):
        actions.replace(rule.code, by=world.officer, seen=None, reason="改", **said())


# ── Pages ──
def test_the_list_is_searched_by_title_and_shows_no_strangers_what_is_kept_in(world, client):
    entered(world)
    entered(world, title="清溪县政协内部值班安排", public=False)
    everything = client.get(reverse("rulebook:list")).text
    assert "管理办法" in everything
    assert "内部值班" not in everything
    assert "没有找到" in client.get(reverse("rulebook:list"), {"q": "值班"}).text
    assert "管理办法" in client.get(reverse("rulebook:list"), {"q": "工作室 办法", "in": "990101"}).text
    assert "管理办法" not in client.get(reverse("rulebook:list"), {"in": "990102"}).text
    client.force_login(world.accounts["member"])
    assert "内部值班" in client.get(reverse("rulebook:list")).text


def test_a_page_shows_the_edition_that_is_asked_for(world, client):
    rule = entered(world)
    actions.replace(
        rule.code,
        by=world.officer,
        seen=None,
        reason="群众嫌三天太久",
        **said(text="两天。", since=clock.today()),
    )
    where = reverse("rulebook:rule", args=[rule.code])
    now, before = client.get(where).text, client.get(where, {"edition": "1"}).text
    assert "两天。" in now
    assert "现行" in now
    assert "留言三个工作日内受理" in before
    assert "看现行的第 2 版" in before
    for odd in ("3", "x", "0"):
        assert client.get(where, {"edition": odd}).status_code == 404
    assert "多少天内说办不办" in now


def test_what_holds_here_is_one_page_for_every_committee(world, client):
    rule = entered(world)
    page = client.get(reverse("rulebook:values", args=["990101"])).text
    assert all(f'id="{key}"' in page for key in known())
    assert reverse("rulebook:rule", args=[rule.code]) in page
    assert "平台规则" in page
    assert client.get(reverse("rulebook:values", args=["000000"])).status_code == 404


@pytest.mark.parametrize("name", ["rulebook:list", "rulebook:values"])
def test_pages_ask_as_often_for_many_rules_as_for_one(world, client, name):
    args = ["990101"] if name == "rulebook:values" else []
    entered(world)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(name, args=args))
    for n in range(10):
        entered(world, title=f"第 {n} 件办法")
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(name, args=args))
    assert len(one) == len(many)
