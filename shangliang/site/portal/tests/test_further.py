"""The author's further moves at their page, and merging from the desk to both threads, over HTTP."""

import re
import secrets
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.files import queries as files
from shangliang.flow.activities import actions as activities
from shangliang.flow.activities.tests.story import planned_for
from shangliang.flow.proposals import actions as proposals
from shangliang.flow.proposals.tests import story as filers
from shangliang.flow.proposals.tests.story import ANSWER, TEXT
from shangliang.flow.reports import actions as reports
from shangliang.flow.reports.tests.story import SAID, endorsed
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.tests.conftest import Story, moment
from stories.pages import Signed, photo

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
THREAD = "/track/thread/"


class Author:
    """The holder of a code at the page of their thread, in a browser of their own."""

    def __init__(self, story):
        self.browser = Client()
        self.browser.post("/track/", {"code": story.code})

    def page(self):
        return self.browser.get(THREAD).text

    def send(self, move, **said):
        """Send the form of this move as it stands on the page."""
        form = re.search(rf'<form[^>]*action="{THREAD}{move}/".*?</form>', self.page(), re.DOTALL)
        assert form, move
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
        return self.browser.post(f"{THREAD}{move}/", hidden | said)


@pytest.fixture
def story(world):
    return Story(world)


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def test_made_private_then_withdrawn(story):
    voice = story.to("taken_up", public=True, phone="13812345678")
    actions.show(voice.code, by=story.world.officer, seen=1)
    author, public = Author(story), reverse("voices:voice", args=[voice.code])
    assert Client().get(public).status_code == 200
    assert author.send("private").status_code == 303
    assert Client().get(public).status_code == 404
    assert "只给工作室看，别人看不到" in author.page()
    unsure = author.send("withdraw")
    assert unsure.status_code == 422
    assert "想好了，就在这里打个勾" in unsure.text
    assert author.send("withdraw", sure="on").status_code == 303
    page = author.page()
    for seen in ("您撤回了", "不再往下办", "您写的话只有办事的人看得到", "删掉"):
        assert seen in page
    for gone in ('name="sure"', 'id="say"', "13812345678", "138 ****"):
        assert gone not in page
    assert fresh(voice).state == "withdrawn"


def test_the_verdict_is_changed_within_a_week(story):
    voice = story.to("closed")
    author = Author(story)
    assert "改评价" in author.page()
    assert author.send("change", verdict="not", missing="当晚又黑了").status_code == 303
    page = author.page()
    assert "从「解决了」改成「没解决」" in page
    assert "当晚又黑了" in page
    assert "您说的记下了，不算办成" in re.sub(r"<[^>]+>|\u200b", "", page)
    with clock.at(clock.now() + timedelta(days=8)):
        late = Author(story)
        assert "改评价" not in late.page()
        form = {"key": secrets.token_urlsafe(16), "seen": fresh(voice).version, "verdict": "solved"}
        assert late.browser.post(f"{THREAD}change/", form).status_code == 409


def test_with_the_changed_verdict_it_is_to_be_done_once_more(story):
    voice = story.to("answered", public=True)
    actions.show(voice.code, by=story.world.officer, seen=1)
    actions.confirm(voice.code, by=story.by(voice), seen=voice.version)
    author = Author(story)
    assert author.page().count('name="again"') == 1
    solved = author.send("change", verdict="solved", again="on")
    assert solved.status_code == 422
    assert "说了解决，就不用再办一次" in solved.text
    assert author.send("change", verdict="not", missing="当晚又黑了", again="on").status_code == 303
    page = author.page()
    for seen in ("退回工作室再办一次了", "您改了评价，请再办一次", "当晚又黑了"):
        assert seen in page
    assert 'name="again"' not in page
    public = Client().get(reverse("voices:voice", args=[voice.code])).text
    assert "留言人改了评价，请再办一次" in public
    assert "当晚又黑了" not in public
    again = fresh(voice)
    assert (again.state, again.round) == ("taken_up", 2)
    actions.answer(voice.code, by=story.world.convener, seen=again.version, words="换了线。")
    actions.confirm(voice.code, by=story.by(voice), seen=fresh(voice).version)
    page = author.page()
    assert "改评价" in page
    assert 'name="again"' not in page, "once a voice"


