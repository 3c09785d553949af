"""Migrations that make many tables: Django draws the models anew for each, here once for all."""

from itertools import takewhile
from typing import Any

from django.db.migrations import CreateModel, Migration


class AtOnce(Migration):
    """The tables with which it begins are made from one state, the one after the last of them. All else goes
    as in any migration."""

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        if collect_sql:  # to be printed, step by step
            return super().apply(project_state, schema_editor, collect_sql)
        tables = list(takewhile(lambda step: isinstance(step, CreateModel), self.operations))
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)  # drawn models; without them a step only says what is to be
        for table in tables:
            table.state_forwards(self.app_label, project_state)
        for table in tables:
            table.database_forwards(self.app_label, schema_editor, before, project_state)
        rest = Migration(self.name, self.app_label)
        vars(rest).update(operations=self.operations[len(tables) :], atomic=self.atomic)
        return rest.apply(project_state, schema_editor)
