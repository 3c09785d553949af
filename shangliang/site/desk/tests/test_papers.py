"""What the desk prints as PDF, read back: its words, and its codes as a phone reads them."""

import pytest
from django.urls import reverse

from shangliang.base.paper.tests import reading

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_the_poster_says_where_when_and_whom_to_call(world, at_desk):
    studio = world.studio
    studio.phone, studio.hours, studio.motto = "0911-0000101", "周一至周五 9:00—17:00", "邻里事，商量着办"
    studio.save()
    answer = at_desk("convener").get("desk:studio_poster_pdf", studio.code)
    assert answer["Content-Type"] == "application/pdf"
    said = reading.text(answer.content)
    for words in (
        studio.name,
        studio.motto,
        studio.phone,
        "周一至周五9:00—17:00",
        "不用注册，一分钟",
        "示例",
    ):
        assert words in said
    door = reverse("voices:door", args=[studio.code])
    assert f"testserver{door}".rstrip("/") in said
    [code] = reading.codes(answer.content)
    assert code.text == f"http://testserver{door}"
    assert code.level == "Q"
    assert code.side > 50  # read from two steps away
    assert reading.sizes(answer.content) == [(210, 297)]


def test_a_long_name_and_nothing_else_known_still_fit_one_page(world, at_desk):
    studio = world.studio
    studio.name = "农业农村和生态环境界别委员工作室驻城关镇和平路社区党群服务中心联络站（第三工作点）"
    studio.phone = studio.hours = studio.motto = studio.address = ""
    studio.online = "offline"
    studio.save()
    pdf = at_desk("officer").get("desk:studio_poster_pdf", studio.code).content
    assert len(reading.pages(pdf)) == 1
    assert studio.name in reading.text(pdf)
    assert "打电话" not in reading.text(pdf)
    assert "还打不开" in reading.text(pdf)


def test_who_has_no_part_in_the_studio_prints_no_poster(world, at_desk):
    assert at_desk("handler").get("desk:studio_poster_pdf", world.studio.code).status_code == 403
