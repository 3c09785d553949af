"""Sealing behind: nobody is missed, numbers have no gap, the database itself refuses changes."""

import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from shangliang.base.journal import guards, merkle, queries, record
from shangliang.base.journal.checkpoints import checkpoint, checkpoints, public_keys
from shangliang.base.journal.models import Act, Flow, Node, Seal, Unsealed
from shangliang.base.journal.seal import seal
from shangliang.base.journal.verify import verify

from .conftest import PATH

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")


def test_acts_are_sealed_in_order_and_the_queue_is_emptied(write):
    acts = write(5)
    assert queries.cut() == (0, None)
    assert [seal(limit=3), seal(limit=3), seal(limit=3)] == [3, 2, 0]
    assert list(Seal.objects.order_by("number").values_list("number", "act_id")) == [
        (i, act.id) for i, act in enumerate(acts)
    ]
    assert not Unsealed.objects.exists()
    assert queries.cut() == (5, acts[-1].at)
    assert queries.cut(2) == (2, acts[1].at)
    assert queries.sealed(3, 10) == [(3, acts[3]), (4, acts[4])]
    assert set(Act.objects.filter(queries.within(2))) == set(acts[:2])


def test_an_idle_sealer_takes_no_lock(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert seal() == 0


def test_sealing_costs_the_same_few_queries(write, django_assert_num_queries):
    write(20)
    with django_assert_num_queries(9 if connection.vendor == "sqlite" else 10):
        seal()


def test_a_forged_queue_entry_stops_nobody(write):
    [act] = write()
    seal()
    Unsealed.objects.bulk_create([Unsealed(act_id=act.id, at=act.at), Unsealed(act_id=10**9, at=act.at)])
    write()
    assert [seal(), seal()] == [1, 0]
    assert verify().broken == "queue_without_act"


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_who_commits_late_is_sealed_late_and_not_lost(write):
    begun, may_commit = threading.Event(), threading.Event()

    def late():
        with transaction.atomic():
            record.record("lamp_reported", subject="lamp:late", by="li", committee=PATH)
            begun.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    assert begun.wait(10)
    write()  # a later id, committed first
    assert seal() == 1
    may_commit.set()
    thread.join()
    assert seal() == 1
    late_act, early_act = Act.objects.order_by("id")
    assert late_act.subject == "lamp:late"
    assert list(Seal.objects.order_by("number").values_list("act_id", flat=True)) == [
        early_act.id,
        late_act.id,
    ]
    assert verify().ok


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_two_sealers_never_take_the_same_act(write):
    for _ in range(4):
        write(100)
    done: list[int] = []

    def work():
        while n := seal(limit=20):
            done.append(n)
        connection.close()

    crowd = [threading.Thread(target=work) for _ in range(4)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sum(done) == queries.size() == 400
    assert verify().ok


def test_checkpoints_are_told_outside_the_database(write, settings):
    assert checkpoint() is None
    write(3)
    seal()
    made = checkpoint()
    assert made
    assert (made.size, made.root) == (3, merkle.root(3))
    assert checkpoint() is None  # it has not grown
    with settings.CHECKPOINTS.open("ab") as file:
        file.write(b'{"note": "x/jour')  # torn by a crash
    write()
    seal()
    checkpoint()
    assert [(one.size, one.after) for one in checkpoints(public_keys())] == [(3, 0), (4, 3)]
    assert verify().checkpoint == 4


# Append-only


def test_the_guards_stand_after_the_last_migration(db):
    assert guards.standing(connection) == guards.expected(connection.vendor)
    assert len(guards.expected(connection.vendor)) == 8


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_stepping_aside_and_after_a_flush():
    with connection.schema_editor() as editor:
        guards.step_aside(None, editor)
    assert not guards.standing(connection)
    with connection.schema_editor() as editor:
        guards.stand(None, editor)
    assert guards.standing(connection) == guards.expected(connection.vendor)
    call_command("flush", interactive=False, verbosity=0)
    assert guards.standing(connection) == guards.expected(connection.vendor)


@pytest.fixture
def one_of_each(write):
    write(256)
    seal()
    record.flow("v1", "t1")


@pytest.mark.parametrize("model", [Act, Seal, Node, Flow])
@pytest.mark.parametrize("how", ["update", "delete", "sql", "truncate"])
def test_nobody_changes_what_was_written(one_of_each, model, how):
    if how == "truncate" and connection.vendor == "sqlite":
        pytest.skip("SQLite's TRUNCATE is DELETE")
    table, column = model._meta.db_table, model._meta.pk.column
    tries = {
        "update": lambda: model.objects.update(**{model._meta.pk.name: -1}),
        "delete": lambda: model.objects.all()[:1].get().delete(),
        "sql": lambda: _run(f"UPDATE {table} SET {column} = {column}"),
        "truncate": lambda: _run(f"TRUNCATE {table}"),
    }
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tries[how]()
    assert verify().ok


def _run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
