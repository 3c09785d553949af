"""Each edge of the two charts is taken, each other way refused; and who may take it."""

from datetime import date

import pytest

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.queries import actor_of
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.models import Online, State, Studio
from shangliang.flow.studios.states import CHART, ONLINE_CHART
from stories.world_studios import opened

WORDS = {
    "suspend": {"reason": "修房子"},
    "close": {"reason": "并室", "voices_go_to": "交给农业界委员工作室"},  # and its people, in the fixture
    "make_model": {"reason": "件件有回音", "until": date(2030, 1, 1)},
    "end_model": {"reason": "没人值班了"},
    "recheck": {"reason": "一年接待够数"},
    "to_city": {"reason": "接待够数"},
    "to_province": {"reason": "材料齐"},
    "apply": {"why": "想在网上收话", "best": "路灯亮了"},
    "approve": {"reason": "接待够数"},
    "refuse": {"reason": "没人值班", "mend": "先排好值班"},
    "take_offline": {"reason": "没人值班"},
    "edit": {"motto": "新的一句话"},
}
# Which level a yes goes to next is the tree's word: one action makes the three moves.
UP = dict.fromkeys(("to_city", "to_province"), actions.approve)
DO = {"open": actions.open_studio, **UP} | {
    name: getattr(actions, name) for name in {*CHART._named, *ONLINE_CHART._named} - {"plan", "open", *UP}
}
MAY = dict.fromkeys(
    ("open", "suspend", "resume", "close", "edit", "take_offline", "make_model", "end_model", "recheck"),
    "officer",
) | {"apply": "convener", "approve": "leader", "refuse": "leader", "to_city": "leader"}
DECIDES = {"applied": "leader", "city": "city_officer", "province": "province_officer"}
# From which state a yes leads where, in a province whose every level works here.
NEXT = {"applied": "city", "city": "province", "province": "online"}
EDGES = [
    (chart, move, state)
    for chart in (CHART, ONLINE_CHART)
    for move in {move.name: move for move in chart.moves}.values()
    if move.name not in ("plan", *UP)
    for state in chart.states
]


@pytest.fixture
def studio(world):
    """Open, not online, with convener and hours."""
    made = opened(world, "河口委员工作室", convener="member2", deputy="deputy", seat="member")
    world.convener = actor_of(world.accounts["member2"])
    return made


@pytest.mark.parametrize(("chart", "move", "state"), EDGES, ids=[f"{m.name}-{s}" for _, m, s in EDGES])
def test_every_edge_and_every_other_way(world, studio, chart, move, state):
    _put(studio, chart, state)
    said = WORDS.get(move.name, {}) | _people(studio, move.name)
    by, seen = getattr(world, MAY[move.name]), getattr(studio, chart.version)
    if move.name in ("approve", "refuse"):
        by = getattr(world, DECIDES.get(state, "leader"))
    rows = [row for row in chart.moves if row.name == move.name and state in row.start]
    if rows:
        moved = DO[move.name](studio.code, by=by, seen=seen, **said)
        end = NEXT[state] if move.name == "approve" else rows[0].end or state
        assert getattr(moved, chart.state) == end
        if move.name == "approve" and end != "online":
            assert Act.objects.last().name == "studio_passed_up"
            return
        assert getattr(moved, chart.version) == seen + 1
        act = Act.objects.filter(name=move.act).last()
        assert (act.subject, act.studio, act.by) == (f"studio:{studio.code}", studio.code, by.key)
        assert act.committee == world.county.path
    else:
        before = Act.objects.filter(name=move.act).count()
        with pytest.raises(NotNow):
            DO[move.name](studio.code, by=by, seen=seen, **said)
        assert Act.objects.filter(name=move.act).count() == before


def _put(studio, chart, state):
    """The studio in this state, a model whose year on the net is over."""
    today = clock.today()
    Studio.objects.filter(pk=studio.pk).update(
        recheck_due=today, model_since=today, model_until=date(2030, 1, 1), model_reason="件件有回音",
        **{chart.state: state},
    )  # fmt: skip
    studio.refresh_from_db()


def _people(studio, move):
    if move != "close":
        return {}
    return {"people_go": {post.holder.key: "" for post in queries.members_of(studio)}}


@pytest.mark.parametrize("state", ["applied", "city", "province"])
@pytest.mark.parametrize("move", ["approve", "refuse"])
def test_only_the_level_that_it_waits_for_decides(world, studio, state, move):
    for who in ("leader", "officer", "convener", "city_officer", "province_officer", "far_leader"):
        _put(studio, ONLINE_CHART, state)
        by, said = getattr(world, who), WORDS[move]
        if who == DECIDES[state]:
            DO[move](studio.code, by=by, seen=None, **said)
        else:
            with pytest.raises((NotYours, Unseen)):
                DO[move](studio.code, by=by, seen=None, **said)


@pytest.mark.parametrize("who", ["convener", "leader", "member", "auditor", "officer", "other_convener"])
@pytest.mark.parametrize("move", sorted(MAY))
def test_only_who_may(world, studio, who, move):
    chart = ONLINE_CHART if move in ONLINE_CHART._named else CHART
    start = next(iter(next(m for m in chart.moves if m.name == move).start))
    _put(studio, chart, start)
    said = WORDS.get(move, {}) | _people(studio, move)
    do = lambda: DO[move](  # noqa: E731
        studio.code, by=getattr(world, who), seen=getattr(studio, chart.version), **said
    )
    if who == MAY[move] or (move == "edit" and who == "convener"):
        do()
    else:
        with pytest.raises(NotYours):
            do()


@pytest.mark.parametrize("who", ["handler", "operator", "neighbour_officer", "far_convener", "city_officer"])
def test_what_is_not_online_is_not_theirs_to_know(world, studio, who):
    for move, do in DO.items():
        with pytest.raises(Unseen):
            do(studio.code, by=getattr(world, who), seen=1, **WORDS.get(move, {}) | _people(studio, move))


def test_a_stale_version_is_told(world, studio):
    actions.suspend(studio.code, by=world.officer, seen=studio.version, reason="修房子")
    with pytest.raises(NotNow):
        actions.resume(studio.code, by=world.officer, seen=studio.version)


def test_a_neighbour_sees_an_online_studio_and_may_nothing(world):
    with pytest.raises(NotYours):
        actions.suspend(world.studio.code, by=world.neighbour_officer, seen=2, reason="不归我管")


def test_every_state_has_a_name():
    assert set(CHART.states) == set(State.values)
    assert set(ONLINE_CHART.states) == set(Online.values)
