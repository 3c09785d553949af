"""What each of those who came did, and each helper: on the record, in the draft for the public."""

import pytest
from django.core.exceptions import ValidationError

from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people.actor import CLOCK
from shangliang.base.people.models import Post
from shangliang.flow.activities import actions, queries, said
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.models import Participation

from .story import afterwards, held

HELPERS = "尤护士长：登记、分诊\n毛医生"


def did(row):
    return said.doings(queries.parts(row))


def doing(world, **words):
    return {getattr(world, name).key: what for name, what in words.items()}


def erased(world, name):
    account = world.accounts[name]
    for post in Post.objects.filter(holder=account):
        people.end_post(post, by=CLOCK.key, on=post.since)
    people.erase_account(account, by=CLOCK)
    people.finish_erasures()


def test_a_record_says_who_did_what_under_each_ones_own_key(world):
    how = {"did": doing(world, member=" 量血压、  写用药卡 "), "helpers": HELPERS}
    row = held(world, how=how)
    assert did(row) == doing(world, member="量血压、 写用药卡")
    assert (str(row.helpers), row.helpers_count) == (HELPERS, 2)
    kept = str(list(Participation.objects.filter(activity=row).values()))
    told = str(list(Act.objects.filter(subject=row.subject).values("facts")))
    assert "血压" not in kept + told
    other = afterwards(world, how={"did": doing(world, convener="开车", member="背老人")})
    assert did(other) == doing(world, convener="开车", member="背老人")


def test_it_is_mended_and_only_of_who_came(world):
    row = held(world, how={"did": doing(world, member="量血压")})
    for words, ask in ((doing(world, member2="登记"), "到了的"), (doing(world, member="字" * 61), "60 个字")):
        again = Record(measures={"free_clinic_visits": 34}, did=words)
        with pytest.raises(ValidationError, match=ask) as wrong:
            actions.mend(row.code, by=world.convener, seen=None, said=again)
        assert list(wrong.value.message_dict) == ["did"]
        with pytest.raises(ValidationError, match=ask):
            held(world, how={"did": words})
    assert did(row) == doing(world, member="量血压")
    again = Record(measures={"free_clinic_visits": 34}, did=doing(world, convener="看片子"))
    actions.mend(row.code, by=world.convener, seen=None, said=again)
    assert did(row) == doing(world, convener="看片子")
    with pytest.raises(ValidationError, match="做了什么"):
        held(world, how={"helpers": "毛医生：" + "字" * 61})


def test_who_was_struck_did_nothing_there(world):
    row = held(world, how={"did": doing(world, member="量血压", convener="看片子")})
    actions.strike(row.code, by=world.convener, person=world.member.key, words="那天没有来")
    assert did(row) == doing(world, convener="看片子")


def test_the_draft_names_members_and_no_helper(world):
    row = held(world, how={"did": doing(world, member="量血压"), "helpers": HELPERS}, about="")
    text = said.text(row, {"free_clinic_visits": 34}, ["段委员"], 2, [("岳委员", "量血压")])
    assert text.splitlines()[1:] == [
        "2名委员参加，段委员牵头，2名热心人来帮忙。", "岳委员量血压；来帮忙的登记、分诊。", "义诊34人次。",
    ]  # fmt: skip
    assert "尤护士长" not in text


def test_an_erased_account_leaves_nothing_of_what_it_did(world):
    row = held(world, how={"did": doing(world, member="量血压")})
    erased(world, "member")
    assert did(row) == {}
    assert str(Participation.objects.get(activity=row, person=world.member.key).did) == "已按本人要求删除"
    record = Record(measures={"free_clinic_visits": 35}, did=doing(world, member="量血压"))
    with pytest.raises(ValidationError, match="注销"):
        actions.mend(row.code, by=world.convener, seen=None, said=record)
    actions.mend(row.code, by=world.convener, seen=None, said=Record(measures={"free_clinic_visits": 35}))
    assert str(Participation.objects.get(activity=row, person=world.member.key).did) == "已按本人要求删除"
