"""figure, repost, verify: what scripts read."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import CLOCK
from shangliang.chores import everything
from shangliang.ledgers.figures import actions
from stories import world_topics


def run(*words):
    out = StringIO()
    call_command(*words, stdout=out, stderr=out)
    return out.getvalue()


def figure(*words):
    return json.loads(run("figure", *words, "--json"))


@pytest.fixture
def counted(world):
    world_topics.a_voice(world)
    actions.report_total(
        world.county,
        "voices_received",
        80,
        by=CLOCK,
        unit="piece",
        period="2025",
        source="总结",
        at_least=True,
    )
    everything()
    return world


def test_a_figure_says_what_is_counted_and_what_is_reported(counted):
    [row] = figure("voices_received", "--committee", "990101")
    assert row == {
        "metric": "voices_received", "counted": 1, "reported": 80, "at_least": True, "unit": "piece",
        "period": "2025", "source": "总结",
    }  # fmt: skip
    [row] = figure("voices_received", "--committee", "990100")
    assert (row["counted"], row["reported"], row["source"]) == (1, None, "journal")


def test_a_period_and_all_of_them(counted):
    [row] = figure("voices_taken_up", "--committee", "990101", "--from", "2019-01-01", "--to", "2019-12-31")
    assert (row["counted"], row["period"]) == (None, "2019-01-01/2019-12-31")  # no records were kept then
    rows = figure("all", "--committee", "990101")
    assert {row["metric"] for row in rows} >= {"voices_received", "studios", "member_coverage"}
    assert "voices_received\t1\t80" in run("figure", "all", "--committee", "990101")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("smiles", "--committee", "990101"), "no metric 'smiles'"),
        (("studios", "--committee", "123456"), "no committee with the code 123456"),
        (("studios", "--committee", "990101", "--from", "2026-02-01", "--to", "2026-01-01"), "lies before"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(world, words, said):
    with pytest.raises(CommandError, match=said):
        call_command("figure", *words)


@pytest.mark.parametrize("ledger", ["points", "figures", "search"])
def test_a_ledger_is_posted_anew(counted, ledger):
    before = figure("all", "--committee", "990101")
    assert ledger in run("repost", ledger)
    assert figure("all", "--committee", "990101") == before


def test_the_journal_verifies(counted):
    assert json.loads(run("verify", "--json"))["ok"] is True
    assert "The journal holds" in run("verify")


def test_a_broken_journal_is_named_with_exit_code_1(counted):
    Act.objects.create(
        name="voice_left",
        subject="voice:0000000000",
        committee=counted.county.path,
        by="nobody",
        at=clock.now(),
    )  # slipped in beside the action: no seal, and none that it waits for
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", "--json", stdout=out)
    assert ended.value.code == 1
    report = json.loads(out.getvalue())
    assert report["ok"] is False
    assert report["broken"] == "act_unsealed"
    assert report["where"]
