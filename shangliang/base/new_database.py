"""A new database: its tables are made from the models as they stand, all at once, and not step by step.

Hundreds of steps, for each of which Django draws the models around it anew, take fifteen times as long.
That both ways lead to one place is a test's matter (`stories/test_migrations.py`).
"""

from typing import Any, cast

from django.apps import apps
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor


class BesideTables(Migration):
    """What it does is not in the models (a trigger, an index of the database's own kind, a collation): in a
    new database, too, its functions run, once the tables stand."""


def empty(connection: BaseDatabaseWrapper) -> bool:
    """No table at all, so that nobody's steps are passed over."""
    return not connection.introspection.table_names()


def make(connection: BaseDatabaseWrapper) -> None:
    """All tables, what stands beside them, and every step written down as taken: all or nothing."""
    executor = MigrationExecutor(connection)
    steps = [step for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if router.allow_migrate_model(connection.alias, model) and model._meta.can_migrate(connection):
                editor.create_model(model)
        beside = [each for step in steps if isinstance(step, BesideTables) for each in step.operations]
        for each in beside:
            if not isinstance(each, RunPython):
                raise TypeError(f"A new database would be without it: {each.describe()}")
            cast(Any, each.code)(apps, editor)  # the models as they stand; a step has those of its time
        executor.recorder.ensure_schema()
        for step in steps:
            executor.record_migration(step)
