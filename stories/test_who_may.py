"""The declared table of who may, cell by cell, against the house's queries, rules, charts and actions."""

from itertools import product

import pytest

from shangliang.base.charts.chart import CHARTS
from shangliang.base.files import queries as files
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices
from shangliang.ledgers.figures import subjects

from .who_may import acting, asking, cast, deeds, doing, paper, probes, seeing, shell, things, trying
from .who_may.columns import COLUMNS, MAY, NOT_NOW, NOT_THEIRS, UNSEEN, cells, differences, hidden
from .who_may.small_world import standing

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(databases=["default", "keyring"]),  # within the module's own transaction
]
REVIEWS = ("private", "waiting", "withheld", "appealed", "shown")


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker):
    with standing(django_db_blocker) as world:
        yield world


@pytest.fixture
def world(base, django_db_blocker):
    """The small world; what a row lays down in it is gone afterwards."""
    with asking.undone():
        yield base


def agree(declared, found, about=""):
    wrong = list(differences(declared, found))
    assert not wrong, "\n".join([about, *wrong])


# ── May see ──
@pytest.mark.parametrize(("stage", "review"), list(product(seeing.VOICE, REVIEWS)))
def test_who_reads_a_voice_whole(world, stage, review):
    people, look = probes.whole(world, stage, review)
    found = cast.asked(people, lambda actor: asking.refusal(lambda: look(actor)))
    agree(cells(seeing.VOICE[stage]), found)


@pytest.mark.parametrize(("thing", "state"), seeing.SEES)
def test_who_sees(world, thing, state):
    people, look = probes.probe(world, thing, state)
    found = cast.asked(people, lambda actor: asking.refusal(lambda: look(actor)))
    agree(cells(seeing.SEES[thing, state]), found)


def test_no_list_holds_what_its_reader_may_not_open(world):
    for stage, review in product(seeing.VOICE, REVIEWS):
        things.voice(world, stage, review)
    topic = things.topic(world, "raised")
    of = things.topic(world, "open", thread="t-open")
    for kind, review in product(things.WRITERS, REVIEWS[1:]):
        things.post(world, kind, review, of)
    for actor in (one for column in things.cast_of_topic(world, topic).values() for one in column):
        own = set(voices.rows().filter(voices.visible_to(actor)).values_list("pk", flat=True))
        for rows in (voices.queue(actor), voices.for_department(actor), voices.sent_up_to(actor)):
            assert set(rows.values_list("pk", flat=True)) <= own, actor
        for review in ("waiting", "withheld", "appealed"):
            assert set(voices.to_look_over(actor, review).values_list("pk", flat=True)) <= own, actor
            for post in consultations.waiting_review(actor, review):
                assert consultations.may_see_post(actor, post), actor
        known = set(consultations.visible_to(actor).values_list("pk", flat=True))
        for rows in (consultations.topics(actor), consultations.in_hand(actor)):
            assert set(rows.values_list("pk", flat=True)) <= known, actor
        rooms = set(studios.visible_to(actor).values_list("pk", flat=True))
        for rows in (studios.at_desk(actor), studios.joined_by(actor), studios.waiting_for_approval(actor)):
            assert set(rows.values_list("pk", flat=True)) <= rooms, actor


# ── May do ──
@pytest.mark.parametrize(
    ("chart", "stage"), [(name, stage) for name in doing.DOES for stage in trying.STAGES[name]]
)
def test_who_moves(world, chart, stage):
    """A voice is tried kept back and shown: the rule is the same, but who knows of it is not."""
    rows = {move: stages for move, stages in doing.DOES[chart].items() if trying.starts_of(chart, move)}
    for review in ("private", "shown") if chart == "voice" else ("",):
        with asking.undone():
            thing, people = trying.laid_down(world, chart, stage, shown=review == "shown")
            seen = trying.seen_by(chart, stage, review)
            for move, found in trying.answers(chart, rows, thing, people).items():
                if stage in rows[move]:
                    agree(hidden(cells(rows[move][stage]), seen), found, move)
                else:
                    refused(move, rows[move], thing, found)


def refused(move, stages, thing, found):
    """Where a move does not start: "not now" to whom it is given somewhere, "not yours" to the others."""
    for column in COLUMNS:
        given = {cells(marks)[column] for marks in stages.values()}
        assert set(found[column]) <= trying.refusals(given, column, thing), (move, column, found[column])


