"""Each edge of the two charts is taken, each other way refused; and who may take it."""

import pytest

from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.queries import actor_of
from shangliang.flow.studios import actions
from shangliang.flow.studios.models import Online, State, Studio
from shangliang.flow.studios.states import CHART, ONLINE_CHART
from stories.world_studios import opened

WORDS = {
    "suspend": {"reason": "修房子"},
    "close": {"reason": "并室", "voices_go_to": "交给农业界委员工作室"},
    "apply": {"why": "想在网上收话", "best": "路灯亮了"},
    "approve": {"reason": "接待够数"},
    "refuse": {"reason": "先排好值班"},
    "take_offline": {"reason": "没人值班"},
    "edit": {"motto": "新的一句话"},
}
DO = {"open": actions.open_studio} | {
    name: getattr(actions, name) for name in ("suspend", "resume", "close", "edit", *ONLINE_CHART._named)
}
MAY = dict.fromkeys(("open", "suspend", "resume", "close", "edit", "take_offline"), "officer") | {
    "apply": "convener",
    "approve": "leader",
    "refuse": "leader",
}
EDGES = [
    (chart, move, state)
    for chart in (CHART, ONLINE_CHART)
    for move in chart.moves
    if move.name != "plan"
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
    Studio.objects.filter(pk=studio.pk).update(**{chart.state: state})
    studio.refresh_from_db()
    by, seen = getattr(world, MAY[move.name]), getattr(studio, chart.version)
    before = Act.objects.filter(name=move.act).count()
    if state in move.start:
        moved = DO[move.name](studio.code, by=by, seen=seen, **WORDS.get(move.name, {}))
        assert getattr(moved, chart.state) == (move.end or state)
        assert getattr(moved, chart.version) == seen + 1
        act = Act.objects.filter(name=move.act).last()
        assert (act.subject, act.studio, act.by) == (f"studio:{studio.code}", studio.code, by.key)
        assert act.committee == world.county.path
    else:
        with pytest.raises(NotNow):
            DO[move.name](studio.code, by=by, seen=seen, **WORDS.get(move.name, {}))
        assert Act.objects.filter(name=move.act).count() == before


@pytest.mark.parametrize("who", ["convener", "leader", "member", "auditor", "officer", "other_convener"])
@pytest.mark.parametrize("move", sorted(MAY))
def test_only_who_may(world, studio, who, move):
    chart = ONLINE_CHART if move in ONLINE_CHART._named else CHART
    start = next(iter(next(m for m in chart.moves if m.name == move).start))
    Studio.objects.filter(pk=studio.pk).update(**{chart.state: start})
    studio.refresh_from_db()
    do = lambda: DO[move](  # noqa: E731
        studio.code, by=getattr(world, who), seen=getattr(studio, chart.version), **WORDS.get(move, {})
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
            do(studio.code, by=getattr(world, who), seen=1, **WORDS.get(move, {}))


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