def judges(story, seen):
    said = {"key": secrets.token_urlsafe(16), "seen": seen, "verdict": "not", "missing": "南头两盏没换"}
    return Author(story).browser.post(f"{THREAD}judge/", said)


def test_who_judges_on_an_old_page_reads_what_happened_meanwhile(story):
    voice, world = story.to("answered"), story.world
    actions.report_progress(voice.code, by=world.convener, seen=None, words="灯头到货了。")
    told = judges(story, voice.version)
    assert told.status_code == 409
    assert "南头两盏没换" in told.text
    assert re.search(r"这之间：\d\d:\d\d，报进展（[^）]*灯头到货了）。", told.text)
    assert fresh(voice).state == "answered"


def test_of_what_they_are_not_told_elsewhere_they_are_not_told_here_either(story):
    voice, world = story.to("answered"), story.world
    actions.hand_over(voice.code, by=world.convener, seen=None, to=world.officer.key)
    told = judges(story, voice.version)
    assert told.status_code == 409
    assert "这之间" not in told.text


def test_four_weeks_later_not_opens_it_for_all_to_see(story):
    voice = story.to("answered", public=True)
    actions.show(voice.code, by=story.world.officer, seen=1)
    actions.confirm(voice.code, by=story.by(voice), seen=voice.version)
    assert "四周了" not in Author(story).page()
    with clock.at(clock.now() + timedelta(days=28)):
        actions.ask_later()
        author = Author(story)
        assert "四周了，再问您一句" in author.page()
        assert author.send("later").status_code == 422
        assert author.send("later", said="not").status_code == 303
        assert "四周了，再问您一句" not in author.page()
        public = Client().get(reverse("voices:voice", args=[voice.code])).text
        assert "四周后，留言人说没好，重新办" in public
        assert "已办成" not in public
    assert fresh(voice).state == "taken_up"


def test_who_would_rather_not_be_asked_says_so_before(story):
    story.to("closed")
    author = Author(story)
    assert author.send("never_later").status_code == 303
    assert "四周后不问您" in author.page()
    with clock.at(clock.now() + timedelta(days=30)):
        assert actions.ask_later() == 0
        assert "四周了" not in Author(story).page()


def test_merged_with_consent_answered_for_both_and_undone(story, world):
    host = story.to("taken_up", words="学校门口那排路灯也黑着，跟村口路灯是一回事。", public=True)
    actions.show(host.code, by=world.officer, seen=1)
    actions.reply(host.code, by=world.officer, seen=None, words="先回一句只给那一件的话")
    voice = story.to("taken_up", public=True)
    actions.show(voice.code, by=world.officer, seen=1)
    due, author, desk = voice.answer_by, Author(story), Signed(Client(), world)("officer")

    similar = desk.get("desk:similar", voice.code).text
    form = re.search(r"<form[^>]*propose_merge.*?</form>", similar, re.DOTALL)[0]
    said = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert said["into"] == host.number
    asked = desk.client.post(
        reverse("desk:voice_move", args=[voice.code, "propose_merge"]), said | {"words": "同一排灯，一起修。"}
    )
    assert asked.status_code == 302
    assert "还没回话；日子照走" in desk.get("desk:voice", voice.code).text
    assert fresh(voice).state == "taken_up"

    page = author.page()
    for seen in ("和另一件一起办，行不行？", "同一排灯，一起修。", host.number, f"/voices/{host.code}/"):
        assert seen in page
    assert author.send("agree_merge").status_code == 303
    assert fresh(voice).state == "merged"
    assert "和另一件一起办" in Client().get(reverse("voices:voice", args=[voice.code])).text
    assert voice.number in desk.get("desk:voice", host.code).text

    paper = [photo()]
    with clock.at(clock.now() + timedelta(days=1)):
        held = actions.assign(host.code, by=world.officer, seen=None, department=world.lamps)
        handler = Signed(Client(), world)("handler")
        pane = handler.get("departments:voice", host.code).text
        assert "并进来的" in pane
        assert voice.number not in pane  # the department learns how many, not whose
        actions.answer(host.code, by=world.handler, seen=held.version, words="两排灯都换了。", uploads=paper)
        author = Author(story)
        page = author.page()
        for seen in ("两排灯都换了。", "那一件：答复", "和这一件一起办"):
            assert seen in page
        assert "只给那一件的话" not in page
        [file] = set(re.findall(r"/files/\w+/small/", page))
        assert author.browser.get(file).status_code == 200

        assert author.send("unmerge").status_code == 303
        page = author.page()
        assert "两排灯都换了。" not in page
        assert "拆开了，接着单独办" in page
    assert (fresh(voice).state, fresh(voice).answer_by, fresh(voice).due_by) == ("taken_up", due, due)


