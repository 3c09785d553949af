"""The code on a printed statement: what it says, and that it can't be made or changed."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shangliang.base import clock
from shangliang.base.journal.codes import CROCKFORD
from shangliang.base.places.models import Committee
from shangliang.ledgers.points.periods import Period
from shangliang.ledgers.points.verification import MOST, Printed, code, read

SAID = Printed("990101", Period(2026, 3), 1250, date(2026, 11, 23))
NAME = "岳青禾"


@given(
    st.integers(0, 999_999), st.integers(2000, 2999), st.integers(0, 4), st.integers(1 - MOST, MOST - 1),
    st.dates(date(2020, 1, 1), date(2190, 1, 1)),
)  # fmt: skip
def test_what_is_printed_is_read_again(committee, year, quarter, total, day):
    said = Printed(f"{committee:06d}", Period(year, quarter), total, day)
    assert read(code(said, NAME), NAME) == said


def test_typed_carelessly_it_is_the_same():
    typed = code(SAID, NAME)
    for one in (typed.lower(), typed.replace("-", ""), typed.replace("-", " "), typed.replace("0", "o")):
        assert read(one, " 岳 青禾 ") == SAID


def test_not_one_character_of_it_may_be_another():
    text = code(SAID, NAME).replace("-", "").lower()
    for place, letter in enumerate(text):
        other = CROCKFORD[(CROCKFORD.index(letter) + 1) % 32]
        assert read(text[:place] + other + text[place + 1 :], NAME) is None


@pytest.mark.parametrize("typed", ["", "1234", "u" * 32, "年" * 32, "1" * 32, "1" * 200])
def test_what_is_no_code(typed):
    assert read(typed, NAME) is None


def test_another_name_or_another_key_finds_nothing(settings):
    typed = code(SAID, NAME)
    assert read(typed, "岳青木") is None
    settings.CODE_KEY = "another"
    assert read(typed, NAME) is None


@pytest.mark.parametrize(
    "said",
    [
        Printed("99010x", Period(2026, 3), 0, date(2026, 11, 23)),
        Printed("990101", Period(2026, 3), MOST, date(2026, 11, 23)),
        Printed("990101", Period(1999, 3), 0, date(2026, 11, 23)),
        Printed("990101", Period(2026, 3), 0, date(2019, 11, 23)),
    ],
)
def test_what_no_statement_says_has_no_code(said):
    with pytest.raises(ValueError, match="No statement"):
        code(said, NAME)


def check(browser, **said):
    return browser.post(reverse("points:check"), said)


def test_the_page_says_what_the_paper_says_and_not_whose_it_is(client, world):
    page = check(client, code=code(SAID, NAME), name=NAME).content.decode()
    assert "是真的" in page
    assert "清溪县政协" in page
    assert "2026年第3季度" in page
    assert "12.5 分" in page
    for wrong in ({"name": "吕委员"}, {"code": code(SAID, "吕委员")}):
        page = check(client, **{"code": code(SAID, NAME), "name": NAME, **wrong}).content.decode()
        assert "对不上" in page
        assert "12.5" not in page
        assert "清溪县" not in page
    assert check(client, code="", name="").status_code == 422
    assert "对不上" not in client.get(reverse("points:check"), {"code": "1234\0"}).content.decode()


def test_a_paper_of_a_committee_that_ended_is_as_genuine(client, world):
    Committee.objects.filter(pk=world.county.pk).update(valid_until=date(2026, 11, 24))
    page = check(client, code=code(SAID, NAME), name=NAME).content.decode()
    assert "是真的" in page
    assert "清溪县政协" in page


def test_trying_codes_is_slowed_down(world):
    with clock.at(datetime(2026, 11, 23, 2, 26, tzinfo=UTC)):
        seen = [check(Client(), code="1" * 32, name="某").status_code for _ in range(32)]
    assert seen == [200] * 30 + [429] * 2
