"""The table as it stands in docs/who-may.md."""

from collections.abc import Iterable
from pathlib import Path

from shangliang.base.charts.chart import CHARTS

from . import addresses, deeds, doing, seeing, shell, trying
from .columns import COLUMNS, EVERY, cells

PLACE = Path(__file__).resolve().parents[2] / "docs" / "who-may.md"
HEAD = """# Who may

Printed by `python -m stories.who_may` from the one declared table in `stories/who_may/`.
`stories/test_who_may.py` holds every cell against the queries, rules, charts and actions;
`stories/test_who_may_http.py` every address. Do not edit it here.

`✓` may · `·` sees the thing, but it is not theirs (403) · `–` is not to know of it (404) · `○` theirs in
another state (409). *own* is the studio of the member or convener, the department of the handler, the thread
of the author, the consultation of the guest's door code. *convener* is the deputy too. *neighbour* is whoever
holds a post or a tracking code of another county; *above* the officers of city and province, *sent up* those
to whom a voice was sent.
"""
SEEING = """## May see

A page, list, count, search and file alike. A thing that is not listed is seen by nobody.
"""
DOING = """## May do

The cells hold where the thing is visible; where it is not, they are `–`. From every other state a move is
refused: `○` to whom it is given in some state, `·` to the others. Somebody with several posts may what any
one of them may. A voice that is in a consultation moves only with it: those rows have no `✓`.
"""
PAGES = """## Pages

What a GET answers, made from one thing each: `✓` 200 · `·` 403 · `–` 404 · `→` is asked to sign in, or for
the tracking code · `›` is sent on.
"""
SHELL = """## Without a page

Commands are run by whoever may open a shell as the site's own account; jobs by the clock. Nothing is
exported as a table; a resident's own copy is a move of theirs above.
"""
WITHOUT = """## Actions without a right of their own
"""


def printed() -> str:
    parts = [HEAD, SEEING, table(_seeing()), DOING]
    for name in trying.STAGES:  # by then every chart is loaded
        parts += [f"### {name}\n", table(_moves(name))]
    reviews = [
        (f"{move}: {kind}", row) for kind, moves in doing.REVIEWS.items() for move, row in moves.items()
    ]
    parts += [
        "### review of a post\n",
        table(reviews),
        "### no move of a chart\n",
        table(_actions()),
        WITHOUT,
    ]
    parts.append(bullets())
    parts += [PAGES, table((f"`{' '.join(row)}`", marks) for row, marks in addresses.GETS.items())]
    parts += [SHELL, "| command | what it does | what it leaves |\n|---|---|---|\n" + _commands(), _jobs()]
    return "\n".join(parts)


def bullets() -> str:
    return "".join(f"- `{name}`: {why}\n" for name, why in deeds.WITHOUT_A_RULE.items())


def _commands() -> str:
    return "".join(f"| `{name}` | {what} | {left} |\n" for name, (what, left) in shell.COMMANDS.items())


def _jobs() -> str:
    rows = "".join(f"| `{name}` | {what} |\n" for name, what in shell.JOBS.items())
    return "| job | what it does |\n|---|---|\n" + rows


def table(rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| | {' | '.join(COLUMNS.values())} |", "|---|" + ":-:|" * len(COLUMNS)]
    lines += [f"| {name} | {' | '.join(cells(marks, EVERY).values())} |" for name, marks in rows]
    return "\n".join(lines) + "\n"


def _seeing() -> Iterable[tuple[str, str]]:
    for stage, marks in seeing.VOICE.items():
        yield f"voice, not shown; dialogue, photos · {stage}", marks
    for (thing, state), marks in seeing.SEES.items():
        yield thing if state == "any" else f"{thing} · {state}", marks


def _moves(name: str) -> Iterable[tuple[str, str]]:
    labels = {row.name: str(row.label) for row in CHARTS[name].moves}
    for move, stages in doing.DOES[name].items():
        for stage, marks in stages.items():
            yield f"`{move}` {labels[move]} · {stage}", marks


def _actions() -> Iterable[tuple[str, str]]:
    for action, abouts in deeds.ACTIONS.items():
        for about, marks in abouts.items():
            yield f"`{action}` · {about}", marks


def write() -> None:
    PLACE.write_text(printed(), "utf-8")
