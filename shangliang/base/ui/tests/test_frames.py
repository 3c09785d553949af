"""The frames, large print and language, the refusals, and other people's sign-in pages in our frame."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import RequestFactory

from shangliang.base.ui import refusals, views
from shangliang.base.ui.middleware import Language

TASK = {"rail": [("#", "待办", "inbox", 3, True), (None, "管理", "", None, False)]}


def ask(method="get", path="/x/", data=None, **more):
    request = getattr(RequestFactory(), method)(path, data or {}, **more)
    request.user = AnonymousUser()
    return request


def draw(source, request=None, **context):
    template = engines["jinja2"].from_string(source)
    return template.render({"user": AnonymousUser(), "messages": [], **context}, request or ask())


@pytest.mark.parametrize(
    ("frame", "blocks"),
    [
        ("page", {"body": "<h1>甲</h1>"}),
        ("single", {"head": "<h1>甲</h1>"}),
        ("desk", {"mid": "<h1>甲</h1>", "pane": "<h2>乙</h2>"}),
        ("sheet", {"sheet": "<h1>甲</h1>"}),
    ],
)
def test_a_frame_has_one_of_each(frame, blocks):
    filled = "".join(f"{{% block {name} %}}{inside}{{% endblock %}}" for name, inside in blocks.items())
    source = f'{{% extends "ui/{frame}.html" %}}{{% block title %}}甲{{% endblock %}}{filled}'
    page = draw(source, **TASK)
    for tag in ("<html", "<h1", "<main", 'id="main"', "<title>", 'class="skip"'):
        assert page.count(tag) == 1, tag
    assert 'lang="zh-Hans"' in page
    assert "<title>甲" in page
    assert " style=" not in page


def test_htmx_is_for_the_desk_alone():
    door = draw('{% extends "ui/single.html" %}{% block head %}{% endblock %}')
    desk = draw('{% extends "ui/desk.html" %}{% block mid %}{% endblock %}')
    assert "htmx" not in door
    assert desk.count("htmx.min.js") == 1
    assert "includeIndicatorStyles" in desk


def test_the_sample_strip_is_for_samples_and_the_demonstration():
    page = '{% extends "ui/page.html" %}{% block body %}{% endblock %}'
    assert 'class="sample"' not in draw(page)
    assert 'class="sample"' in draw(page, sample=True)
    assert 'class="sample"' in draw(page, demo=True)
    assert 'class="sample"' not in draw(page, demo=True, sample=False)


def test_large_print_by_address_or_cookie():
    page = '{% extends "ui/page.html" %}{% block body %}{% endblock %}'
    request = ask(path="/x/?elder=1")
    assert 'data-mode="elder"' in draw(page, request)
    assert 'data-mode="elder"' not in draw(page)
    request = ask()
    request.COOKIES["mode"] = "elder"
    assert 'data-mode="elder"' in draw(page, request)


def test_dark_is_for_staff_and_by_choice():
    request = ask()
    request.COOKIES["theme"] = "dark"
    assert "data-theme" in draw('{% extends "ui/desk.html" %}{% block mid %}{% endblock %}', request)
    assert "data-theme" not in draw('{% extends "ui/page.html" %}{% block body %}{% endblock %}', request)


@pytest.mark.parametrize(
    ("path", "cookie", "expected"),
    [
        ("/", "", "zh-hans"),
        ("/", "en", "en"),
        ("/?lang=en", "", "en"),
        ("/?lang=zz", "", "zh-hans"),
        ("/desk/", "en", "zh-hans"),
    ],
)
def test_the_language_is_asked_for_never_guessed(path, cookie, expected):
    from django.http import HttpResponse
    from django.utils.translation import get_language

    request = ask(path=path, headers={"accept-language": "en"})
    if cookie:
        request.COOKIES["language"] = cookie
    spoken = []
    Language(lambda _request: spoken.append(get_language()) or HttpResponse())(request)
    assert spoken == [expected]


@pytest.mark.parametrize("status", [403, 404, 409, 422, 429])
def test_a_refusal_says_what_to_do(status):
    answer = views.refuse(ask(), status)
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1") == 1
    assert 'class="al"' in page


def test_a_conflict_keeps_what_was_typed_and_says_so_first():
    request = ask(
        "post",
        data={
            "words": "三盏灯\n<b>黑着</b>",
            "key": "SECRETKEY",
            "seen": "3",
            "code": "7K3M",
            "other": "别的话",
        },
    )
    page = views.refuse(request, 409, "李干事刚处理过这一件。").content.decode()
    assert "三盏灯\n&lt;b&gt;黑着&lt;/b&gt;</textarea>" in page
    assert "别的话" in page
    assert "您写的话" in page
    assert "SECRETKEY" not in page
    assert "7K3M" not in page
    assert page.index("没有丢") < page.index("李干事刚处理过")


def test_what_was_sent_to_a_thing_that_is_gone_or_hidden_is_kept_and_nothing_is_told_of_it(client, db):
    sent = {"words": "巷口的路灯", "code": "7K3M", "key": "SECRETKEY"}
    answer = client.post("/nowhere/", sent)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "巷口的路灯</textarea>" in page
    assert not [hidden for hidden in ("7K3M", "SECRETKEY") if hidden in page]
    assert "都在下面" not in client.get("/nowhere/").content.decode()


def test_a_body_that_nobody_can_read_is_not_there_either(client, db):
    answer = client.post("/nowhere/", b"--x", content_type="multipart/form-data")
    assert answer.status_code == 404
    many = {f"n{n}": "x" for n in range(2000)}
    assert client.post("/nowhere/", many).status_code == 404


def test_photos_that_must_be_chosen_again_are_named():
    photo = SimpleUploadedFile("a.jpg", b"x")
    page = views.refuse(ask("post", data={"words": "有照片", "photos": photo}), 409).content.decode()
    assert "1 张照片" in page


def test_a_page_left_open_too_long_keeps_the_words():
    answer = views.csrf_failed(ask("post", data={"words": "写了很久"}), "token")
    assert answer.status_code == 403
    assert "写了很久" in answer.content.decode()


def test_what_broke_asks_nothing_of_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = views.broken(ask())
    assert answer.status_code == 500
    assert "不会重复" in answer.content.decode()


def test_passwords_are_never_shown_again():
    assert refusals.typed(ask("post", data={"password": "x", "password1": "y", "words": "话"})) == [
        ("您写的话", "话")
    ]


def test_signing_in_stands_in_our_frame(client, db):
    page = client.get("/accounts/login/").content.decode()
    assert page.count("<html") == page.count("<header") == page.count("<h1") == 1
    assert "都不用登录" in page
    assert 'class="in"' in page


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/password/reset/done/"])
def test_the_other_sign_in_pages_too(client, db, path):
    page = client.get(path).content.decode()
    assert page.count("<html") == page.count("<header") == 1


def test_too_many_tries_get_our_page(db):
    page = engines["jinja2"].get_template("429.html").render({"user": AnonymousUser(), "messages": []}, ask())
    assert "歇一会儿" in page
