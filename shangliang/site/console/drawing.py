"""What of the docs is printed from the code: charts, the tree with each package's own line, acts, figures.

`printed()` gives every file as it should be; the `draw` command writes them, or says which are out of step.
"""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.translation import override

from shangliang.base.charts.chart import CHARTS, Chart
from shangliang.base.journal.acts import declared
from shangliang.base.people.personal import privacy
from shangliang.ledgers.notices import table as notices
from shangliang.ledgers.points import telling

DOCS: Path = settings.ROOT / "docs"
PART = "<!-- printed: {name} -->\n{text}<!-- end of {name} -->\n"
FOUND = re.compile(r"<!-- printed: (?P<name>[\w-]+) -->\n.*?<!-- end of (?P=name) -->\n", re.DOTALL)


def printed() -> dict[Path, str]:
    """Path → whole text, for every file that holds something printed."""
    with override("zh-hans"):
        files = {DOCS / "charts" / f"{name}.md": _chart(chart) for name, chart in sorted(_charts().items())}
        parts = {
            "tree": _tree(),
            "floors": _floors(),
            "acts": _acts(),
            "models": _models(),
            "proofs": _proofs(),
            "privacy": _privacy(),
            "notices": "\n".join([*notices.printed(), ""]),
            "tariffs": "\n".join([*telling.printed(), ""]),
        }
        for path in sorted(DOCS.glob("*.md")):
            text = path.read_text("utf-8")
            if FOUND.search(text):
                files[path] = FOUND.sub(lambda m: PART.format(name=m["name"], text=parts[m["name"]]), text)
        return files


def _charts() -> dict[str, Chart]:
    declared()  # imports every package's states
    return CHARTS


def _chart(chart: Chart) -> str:
    rows = [
        f"| `{m.name}` {m.label} | {_states(chart, m.start) or '–'} | "
        f"{'=' if m.end is None else chart.states.get(chart.ends(m, ''), m.end)} | `{m.act}` |"
        for m in chart.moves
    ]
    head = "| move 动作 | from 从 | to 到 | act 记录 |\n|---|---|---|---|\n"
    return (
        f"# {chart.name}\n\n```mermaid\n{chart.mermaid()}```\n\n{head}"
        + "\n".join(rows)
        + "\n"
        + (f"\n{chart.about}\n" if chart.about else "")
    )


def _states(chart: Chart, names: frozenset[str]) -> str:
    return "、".join(str(label) for name, label in chart.states.items() if name in names)


def _tree() -> str:
    lines = [f"{indent}{name + '/':<{22 - len(indent)}}{words}" for indent, name, words in _packages()]
    return "```\n" + "\n".join(lines) + "\n```\n"


def _packages() -> Iterator[tuple[str, str, str]]:
    house = settings.ROOT / "shangliang"
    yield "", "shangliang", _first_line(house)
    for floor in ("base", "flow", "ledgers", "site"):
        yield "  ", floor, _first_line(house / floor)
        for package in _in_order(floor):
            yield "    ", package, _first_line(house / floor / package)


def _in_order(floor: str) -> list[str]:
    """The order of INSTALLED_APPS, which is the order of the house."""
    start = f"shangliang.{floor}."
    return [
        config.name.removeprefix(start) for config in apps.get_app_configs() if config.name.startswith(start)
    ]


def _first_line(package: Path) -> str:
    words = ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""
    if not words:
        raise ValueError(f"{package.name} has no docstring: its line in the architecture is missing")
    return words.split("\n\n")[0].replace("\n", " ")


def _floors() -> str:
    contracts = tomllib.loads((settings.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rows = [f"- {contract['name']}" + _layers(contract) for contract in contracts]
    return "\n".join(rows) + "\n"


def _layers(contract: dict[str, list[str]]) -> str:
    return ": `" + " > ".join(contract["layers"]) + "`" if "layers" in contract else ""


def _acts() -> str:
    rows = [f"| `{kind.name}` | {kind.words} |" for _, kind in sorted(declared().items())]
    return "| act | 记录 |\n|---|---|\n" + "\n".join(rows) + "\n"


def _models() -> str:
    rows = []
    for config in apps.get_app_configs():
        if config.name.startswith("shangliang."):
            for model in config.get_models():
                first = (model.__doc__ or "").split("\n")[0]
                rows.append(f"| `{config.label}.{model.__name__}` | {model._meta.verbose_name} | {first} |")
    return "| model | 中文 | what it is |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _privacy() -> str:
    """Each class of personal data, in Chinese and English, with its columns."""
    found = []
    for one in privacy.classes().values():
        rows = [("", f"**{one.zh}**", f"**{one.en}**")]
        texts = {
            "purpose": one.purpose,
            "basis": one.basis,
            "kept": one.kept,
            "sees": one.sees,
            "mask": one.mask,
        }
        rows += [(name, text["zh"], text["en"]) for name, text in texts.items()]
        table = "\n".join(f"| {name} | {zh} | {en} |" for name, zh, en in rows)
        columns = ", ".join(f"`{column}`" for column in one.columns)
        found.append(f"## {one.name}\n\n| | 中文 | English |\n|---|---|---|\n{table}\n\n{columns}\n")
    kept = ", ".join(f"`{name}` {days} days" for name, days in privacy.declared()["retention"].items())
    plain = "\n".join(f"- `{name}`: {why}" for name, why in privacy.declared()["impersonal"].items())
    ends = f"Cleared every night: {kept}.\n"
    return "\n".join([*found, ends, f"## Tables that say nothing of a person\n\n{plain}\n"])


def _proofs() -> str:
    """What `make prove` measured last and kept."""
    rows = []
    for line in (settings.ROOT / "prove" / "figures.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        held = "yes" if row["ok"] else "**no**"
        caught = "caught" if row["caught"] else "**missed**"
        rows.append(
            f"| {row['proof']} | {row['name']} | {row['value']} | {row['bar']} {row['target']} | {held} "
            f"| {row['planted']}: {caught} |"
        )
    head = "| proof | figure | value | target | holds | planted fault |\n|---|---|---|---|---|---|\n"
    return head + "\n".join([*rows, ""])
