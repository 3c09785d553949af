"""Every migration goes back and comes forward again, with the demonstration in the tables."""

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from shangliang.base.journal import guards
from shangliang.base.people.personal.fields import Private
from shangliang.base.search import queries as search
from shangliang.flow.voices.models import Voice

from .demonstrated import laid
from .drawn import few

pytestmark = pytest.mark.long
OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("shangliang.")}

# "app.migration": why it can't be taken back, or what is lost for good when it is. There should be none.
ONE_WAY: dict[str, str] = {}
# (table, column): why its value is another after going back.
BEFORE = "the version before does not know this state"
REWRITTEN: dict[tuple[str, str], str] = {
    ("voices_voice", "state"): BEFORE,
    ("voices_voice", "due_by"): BEFORE,
    ("voices_voice", "review"): BEFORE,
    ("consultations_post", "review"): BEFORE,
    ("search_entry", "tokens"): "what is shown was found by its pairs of characters in clear",
}

Rows = dict[str, list[dict[str, Any]]]


def cannot_go_back(operations: list[Operation]) -> Iterator[str]:
    """What Django refuses to reverse, and what it brings back empty, unless a step of the same migration
    fills it again on the way back."""
    fills = any(isinstance(each, migrations.RunPython) and _goes_back(each) for each in operations)
    for each in operations:
        if not each.reversible:
            yield f"{type(each).__name__} has no way back"
        if isinstance(each, migrations.RemoveField | migrations.DeleteModel) and not fills:
            yield f"{type(each).__name__} of {each.describe()}: going back brings it without its rows"


def _goes_back(step: migrations.RunPython) -> bool:
    return step.reversible and step.reverse_code is not migrations.RunPython.noop


def test_every_migration_can_be_taken_back():
    found = {
        f"{app}.{name}": faults
        for (app, name), each in MigrationLoader(None).disk_migrations.items()
        if app in OURS and (faults := list(cannot_go_back(each.operations)))
    }
    assert {name: faults for name, faults in found.items() if name not in ONE_WAY} == {}
    assert ONE_WAY.keys() <= found.keys()


def test_a_planted_migration_without_a_way_back_is_found():
    planted = [migrations.RunPython(migrations.RunPython.noop), migrations.RemoveField("voice", "words")]
    assert len(list(cannot_go_back(planted))) == 2


class Steps(MigrationLoader):
    """All steps one by one. A new database is made by squashed ones; those that stand came by these."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {key: each for key, each in self.disk_migrations.items() if not each.replaces}


def stepping() -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.loader = Steps(connection)
    return executor


def undone() -> set[tuple[str, str]]:
    """Ours that can be taken back without taking away all tables of a package."""
    loader = Steps(None)
    found = {key for key in loader.disk_migrations if key[0] in OURS and not key[1].startswith("0001")}
    return {
        key
        for key in found
        if all(
            later in found and ".".join(later) not in ONE_WAY for later in loader.graph.backwards_plan(key)
        )
    }


def go_back(to_undo: set[tuple[str, str]]) -> None:
    executor = stepping()
    all_of_them = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    plan = [(each, True) for each, _ in reversed(all_of_them) if (each.app_label, each.name) in to_undo]
    executor.migrate([], plan=plan)


def come_forward() -> None:
    executor = stepping()
    executor.migrate(executor.loader.graph.leaf_nodes())


def rows() -> Rows:
    """All rows by primary key; the search index proper is asked by searching."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("search_words") or table == "django_migrations":
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            found[table] = sorted(
                (dict(zip(names, row, strict=True)) for row in cursor.fetchall()),
                key=lambda row: repr(row.get("id", sorted(map(repr, row.values())))),
            )
    return found


# What a version before cannot hold goes for good: who was asked beside a host, and that a studio waits for
# the city or the province. What a doubt of points put right comes back by posting anew.
# A task sheet that rests on the rule book alone says so in words. Who was struck from an activity is absent.
GONE = (
    "voices_assignment: ", "voices_deadline: ", "points_entry: ", "studios_studio.online",
    "studios_tasksheet.basis", "activities_participation.state",
)  # fmt: skip


def differences(now: Rows, then: Rows) -> list[str]:
    """Tables and columns that both know, where they do not say the same."""
    found = []
    for table in sorted(now.keys() & then.keys()):
        ours, theirs = now[table], then[table]
        if len(ours) != len(theirs):
            found.append(f"{table}: {len(ours)} rows, then {len(theirs)}")
            continue
        shared = set().union(*ours) & set().union(*theirs)
        found += [
            f"{table}.{column}"
            for column in sorted(shared)
            if (table, column) not in REWRITTEN
            and any(not _same(a[column], b[column]) for a, b in zip(ours, theirs, strict=True))
        ]
    return found


def _same(now: Any, then: Any) -> bool:
    """Alike, nothing being nothing however it is kept; or locked up on one side only, which `opened` asks
    about."""
    if now in (None, "") and then in (None, ""):
        return True
    locked = [isinstance(each, bytes | memoryview) for each in (now, then)]
    return now == then or (locked[0] != locked[1] and None not in (now, then))


