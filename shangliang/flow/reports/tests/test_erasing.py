"""A resident has their words deleted that a report had taken over."""

from shangliang.base import search
from shangliang.base.people.actor import STRANGER
from shangliang.flow.reports import actions, outcomes, queries
from shangliang.flow.reports.actions import Draft
from shangliang.flow.reports.actions.erasing import pieces
from shangliang.flow.reports.models import Item, OpinionReport
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.queries import author_of

from .story import SAID

WORDS = "麒麟桥头的栏杆松了半截。娃娃放学从那儿过，前天差点掉下去！"
KEPT = "这样的桥全县还有七座，都没有人管。"


def from_a_voice(world):
    voice, _code = voices.leave(world.studio, by=STRANGER, words=WORDS, public=True, form_key="k" * 22)
    voice = voices.show(voice.code, by=world.officer, seen=voice.review_version)
    began = outcomes.from_voice(voice)
    assert WORDS.rstrip("！") in began["situation"]  # so that there is something to be deleted
    said = Draft(**{**vars(SAID), **began, "situation": began["situation"] + KEPT})
    return voice, actions.draft(world.studio.code, by=world.member, said=said, voice=voice.code)


def everywhere(report):
    rows = [
        OpinionReport.objects.get(pk=report.pk),
        *report.versions.all(),
        *Item.objects.filter(report=report),
    ]
    return rows, "".join("".join(row.texts) for row in rows)


def found(world):
    return search.newest("opinion_report", "栏杆", queries.reports(), world.county.path, size=9)[0]


def test_what_a_report_took_over_goes_with_the_voice_and_the_members_own_words_stay(world):
    voice, report = from_a_voice(world)
    report = actions.send(report.code, by=world.member, seen=report.version)
    report = actions.pass_on(report.code, by=world.convener, seen=report.version)
    report = actions.check(report.code, by=world.officer, seen=report.version)
    report = actions.sign(report.code, by=world.leader, seen=report.version)
    actions.issue(world.county, by=world.officer, reports=[report.code], to_own=True, to_upper=False)
    rows, said = everywhere(report)
    assert len(rows) >= 3
    assert said.count("栏杆松了半截") >= 3
    assert found(world) == [report]
    voices.erase(voice.code, by=author_of(voice))
    _rows, said = everywhere(report)
    assert "栏杆" not in said
    assert "掉下去" not in said
    assert "已按本人要求删除" in said
    assert said.count(KEPT.rstrip("。")) == len(rows)
    assert found(world) == []


def test_a_report_of_ones_own_words_is_left_alone(world):
    voice, report = from_a_voice(world)
    actions.redraft(report.code, by=world.member, seen=report.version, said=SAID)
    voices.erase(voice.code, by=author_of(voice))
    assert OpinionReport.objects.get(pk=report.pk).situation == SAID.situation


def test_pieces_are_the_whole_its_sentences_and_clauses_the_longest_first():
    assert pieces(WORDS)[0] == WORDS
    assert "娃娃放学从那儿过，前天差点掉下去" in pieces(WORDS)
    assert "娃娃放学从那儿过" in pieces(WORDS)
    assert pieces("好的。") == []


def test_a_clause_and_a_report_that_goes_on_lose_it_too(world):
    voice, report = from_a_voice(world)
    clause = "娃娃放学从那儿过"
    said = Draft(**{**vars(SAID), "situation": f"有人说{clause}，大家都担心。{KEPT}"})
    report = actions.redraft(report.code, by=world.member, seen=report.version, said=said)
    report = actions.send(report.code, by=world.member, seen=report.version)
    later = actions.draft(world.studio.code, by=world.member, said=said, follows=report.code)
    voices.erase(voice.code, by=author_of(voice))
    for one in (report, later):
        _rows, words = everywhere(one)
        assert clause not in words
        assert KEPT.rstrip("。") in words