def test_papers_of_a_private_host_open_for_the_merged_author_only_and_only_since_then(story, world):
    host = story.to("answered", words="学校门口的灯也黑着。")
    early = actions.report_progress(
        host.code, by=world.convener, seen=None, words="先看了。", uploads=[photo()]
    )
    again = actions.reopen(host.code, by=story.by(early), seen=early.version, verdict="not")
    voice = story.to("taken_up")
    author = Author(story)
    story.leave(words="别的事，河边栏杆断了。")
    stranger = Author(story)  # by the last code
    story.merge(voice, again)
    with clock.at(clock.now() + timedelta(minutes=5)):
        actions.answer(host.code, by=world.convener, seen=None, words="这回换好了。", uploads=[photo()])
        page = author.page()
        assert "这回换好了。" in page
        assert "先看了。" not in page
        [file] = set(re.findall(r"/files/\w+/small/", page))
        assert author.browser.get(file).status_code == 200
        assert stranger.browser.get(file).status_code == 404
        assert Client().get(file).status_code == 404
        old = queries.reports(host)[0]
        [kept] = files.of([old.subject])[old.subject]
        assert author.browser.get(reverse("files:file", args=[kept.code, "small"])).status_code == 404


def test_the_page_of_a_merged_voice_shows_every_step_that_its_author_is_told_of(story, world):
    with clock.at(moment()):
        host, voice = story.to("taken_up", words="学校门口的灯也黑着。"), story.to("taken_up")
        story.merge(voice, host)
    with clock.at(moment() + timedelta(days=42)):
        assert actions.climb()
        author = Author(story)
        assert "那一件：超期了" in author.page()


def test_the_page_shows_what_became_of_the_report_and_nothing_of_its_words(story, world):
    voice = story.leave(words="巷口的灯坏了半年")
    author = Author(story)
    row = reports.draft(world.studio.code, by=world.member, said=SAID, voice=voice.code)
    row = reports.send(row.code, by=world.member, seen=row.version)
    row = reports.pass_on(row.code, by=world.convener, seen=row.version)
    row = reports.check(row.code, by=world.officer, seen=row.version)
    row = reports.sign(row.code, by=world.leader, seen=row.version)
    page = author.page()
    assert "委员据您说的写了社情民意信息" in page
    assert "刊发了" not in page
    reports.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
    endorsed(world, row)
    page = author.page()
    for said in ("据您说的写的信息，刊发了", "据您说的写的信息，领导作了批示"):
        assert said in page
    for hidden in (SAID.title, "请城管局研究办理", "示例市市长"):
        assert hidden not in page
    another = Story(world)
    another.keys = 50
    another.leave(words="别的事，河边栏杆断了。")
    assert "刊发了" not in Author(another).page()


