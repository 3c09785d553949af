from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from shangliang.base import clock
from shangliang.base.journal import acts, codes, queries
from shangliang.base.journal.models import Act, Counter, Flow, Unsealed
from shangliang.base.journal.record import draw, flow, record

from .conftest import PATH

LAMP = {"subject": "lamp:a1", "by": "li", "committee": PATH}
posted: list[Act] = []


def post(act):
    posted.append(act)


class Li:
    key = "li-pseudonym"


def test_an_act_is_written_with_its_place_in_the_queue(db, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2):
        act = record(
            "lamp_reported", **{**LAMP, "by": Li()}, thread="SL-1", facts={"turn": 3, "at": ["x", True]}
        )
    kept = Act.objects.get()
    assert kept == act
    assert (kept.by, kept.thread, kept.facts) == ("li-pseudonym", "SL-1", {"turn": 3, "at": ["x", True]})
    assert abs((clock.now() - kept.at).total_seconds()) < 5
    assert Unsealed.objects.get().act_id == act.id


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    for tried in (
        lambda: record("lamp_reported", **LAMP),
        lambda: flow("a", "b"),
        lambda: draw("x", PATH, 2026),
    ):
        with pytest.raises(RuntimeError, match="no journal, no change"):
            tried()
    assert not Act.objects.exists()


@pytest.mark.parametrize("fact", [1.5, None, {"a": 1}, "字" * 65, 2**53, ["x", 0.1], "\0"])
def test_what_another_reader_could_print_otherwise_is_no_fact(db, fact):
    with pytest.raises(ValueError, match="journalled"):
        record("lamp_reported", **LAMP, facts={"length": fact})


@pytest.mark.parametrize(
    "wrong",
    [{"subject": "a1"}, {"committee": "990101"}, {"at": datetime(2026, 1, 1)}],
)
def test_a_key_of_the_wrong_shape_is_refused(db, wrong):
    with pytest.raises(ValueError, match="lamp_reported"):
        record("lamp_reported", **{**LAMP, **wrong})


def test_an_act_nobody_declared_is_refused(db):
    with pytest.raises(ValueError, match="lamp_stolen"):
        record("lamp_stolen", **LAMP)


def test_every_ledger_is_told_in_the_same_transaction(db, settings):
    settings.LEDGERS = [f"{__name__}.post"]
    posted.clear()
    act = record("lamp_reported", **LAMP)
    assert posted == [act]


def test_the_first_wording_of_an_act_stays(monkeypatch):
    monkeypatch.setattr(acts, "_kinds", {})
    acts.declare(acts.ActKind("lamp_mended", "灯修好了"), acts.ActKind("lamp_mended", "又修好了"))
    assert acts.declared()["lamp_mended"].words == "灯修好了"


def test_numbers_are_drawn_one_by_one_and_given_back(db):
    assert [draw("letter", PATH, 2026) for _ in range(3)] == [1, 2, 3]
    with transaction.atomic():
        assert draw("letter", PATH, 2026) == 4
        transaction.set_rollback(True)
    assert draw("letter", PATH, 2026) == 4
    assert (draw("letter", PATH, 2027), draw("topic", PATH, 2026), draw("letter", "990000/", 2026)) == (
        1,
        1,
        1,
    )
    assert Counter.objects.count() == 4


def test_threads_run_into_one_another(db, django_assert_num_queries):
    for thread, into in [("v1", "t1"), ("v2", "t1"), ("t1", "r1"), ("v1", "t1")]:
        flow(thread, into)
    assert Flow.objects.count() == 3
    with django_assert_num_queries(1):
        assert queries.into("v1") == ["r1", "t1"]
    assert queries.from_("r1") == ["t1", "v1", "v2"]
    assert queries.into("r1") == queries.into() == []
    with pytest.raises(ValueError, match="another"):
        flow("v1", "v1")


def test_a_thread_is_told_in_order(write):
    first, *_ = write(2, thread="v1")
    write(1, thread="v2")
    told = queries.acts(["v1", "v2"])
    assert [act.thread for act in told] == ["v1", "v1", "v2"]
    assert told[0] == first
    assert queries.acts_about(["lamp:a1"]).count() == 3


def test_an_act_keeps_the_moment_it_is_given(write):
    moment = datetime(2026, 3, 1, 2, 3, 4, 567890, tzinfo=UTC)
    write(at=moment)
    assert Act.objects.get().at == moment


def test_codes_have_no_characters_to_mistake():
    drawn = {codes.public_id() for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(len(code) == 10 and not set(code) & set("ilou") and code == code.lower() for code in drawn)
    assert len(codes.thread_number()) == 15


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_mine_and_below_is_a_range_on_postgresql(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT collation_name FROM information_schema.columns "
            "WHERE table_name LIKE 'journal_%' AND column_name = 'committee'"
        )
        assert cursor.fetchall() == [("C",)]
