"""The public pages: who reads, who writes, what comes back when something is wrong."""

import secrets

from django.urls import reverse

from shangliang.flow.consultations import actions, queries
from shangliang.flow.consultations.models import DoorCode
from stories import world_topics as told


def send(client, name: str, *args: str, **fields):
    key = {"key": secrets.token_urlsafe(16)}
    return client.post(reverse(f"consultations:{name}", args=args), key | fields)


def page(client, topic, **query):
    return client.get(reverse("consultations:consultation", args=[topic.code]), query)


def test_everybody_reads_an_open_consultation(client, world):
    topic = told.opened(world, asked=(world.farms.code,))
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    html = page(client, topic).content.decode()
    for words in (
        told.QUESTION,
        "登记受损田块",
        "岳委员",
        "农业农村局",
        "这个题目没走这一步",
        "我有参与码",
        "1 人说了，1 条建议",
    ):
        assert words in html
    assert "回到第四步" not in html  # it can't be walked yet


def test_a_raised_topic_is_404_for_strangers_and_shown_to_its_people(client, world):
    topic = told.raised(world)
    assert page(client, topic).status_code == 404
    client.force_login(world.accounts["neighbour_officer"])
    assert page(client, topic).status_code == 404
    client.force_login(world.accounts["member"])
    assert "等政协定题" in page(client, topic).content.decode()


def test_a_member_says_a_piece_and_sees_it_waiting(client, world):
    topic = told.opened(world)
    client.force_login(world.accounts["member"])
    answer = send(
        client, "post", topic.code, words="先数清楚，再谈补多少。", suggestions="登记田块\n\n公示五天\n"
    )
    assert answer.status_code == 302
    html = page(client, topic).content.decode()
    assert "看过就公开" in html
    assert [row.words for row in queries.suggestions(topic)] == []
    client.logout()
    assert "先数清楚" not in page(client, topic).content.decode()