def test_the_page_shows_the_proposals_steps_and_its_title_once_everybody_reads_it(story, world):
    voice = story.leave(words="巷口的灯坏了半年")
    author = Author(story)
    row = proposals.draft(world.county, by=world.member, said=proposals.Draft(**TEXT), voice=voice.code)
    row = proposals.send(row.code, by=world.member, seen=row.version)
    assert "委员据您说的写了提案" in author.page()
    row = filers.filed(world, row)
    filers.assigned(world, row)
    page = author.page()
    for said in ("据您说的写的提案，立案了", "据您说的写的提案，交给单位办了"):
        assert page.count(said) == 1
    for hidden in (TEXT["title"], TEXT["advice"], filers.fresh(row).case_number):
        assert hidden not in page
    filers.answered(world, filers.fresh(row))
    page = author.page()
    assert "据您说的写的提案，答复了" in page
    assert TEXT["title"] in page, "everybody reads it now"
    assert ANSWER["text"] not in page
    another = Story(world)
    another.keys = 50
    another.leave(words="别的事，河边栏杆断了。")
    assert "据您说的写的提案" not in Author(another).page()


def test_the_page_shows_what_is_handled_in_the_place_of_a_merged_proposal(story, world):
    voice = story.leave(words="巷口的灯坏了半年")
    head = filers.filed(world, title="关于巷道路灯养护的提案")
    row = proposals.draft(world.county, by=world.member, said=proposals.Draft(**TEXT), voice=voice.code)
    row = filers.checked(world, proposals.send(row.code, by=world.member, seen=None), "merge", into=head.code)
    proposals.merge(row.code, by=world.leader, seen=None)
    filers.assigned(world, filers.fresh(head))
    page = Author(story).page()
    for said in ("立案了，和另一件一起办", "据您说的写的提案，交给单位办了"):
        assert page.count(said) == 1
    assert "巷道路灯养护" not in page


def test_the_page_shows_the_activity_as_far_as_everybody_may_know_of_it(story, world):
    voice = story.leave(words="村里老人想查查眼睛，院墙的事也想请人说说")
    said = [planned_for(), planned_for("dispute", title="张李两家的院墙")]
    rows = [activities.plan(world.studio, by=world.convener, said=one, voice=voice.code) for one in said]
    for row in rows:
        activities.announce(row.code, by=world.convener, seen=row.version)
        activities.cancel(row.code, by=world.convener, seen=None, words="天气不好，改日再办")
    page = Author(story).page()
    assert page.count("据您说的办的活动，取消了") == 1, "a mediation is never public"
    assert "东街社区周末义诊" in page
    assert "张李两家的院墙" not in page


def test_what_happened_to_the_activity_is_new_once(story, world):
    voice = story.leave(words="村里老人想查查眼睛")
    row = activities.plan(world.studio, by=world.convener, said=planned_for(), voice=voice.code)
    row = activities.announce(row.code, by=world.convener, seen=row.version)
    Author(story)
    with clock.at(clock.now() + timedelta(minutes=5)):
        activities.cancel(row.code, by=world.convener, seen=None, words="天气不好，改日再办")
        new = re.compile(r">新</span>\s*<b[^>]*>据您说的办的活动，取消了")
        assert new.search(Author(story).page())
        assert not new.search(Author(story).page())


def test_the_author_says_no(story, world):
    host = story.to("taken_up", words="学校门口的灯也黑着。")
    voice = story.to("taken_up")
    actions.propose_merge(
        voice.code, by=world.officer, seen=voice.version, into=host.number, words="同一排灯。"
    )
    author = Author(story)
    assert author.send("decline_merge").status_code == 303
    assert "您要单独办" in author.page()
    assert "行不行？" not in author.page()
    assert "本人说单独办" in Signed(Client(), world)("officer").get("desk:voice", voice.code).text
