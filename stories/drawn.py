"""Steps of a database, with as few models drawn as they ask for.

Around each change Django draws every model anew that has to do with the one that is changed, which here are
nearly all, and nine tenths of what it takes to go through the steps is that. Within `few()` a state draws
models when a step asks for one: this one, those that point at it, and what all of these point at. What a step
then does is Django's own doing; where SQLite makes a table anew, its columns may stand in another order.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation  # type: ignore[attr-defined]

Key = tuple[str, str]


class Few(StateApps):
    """The models of one state, which steps ask for by their names. LookupError where one points at another
    that is not there."""

    def __init__(self, states: dict[Key, ModelState]) -> None:
        super().__init__([], {})
        self.states = {key: state.clone() for key, state in states.items()}  # they go on to be altered
        self.points = {key: set(_points_at(state)) for key, state in states.items()}
        if gone := set().union(*self.points.values()) - states.keys():
            raise LookupError(f"models point at what is not there: {sorted(gone)}")
        self.drawn: set[Key] = set()

    def get_model(self, app_label: str, model_name: str | None = None, require_ready: bool = True) -> Any:
        if model_name is None:
            app_label, model_name = app_label.split(".")
        self._draw((app_label, model_name.lower()))
        return super().get_model(app_label, model_name, require_ready)

    def _draw(self, key: Key) -> None:
        if key in self.drawn or key not in self.states:
            return
        ahead, wanted = [key, *(one for one, others in self.points.items() if key in others)], set[Key]()
        while ahead:
            if (one := ahead.pop()) not in wanted:
                wanted.add(one)
                ahead += self.points[one]
        new = wanted - self.drawn
        self.drawn |= new
        self.render_multiple([state for one, state in self.states.items() if one in new])


def _points_at(state: ModelState) -> Iterator[Key]:
    for field in state.fields.values():
        if field.remote_field:
            yield resolve_relation(field.remote_field.model, state.app_label, state.name_lower)
            if through := getattr(field.remote_field, "through", None):
                yield resolve_relation(through, state.app_label, state.name_lower)
    for base in state.bases:
        if isinstance(base, str):
            yield resolve_relation(base, state.app_label)


def _apps(state: Any) -> Few:
    held: list[Few] = state.__dict__.setdefault("held", [])
    if not held:
        held.append(Few(state.models))
    return held[0]


def _reload(state: Any, *_which: Any, **_how: Any) -> None:
    """It was altered: what was drawn of it is its copies' alone."""
    state.held = []


@contextmanager
def few() -> Iterator[None]:
    plainly, add, remove = ProjectState.clone, ProjectState.add_model, ProjectState.remove_model

    def clone(state: Any) -> Any:
        copy: Any = plainly(state)
        copy.held = state.__dict__.setdefault("held", [])
        return copy

    def added(state: Any, *which: Any) -> None:
        _reload(state)
        add(state, *which)

    def removed(state: Any, *which: Any) -> None:
        _reload(state)
        remove(state, *which)

    with patch.multiple(
        ProjectState, apps=property(_apps, fdel=_reload), clone=clone, add_model=added, remove_model=removed,
        reload_model=_reload, reload_models=_reload,
    ):  # fmt: skip
        yield
