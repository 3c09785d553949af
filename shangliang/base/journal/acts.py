"""The kinds of acts. Charts declare one for each move; what is no move stands in `states.ACTS`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_kinds: dict[str, "ActKind"] = {}


@dataclass(frozen=True)
class ActKind:
    """`name` as in the journal (a past participle: "reception_held"), `words` as a page says it."""

    name: str
    words: "StrOrPromise"


def declare(*kinds: ActKind) -> None:
    """Make kinds of acts known. Two moves may write the same act; the first wording stays."""
    for kind in kinds:
        _kinds.setdefault(kind.name, kind)


@cache
def _gather() -> None:
    """Import every installed package's `states`: charts declare themselves there, and `ACTS` are read."""
    apps.check_apps_ready()
    for app in apps.get_app_configs():
        if app.name.startswith("shangliang.") and app.module and module_has_submodule(app.module, "states"):
            declare(*getattr(import_module(f"{app.name}.states"), "ACTS", ()))


def declared() -> Mapping[str, ActKind]:
    """Every kind of act that the installed packages can write, by name."""
    _gather()
    return MappingProxyType(_kinds)