def opened() -> dict[tuple[str, Any, str], str]:
    """Every private field of everybody, in clear."""
    return {
        (model._meta.db_table, row.pk, field.attname): str(getattr(row, field.attname))
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, Private)
        for row in model._base_manager.all()
    }


def shape() -> dict[str, Any]:
    """Columns, indexes, constraints and triggers, whatever their order. Names that a database makes up are
    left out: they tell how a column came to be there."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if connection.vendor != "sqlite":
            found = {name: _shape(name) for name in names}
        else:  # a table is what it was made with, and is read anew when that is another
            cursor.execute("SELECT tbl_name, group_concat(sql) FROM sqlite_master GROUP BY 1")
            made = dict(cursor.fetchall())
            found = {name: _shape_made(name, made[name]) for name in names}
    return found | {"triggers": triggers()}


def _shape(table: str) -> tuple[set[tuple[Any, ...]], list[tuple[str, str]]]:
    look, ours = connection.introspection, named()
    with connection.cursor() as cursor:
        # with widths and defaults, which only PostgreSQL has apart
        columns = {tuple(c) for c in look.get_table_description(cursor, table)}
        constraints = look.get_constraints(cursor, table)
    return columns, sorted(
        (name if name in ours else "", repr(sorted(c.items(), key=str))) for name, c in constraints.items()
    )


@cache
def _shape_made(table: str, _with: str) -> tuple[set[tuple[Any, ...]], list[tuple[str, str]]]:
    return _shape(table)


@cache
def named() -> set[str]:
    """The constraints and indexes to which we gave their names."""
    return {
        each.name for model in apps.get_models() for each in [*model._meta.constraints, *model._meta.indexes]
    }


def triggers() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
            if connection.vendor == "sqlite"
            else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        )
        return cursor.fetchall()


def found_by_searching() -> int:
    return search.count("voice", "朱鹮", Voice.objects.all())


BY_STEPS = """
import sys
from contextlib import nullcontext
import django
django.setup()
from django.db import connections
from shangliang.base import new_database
from stories.drawn import few
from stories.test_migrations import taken
new_database.empty = lambda connection: False
plainly = connections["default"].vendor == "sqlite"  # once as Django goes through them
for one, name in zip(connections.all(), sys.argv[1:]):
    one.settings_dict["TEST"]["NAME"] = name
    with nullcontext() if plainly else few():
        one.creation.create_test_db(verbosity=0, serialize=False, autoclobber=True)
print(taken())
"""


def taken() -> str:
    """The tables, and the steps that are written down as taken."""
    steps = sorted(MigrationRecorder(connection).applied_migrations())
    return "\n".join(
        [*(f"{name}: {each!r}" for name, each in sorted(_in_order(shape()).items())), repr(steps)]
    )


def _in_order(shaped: dict[str, Any]) -> dict[str, Any]:
    triggers = shaped.pop("triggers")
    del shaped["auth_group_permissions"]  # Django's own, never used: the width of its row numbers
    return {name: (sorted(map(repr, columns)), rest) for name, (columns, rest) in shaped.items()} | {
        "triggers": triggers
    }


@pytest.mark.django_db
def test_a_new_database_is_what_all_steps_make(tmp_path):
    """It is made from the models; those that stand came step by step."""
    named = (
        [str(tmp_path / "one"), str(tmp_path / "two")] if connection.vendor == "sqlite" else ["one", "two"]
    )
    done = subprocess.run(
        [sys.executable, "-c", BY_STEPS, *named], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == taken().splitlines()
    assert len(shape()) > 80


@pytest.fixture
def the_demonstration(transactional_db):
    with laid() as told:
        yield told


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_the_demonstration_goes_back_and_comes_forward_again(the_demonstration):
    before, shaped, clear = rows(), shape(), opened()
    words = found_by_searching()
    assert undone()
    assert sum(map(len, before.values())) > 1000
    assert words > 0
    try:
        with few():
            go_back(undone())
        back = rows()
        assert [one for one in differences(back, before) if not one.startswith(GONE)] == []
        assert shape() != shaped
    finally:
        with few():
            come_forward()
    again = rows()
    assert differences(again, back) == []
    # What a version before has no table or column for goes with it, and comes back empty.
    stay = back.keys() - {"voices_assignment", "voices_deadline", "points_entry"}
    assert {name: len(again[name]) for name in stay} == {name: len(before[name]) for name in stay}
    assert found_by_searching() == words
    known = {(name, column) for name, found in back.items() for column in (found[0] if found else ())}
    kept, now = ({at: said for at, said in all_.items() if at[::2] in known} for all_ in (clear, opened()))
    assert now == kept
    assert any(kept.values())
    assert shape() == shaped
    assert guards.standing(connection) == guards.expected(connection.vendor)
    assert len(triggers()) == len(shaped["triggers"]) > 0
    # the controls: one row less, one value altered, one trigger gone
    del back["journal_act"][0]
    back["places_committee"][0]["name"] = "别的"
    assert differences(again, back) == [
        f"journal_act: {len(again['journal_act'])} rows, then {len(back['journal_act'])}",
        "places_committee.name",
    ]