@pytest.mark.parametrize(
    ("move", "stage"),
    [
        (f"{chart}.{move}", stage)
        for chart, moves in doing.DOES.items()
        for move, stages in moves.items()
        for stage in stages
        if stage.startswith("new")
    ],
)
def test_who_makes_a_new_thing(world, move, stage):
    chart, _, name = move.partition(".")
    people, question = trying.of_new(world, move, stage)
    agree(cells(doing.DOES[chart][name][stage]), cast.asked(people, question))


@pytest.mark.parametrize(
    ("kind", "move"), [(kind, move) for kind, row in doing.REVIEWS.items() for move in row]
)
def test_who_looks_a_post_over(world, kind, move):
    for review in sorted(trying.starts_of("review", move)):
        with asking.undone():
            people, question = trying.of_post(world, kind, move, review)
            seen = cells(seeing.SEES[kind, review])
            agree(hidden(cells(doing.REVIEWS[kind][move]), seen), cast.asked(people, question))


@pytest.mark.parametrize("action", deeds.ACTIONS)
def test_who_does_what_is_no_move(world, action):
    for about, marks in deeds.ACTIONS[action].items():
        with asking.undone():
            people, question, seen = acting.of_action(world, action, about)
            agree(hidden(cells(marks), seen), cast.asked(people, question))


# ── Complete by construction ──
def test_every_move_from_every_state_has_a_row_and_no_row_outlived_its_move():
    assert doing.DOES.keys() == CHARTS.keys()
    for name, chart in CHARTS.items():
        known = {(row.name, start) for row in chart.moves for start in row.start or {"new"}}
        declared = {
            (move, "new" if stage.startswith("new") else trying.state_of(name, stage))
            for move, stages in doing.DOES[name].items()
            for stage in stages
        }
        assert declared == known, name


def test_every_state_of_every_chart_is_laid_down():
    for name, chart in CHARTS.items():
        assert {trying.state_of(name, stage) for stage in trying.STAGES[name]} == set(chart.states), name


def test_every_stage_in_which_a_move_starts_has_a_row():
    """Not only the state: who was asked before, who answered, who raised it may matter too."""
    for name in CHARTS:
        for move, stages in doing.DOES[name].items():
            for stage in trying.STAGES[name]:
                if trying.state_of(name, stage) in trying.starts_of(name, move):
                    assert stage in stages, f"{name}.{move} from {stage}"


def test_every_state_has_a_row_of_who_sees_it():
    for name in (
        "consultation",
        "recommendation",
        "studio",
        "result",
        "booking",
        "roster",
        "inspection",
        "rule",
        "message",
        "report",
    ):
        declared = {things.state(state) for thing, state in seeing.SEES if thing == name}
        assert declared == set(CHARTS[name].states), name
    assert {things.state(stage) for stage in seeing.VOICE} == set(CHARTS["voice"].states)
    for thing in (*things.WRITERS, "voice, its public wording", "voice, papers of its answer and evidence"):
        declared = {state for name, state in seeing.SEES if name == thing}
        assert declared | {"private"} == set(CHARTS["review"].states), thing
    online = {state.split(", ")[1] for thing, state in seeing.SEES if thing == "studio"}
    assert online == set(CHARTS["studio_online"].states)


def test_every_kind_of_record_behind_a_figure_has_a_row():
    declared = {thing.partition(": ")[2] for thing, _state in seeing.SEES if thing.startswith("row behind")}
    assert declared | {"person"} == set(subjects.KINDS)  # members are named on their studios' pages


def test_every_kind_of_file_has_a_row():
    assert set(files._doors) == set(seeing.FILES)
    assert set(seeing.FILES.values()) <= {thing for thing, _state in seeing.SEES} | {"voice"}


def test_every_action_has_its_row():
    unknown, gone = acting.actions_without_a_row()
    assert not unknown, f"actions without a row: {sorted(unknown)}"
    assert not gone, f"rows without an action: {sorted(gone)}"


def test_every_command_and_every_job_has_its_line():
    assert set(shell.COMMANDS) == shell.commands()
    assert set(shell.JOBS) == shell.jobs()


def test_the_printed_table_is_the_table():
    assert paper.PLACE.read_text("utf-8") == paper.printed(), "Print it anew: python -m stories.who_may"


def test_a_row_cannot_be_half_declared():
    with pytest.raises(ValueError, match="marks"):
        cells("✓ ·· ––")
    assert "".join((MAY, NOT_THEIRS, UNSEEN, NOT_NOW)) == "✓·–○"
