"""Research reports at the desk: looked over, signed, sent, what became of them; studies to their close."""

import re
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.base.paper.tests import reading
from shangliang.flow.research import queries
from shangliang.flow.research.tests.story import (
    SAID,
    accepted,
    again,
    drafted,
    noted,
    put_right,
    sent,
    study,
    submitted,
)
from stories.pages import Signed, photo


def step(person, row, move, **said):
    row = again(row)
    return person.post("desk:research_move", row.code, move, seen=row.version, **said)


def addressee(row, whom):
    return row.addressees.get(whom=whom).code


def test_each_step_at_its_own_desk(world, client):
    row, person = submitted(world), Signed(client, world)
    assert SAID.title in person("officer").get("desk:researches").text
    assert step(person, row, "return", words="").status_code == 422
    assert step(person, row, "accept").status_code == 422
    assert step(person, row, "accept", to=["government", "own"]).status_code == 302
    assert step(person, row, "sign").status_code == 403  # looked over and signed by two
    assert SAID.title in person("leader").get("desk:researches").text
    assert step(person, row, "sign").status_code == 302
    assert f"调研报告〔{clock.today().year}〕1号" in person.get("desk:research", row.code).text
    assert person("convener").get("desk:research", row.code).status_code == 200  # of the team
    assert step(person, row, "adopt").status_code == 403
    assert person("other_convener").get("desk:research", row.code).status_code == 404
    assert person("member2").get("desk:researches").status_code == 403


def test_what_was_written_down_wrongly_is_taken_back_with_a_reason(world, client):
    row, person = sent(world), Signed(client, world)("officer")
    assert "收回记错的" not in person.get("desk:research", row.code).text
    noted(world, row, "adopt", pieces=["1", "2"])
    one = queries.standing(row)[0].code
    assert step(person, row, "take_back", outcome=one).status_code == 422
    assert step(person, row, "take_back", outcome=one, words="是另一篇的结果").status_code == 302
    page = person("member").get("workbench:research", row.code).text
    assert "记错了，收回：是另一篇的结果" in page
    assert "政府采纳</span>" not in page


def test_saved_as_pdf_and_as_word_and_found_by_its_words(world, client):
    row, person = sent(world), Signed(client, world)("officer")
    pdf = person.get("desk:research_pdf", row.code)
    assert "attachment" in pdf["Content-Disposition"]
    said = reading.text(pdf.content)
    for words in (
        f"调研报告〔{clock.today().year}〕1号",
        "签发人",
        "一起调研",
        "3．公布电话",
        "石桥村",
        "报送",
    ):
        assert words in said
    text = "".join(
        row.text for row in reading.word(person.get("desk:research_docx", row.code).content).paragraphs
    )
    assert "把管护费列入县里的专项" in text
    assert SAID.title in person.get("desk:researches", q="供水 管护").text
    assert "没有找到" in person.get("desk:researches", q="公交").text
    person("convener")
    draft = drafted(world, by="convener", title="关于乡村公交的调研报告")
    said = reading.text(person.get("workbench:research_pdf", draft.code).content)
    assert "未签发：草稿" in said
    assert "签发人" not in said
    assert "乡村公交" in person.get("workbench:researches", q="公交").text
    assert person("officer").get("desk:research_docx", draft.code).status_code == 404


def test_what_became_of_each_piece_is_written_down(world, client):
    row, person, today = sent(world), Signed(client, world)("officer"), clock.today().isoformat()
    said = {"addressee": addressee(row, "government"), "on": today, "words": "县政府第 8 次常务会议"}
    assert step(person, row, "adopt", **{**said, "words": ""}).status_code == 422
    assert step(person, row, "adopt", pieces=["1", "3"], **said).status_code == 302
    assert step(person, row, "adopt", pieces=["1"], **said).status_code == 409
    assert step(person, row, "acknowledge", **said).status_code == 302
    declined = {**said, "addressee": addressee(row, "own"), "words": "要先立项"}
    assert step(person, row, "decline", pieces=["2"], **declined).status_code == 302
    leader = {"level": "county", "who": "示例县县长", "words": "请水利局研究落实。", "on": today}
    assert step(person, row, "endorse", **leader).status_code == 422
    assert step(person, row, "endorse", scan=photo(), **leader).status_code == 302
    page = person.get("desk:research", row.code).text
    for words in ("政府采纳第 1、3 条建议", "政府肯定", "本级政协领导没有采纳第 2 条建议", "示例县县长批示"):
        assert words in page


def test_a_study_is_not_closed_without_evidence(world, client):
    row, person = sent(world, study(world)), Signed(client, world)("officer")
    answer = step(person, row, "close")
    assert answer.status_code == 422
    assert "还没有记一项整改" in answer.text
    today = clock.today().isoformat()
    assert step(person, row, "put_right", words="河道清了两公里", on=today).status_code == 302
    answer = step(person, row, "close")
    assert answer.status_code == 422
    assert "河道清了两公里" in answer.text
    code = again(row).corrections.get().code
    assert step(person, row, "show", correction=code, evidence=photo()).status_code == 302
    assert step(person, row, "close").status_code == 302
    assert again(row).state == "closed"
    assert step(person, sent(world), "close").status_code == 403


def test_a_form_drawn_before_somebody_elses_step_is_stale_and_its_words_stay(world, client):
    row, person = submitted(world), Signed(client, world)("officer")
    accepted_by_now = step(person, row, "accept", to=["own"])
    assert accepted_by_now.status_code == 302
    answer = person.post("desk:research_move", row.code, "return", seen=1, words="数字再核一核")
    assert answer.status_code == 409
    assert "刚处理过" in answer.text


def test_the_list_asks_as_often_for_many_as_for_one_and_goes_on(world, client):
    person = Signed(client, world)("officer")
    where = "/desk/research/?tab=sent"

    def one_more():
        put_right(world, noted(world, sent(world, study(world)), "adopt", pieces=["1"]))

    one_more()
    client.get(where)
    with CaptureQueriesContext(connection) as one:
        client.get(where)
    for _n in range(21):
        one_more()
    client.get(where)
    with CaptureQueriesContext(connection) as many:
        first = client.get(where).text
    assert len(many) == len(one)
    then = client.get(unescape(re.search(r'href="([^"]*after=[^"]*)"', first).group(1))).text
    shown = [len(set(re.findall(r'href="/desk/research/(\w+)/"', page))) for page in (first, then)]
    assert shown == [20, 2]
    assert "这里现在没有" in person.get("desk:researches").text
    accepted(world)
    assert "这里现在没有" not in person.get("desk:researches").text
