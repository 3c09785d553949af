"""Sessions: numbers of their own, windows, and who says when they are: the server first, then officers."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.places import actions as places
from shangliang.flow.proposals import actions, queries, settings

from .story import filed

SESSION = {"name": "十二届三次会议", "opens": "2026-01-12", "until": "2026-01-14"}


def test_a_session_has_its_own_numbers_and_its_window(world):
    places.prefer(world.county, "proposal_sessions", [SESSION])
    days = {"2025-10-11": False, "2025-10-12": True, "2026-01-14": True, "2026-01-15": False}
    for said, within in days.items():
        assert bool(settings.session_on(world.county, date.fromisoformat(said))) == within
    with clock.at(clock.start_of(date(2026, 1, 13))):
        row = filed(world)
    assert (row.in_session, row.case_number) == (True, "十二届三次会议第1号")
    with clock.at(clock.start_of(date(2026, 1, 16))):
        assert filed(world, title="关于闭会以后的提案").case_number == "2026年平时第1号"


def test_an_officers_sessions_come_before_the_servers_setting(world):
    places.prefer(world.county, "proposal_sessions", [SESSION])
    said = {"name": "十二届四次会议", "opens": date(2027, 1, 12), "until": date(2027, 1, 14)}
    with clock.at(clock.start_of(date(2026, 11, 23))):
        with pytest.raises(NotYours):
            actions.enter_session(world.county, by=world.leader, **said)
        made = actions.enter_session(world.county, by=world.officer, **said)
        assert settings.session_on(world.county, date(2026, 1, 13)) is None
        assert settings.session_on(world.county, clock.today()).name == "十二届四次会议"
        assert filed(world).case_number == "十二届四次会议第1号"
        near = said | {"name": "十二届五次会议", "opens": date(2027, 3, 1), "until": date(2027, 3, 2)}
        with pytest.raises(ValidationError, match="重叠"):
            actions.enter_session(world.county, by=world.officer, **near)
        for wrong in ({"until": date(2027, 1, 11)}, {"opens": date(2026, 1, 1), "until": date(2026, 1, 2)}):
            with pytest.raises(ValidationError):
                actions.enter_session(world.county, by=world.officer, **near | wrong)
        with pytest.raises(NotYours):
            actions.strike_session(made.code, by=world.neighbour_officer)
        actions.strike_session(made.code, by=world.officer)
        assert settings.session_on(world.county, date(2026, 1, 13)).name == SESSION["name"]
        with pytest.raises(NotNow, match="已经划掉"):
            actions.strike_session(made.code, by=world.officer)
        actions.enter_session(world.county, by=world.officer, **said)  # anew


def test_a_session_of_the_server_that_takes_proposals_stays_open_when_another_is_entered(world):
    ahead = {"name": "十二届四次会议", "opens": "2026-12-20", "until": "2026-12-22"}
    places.prefer(world.county, "proposal_sessions", [SESSION, ahead])
    said = {"name": "十二届五次会议", "opens": date(2027, 6, 1), "until": date(2027, 6, 3)}
    with clock.at(clock.start_of(date(2026, 11, 23))):
        near = said | {"opens": date(2027, 1, 5), "until": date(2027, 1, 6)}
        with pytest.raises(ValidationError, match="四次会议"):
            actions.enter_session(world.county, by=world.officer, **near)
        actions.enter_session(world.county, by=world.officer, **said)
        assert filed(world).case_number == "十二届四次会议第1号"
        rows = queries.sessions(world.county)
        assert [one.name for one in rows] == ["十二届四次会议", "十二届五次会议"]
        for one in rows:
            actions.strike_session(one.code, by=world.officer)
        assert [one.name for one in settings.windows(world.county)] == [SESSION["name"]]
        own = {"name": ahead["name"], "opens": date(2026, 12, 20), "until": date(2026, 12, 30)}
        actions.enter_session(world.county, by=world.officer, **own)
        assert settings.session_on(world.county, date(2026, 12, 29)).name == ahead["name"]


def test_a_session_of_the_server_that_was_struck_stays_away_however_long_its_name(world):
    long = {
        "name": "十二届四次会议（" + "暂定的日子" * 8 + "）",
        "opens": "2026-12-22",
        "until": "2026-12-20",
    }
    places.prefer(world.county, "proposal_sessions", [long])
    said = {"name": "十二届五次会议", "opens": date(2027, 6, 1), "until": date(2027, 6, 3)}
    with clock.at(clock.start_of(date(2026, 11, 23))):
        actions.enter_session(world.county, by=world.officer, **said)
        for one in queries.sessions(world.county):
            actions.strike_session(one.code, by=world.officer)
        assert settings.windows(world.county) == []
