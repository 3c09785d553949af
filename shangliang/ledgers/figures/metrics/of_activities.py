"""What is counted of activities: those held, by kind, and what was measured at them. The names are those
under which committees report the same; kinds and measures are the activities' own book."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from shangliang.flow.activities.kinds import SETTLED, book

from .kinds import ANY, Metric, Rule

HELD = ("activity_recorded",)
CHANGED = ("activity_recorded", "activity_mended")  # a mended record says by how much


def activities() -> Iterator[Metric]:
    found = book()
    yield Metric(
        "activities_held", _("办过的活动"), "activity",
        _("工作室和机关办过、记下来的活动，一场计一场，按类别分；补记的也在内，取消的不算。"),
        rules=(Rule(HELD),), about="activity", group="activities", parts="kind",
        part_labels={key: kind.label for key, kind in found.kinds.items()},
    )  # fmt: skip
    for key, count in found.counts.items():
        yield Metric(
            key,
            count.label,
            count.unit,
            _definition(key),
            rules=_held(key),
            about="activity",
            group="activities",
        )
    for key, measure in found.measures.items():
        yield Metric(
            key, measure.label, measure.unit, _("每场活动记下的数相加；没有数过的不算，改了的照改的算。"),
            rules=(Rule(CHANGED, {key: ANY}, weight=key),), about="activity", group="activities",
            people=measure.of_people,
        )  # fmt: skip


def _kinds(count: str) -> tuple[str, ...]:
    return tuple(key for key, kind in book().kinds.items() if kind.counts == count)


def _held(count: str) -> tuple[Rule, ...]:
    """One for each activity held of the kinds that count so; of mediations, for what was settled."""
    kinds = _kinds(count)
    if not any(book().kinds[key].outcome for key in kinds):
        return (Rule(HELD, {"kind": kinds}),)
    return (
        Rule(CHANGED, {"kind": kinds, "outcome": SETTLED}),
        Rule(("activity_mended",), {"kind": kinds, "was": SETTLED}, weight=-1),
    )


def _definition(count: str) -> object:
    if any(book().kinds[key].outcome for key in _kinds(count)):
        return _("调解成了的，一起计一起；没有调解成的、转给别处的不算。记录永不公开，只有数公开。")
    return _("这一类活动办过、记下来的，一场计一场。")