def test_the_same_form_twice_is_one_post(client, world):
    topic = told.opened(world)
    client.force_login(world.accounts["member"])
    form = {"key": secrets.token_urlsafe(16), "words": "先数清楚，再谈补多少。", "suggestions": ""}
    address = reverse("consultations:post", args=[topic.code])
    first, second = client.post(address, form), client.post(address, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert topic.posts.count() == 1


def test_a_fault_keeps_what_was_written(client, world):
    topic = told.opened(world)
    client.force_login(world.accounts["member"])
    answer = send(client, "post", topic.code, words="短", suggestions="")
    assert answer.status_code == 422
    assert "四个字以上" in answer.content.decode()
    answer = send(client, "post", topic.code, words="话" * 2001, suggestions="")
    assert answer.status_code == 422
    assert "话" * 2001 in answer.content.decode()


def test_staff_and_strangers_may_not_post(client, world):
    topic = told.opened(world)
    assert send(client, "post", topic.code, words="我来说一句。").status_code == 403
    client.force_login(world.accounts["officer"])
    assert "您的职务不在这里发言" in page(client, topic).content.decode()
    answer = send(client, "post", topic.code, words="我来说一句。")
    assert answer.status_code == 403
    assert "我来说一句。" in answer.content.decode()


def test_a_guest_comes_in_by_a_door_code(client, world):
    topic = told.opened(world)
    [code] = actions.print_door_codes(topic.code, by=world.officer, number=1)
    assert client.get(reverse("consultations:enter", args=[topic.code])).status_code == 200
    wrong = send(client, "enter", topic.code, code="0000 0000")
    assert wrong.status_code == 422
    assert send(client, "enter", topic.code, code=code.upper()).status_code == 302
    assert "我来说一条" in page(client, topic).content.decode()
    assert send(client, "post", topic.code, words="我家三块田都踩了。").status_code == 302
    assert "我家三块田都踩了。" in page(client, topic).content.decode()
    [post] = topic.posts.all()
    assert (post.participant, post.author_key) == ("door", DoorCode.objects.get().used_by)
    again = type(client)()
    used = send(again, "enter", topic.code, code=code)
    assert used.status_code == 422
    sentence = "这个码不对，或者已经用过了"
    assert sentence in used.content.decode()
    assert sentence in wrong.content.decode()
    assert send(again, "post", topic.code, words="我也来说一句。").status_code == 403


def test_what_a_guest_sees_is_kept_for_nobody_else_and_the_other_way_round(client, world):
    topic, own = told.opened(world), "我家三块田都踩了。"
    [code] = actions.print_door_codes(topic.code, by=world.officer, number=1)
    send(client, "enter", topic.code, code=code)
    send(client, "post", topic.code, words=own)
    for _look in range(3):  # at the first it is said that it came in, by a cookie that a browser then drops
        assert own in page(client, topic).content.decode()
        for name in [name for name, morsel in client.cookies.items() if not morsel.value]:
            del client.cookies[name]
    stranger = type(client)()
    for _look in range(2):
        assert own not in page(stranger, topic).content.decode()
    assert own in page(client, topic).content.decode()


def test_a_guest_of_one_consultation_is_nobody_in_another(client, world):
    topic, other = told.opened(world), told.opened(world)
    [code] = actions.print_door_codes(topic.code, by=world.officer, number=1)
    send(client, "enter", topic.code, code=code)
    cookie = client.cookies["guest"]
    client.cookies.clear()
    client.cookies["guest"] = cookie.value  # even where the browser would send it everywhere
    assert send(client, "post", other.code, words="我也来说一句。").status_code == 403
    assert send(client, "post", topic.code, words="我也来说一句。").status_code == 302


def test_guessing_door_codes_is_slowed_down(client, world):
    topic = told.opened(world)
    seen = [send(client, "enter", topic.code, code=f"0000000{n % 10}").status_code for n in range(12)]
    assert seen == [422] * 10 + [429] * 2


def test_the_author_of_a_withheld_post_reads_why_and_mends(client, world):
    topic = told.opened(world)
    client.force_login(world.accounts["member"])
    send(client, "post", topic.code, words="张三家的田最惨。", suggestions="问问张三")
    [post] = topic.posts.all()
    post = actions.withhold_post(post.code, by=world.convener, seen=1, reason="personal", detail="张三")
    html = page(client, topic).content.decode()
    assert "有别人的个人信息" in html
    assert "去掉别人的名字" in html
    bad = send(client, "mend", topic.code, post.code, seen=post.review_version, words="", s1="问问那家")
    assert bad.status_code == 422
    stale = send(client, "mend", topic.code, post.code, seen=1, words="有一家最惨。", s1="问问那家")
    assert stale.status_code == 409
    good = send(client, "mend", topic.code, post.code, seen=2, words="有一家最惨。", s1="问问那家")
    assert good.status_code == 302
    client.force_login(world.accounts["member2"])
    assert send(client, "mend", topic.code, post.code, seen=3, words="我来改改。").status_code == 404


def test_a_proposer_judges_once(client, world):
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    [row] = told.sent(world, topic)
    told.done(world, told.answered(world, row))
    client.force_login(world.accounts["member2"])
    assert "请您评一评" not in page(client, topic).content.decode()
    assert send(client, "judge", topic.code, row.code, verdict="solved").status_code == 403
    client.force_login(world.accounts["member"])
    html = page(client, topic).content.decode()
    assert "请您评一评" in html
    assert "checked" not in html  # nothing is chosen beforehand
    assert send(client, "judge", topic.code, row.code, verdict="").status_code == 422
    assert send(client, "judge", topic.code, row.code, verdict="solved", attitude="1").status_code == 302
    html = page(client, topic).content.decode()
    assert "2 位提议人，1 位说解决了，1 位还没说" in html
    assert send(client, "judge", topic.code, row.code, verdict="not").status_code == 409
    other = told.opened(world)
    assert send(client, "judge", other.code, row.code, verdict="not").status_code == 404


def test_minutes_and_answers_stand_on_the_page(client, world):
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    [row] = told.sent(world, topic)
    html = page(client, topic).content.decode()
    for words in ("商定的 2 条", "没谈拢的 1 条", "等答复", "依据建议 1", "草坪村院坝", "另有 14 人"):
        assert words in html
    row = told.answered(world, row, "partly")
    html = page(client, topic).content.decode()
    for words in ("部分采纳", "照章可以办", "分村登记，公示五天"):
        assert words in html


def test_lists_page_by_page_and_by_place(client, world):
    for _n in range(21):
        told.opened(world)
    address = reverse("consultations:list")
    html = client.get(address).content.decode()
    assert html.count('class="mcard') == 20
    more = html.split('class="more"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(address + more).content.decode().count('class="mcard') == 1
    assert client.get(address, {"in": "990102"}).content.decode().count('class="mcard') == 0
    assert client.get(address, {"in": "990000"}).content.decode().count('class="mcard') == 20
    assert client.get(address, {"in": "123456"}).status_code == 404
    assert client.get(address, {"before": "nonsense"}).status_code == 200
    assert "还没有商量完的题目" in client.get(address, {"later": 1}).content.decode()


def test_as_many_queries_for_fifty_posts_as_for_one(client, world):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    with CaptureQueriesContext(connection) as one:
        page(client, topic)
    for n in range(49):
        told.said(world, topic, told.guest(topic, f"guest{n:05}"), f"第 {n} 个人来说。", f"第 {n} 条建议")
    with CaptureQueriesContext(connection) as fifty:
        html = page(client, topic).content.decode()
    assert len(one) == len(fifty)
    assert "50 人说了，50 条建议" in html
    assert "?after=" in html


def test_the_holder_of_a_tracking_code_takes_part_in_their_own_committee(client, world):
    from shangliang.base import clock

    topic = told.raised(world)
    author = told.author(world.founders[0])
    session = client.session
    session["thread"] = {
        "key": author.key, "thread": author.thread, "subject": author.subject, "committee": author.committee,
        "until": int(clock.now().timestamp()) + 600,
    }  # fmt: skip
    session.save()
    assert "等政协定题" in page(client, topic).content.decode()
    topic = told.start(world, topic)
    assert send(client, "post", topic.code, words="我家也踩了三块田。").status_code == 302
    [post] = topic.posts.all()
    assert (post.participant, post.author_key) == ("code", author.key)
    assert "您说的" in page(client, topic).content.decode()


def test_a_kept_page_is_never_stale(client, world, django_assert_max_num_queries):
    topic = told.opened(world)
    assert "还没有公开的话" in page(client, topic).content.decode()
    with django_assert_max_num_queries(4):
        page(client, topic)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    assert "登记受损田块" in page(client, topic).content.decode()
    client.force_login(world.accounts["member"])
    assert "我来说一条" in page(client, topic).content.decode()
    client.logout()
    assert "我有参与码" in page(client, topic).content.decode()
