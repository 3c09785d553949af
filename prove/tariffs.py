"""Points' own imports as `manage.py tariff` reads them: a committee's tariff, a table of acts, with noise."""

import random
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:  # when it runs, Django is set up first
    from shangliang.ledgers.points.tariff import Tariff

NOISE = (
    "[", "{", ": ", "&a ", "*a", "!!python/name:os.system ", "<<: ", "- ", "\t", "\x00", "'", '"', "|", ">",
    "NaN", ".inf", "-1", "1e999", "2026-02-30", "９", "null", "汉", "\u202e", "\ufeff", "~", "0x1F", "%",
)  # fmt: skip
CELLS = (
    "", "x", "-1", "1e9", "9" * 40, "NaN", "2026-02-30", "0001-01-01", "９", "½", "\x00", "=1+1", "汉" * 300,
)  # fmt: skip
CODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "latin-1")
SAID = {"member": "张三", "date": "2026-03-01", "group": "一", "quantity": "2"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def faults(seed: int, rounds: int) -> int:
    """How many files brought about anything but a result or a refusal in words."""
    drawn = random.Random(seed)
    with TemporaryDirectory() as folder:
        return sum(_fell(*files) for files in _files(drawn, Path(folder), rounds))


def planted(seed: int) -> list[bool]:
    """Whether each of two faults is found: what PyYAML raises goes through; a quantity is taken as it is."""
    from shangliang.ledgers.points import lists, tariff

    with patch.object(tariff, "FAULTS", ()):
        through = faults(seed, 60) > 0
    with patch.object(lists, "_quantity", lambda said: int(said or 1)):
        reckoned = faults(seed, 60) > 0
    return [through, reckoned]


def _files(drawn: random.Random, folder: Path, rounds: int) -> Iterator[tuple[str, str]]:
    """(tariff, table), of which one is noise."""
    from shangliang.ledgers.points import tariff

    presets, own, table = sorted(tariff.PRESETS.glob("*.yaml")), folder / "own.yaml", folder / "acts.csv"
    for number in range(rounds):
        preset = drawn.choice(presets)
        text = preset.read_text("utf-8")
        if number % 2:
            own.write_bytes(_with_noise(drawn, text).encode(drawn.choice(CODINGS), "replace"))
            table.write_text("member,act,role,date\n张三,reception,present,2026-03-01\n", "utf-8")
            yield str(own), str(table)
        else:
            table.write_bytes(_table(drawn, tariff.parsed(text)).encode(drawn.choice(CODINGS), "replace"))
            yield tariff.parsed(text).name, str(table)


def _with_noise(drawn: random.Random, text: str) -> str:
    lines = text.splitlines()
    for _time in range(drawn.randrange(1, 4)):
        at = drawn.randrange(len(lines))
        key, colon, _said = lines[at].partition(":")
        lines[at] = drawn.choice((
            "", f"{key}{colon} {drawn.choice(NOISE)}", lines[at] + drawn.choice(NOISE),
            lines[at][: drawn.randrange(9)], drawn.choice(lines), f"  {lines[at]}",
            drawn.choice(NOISE) + lines[at],
        ))  # fmt: skip
    return "\n".join(lines)


def _table(drawn: random.Random, chosen: "Tariff") -> str:
    from shangliang.ledgers.points import lists

    heads = list(lists.COLUMNS)
    words = lists.vocabulary(chosen)
    whole = {"act": list(words.acts), "role": list(words.roles)}
    drawn.shuffle(heads)
    rows = [heads if drawn.random() < 0.8 else heads[: drawn.randrange(len(heads))]]
    for _row in range(drawn.randrange(6)):
        rows.append([])
        for head in heads:
            right = drawn.choice(whole.get(head) or [SAID[head]])
            rows[-1].append(right if drawn.random() < 0.7 else drawn.choice(CELLS))
    quoted = [",".join(f'"{cell}"' if drawn.random() < 0.2 else cell for cell in row) for row in rows]
    return drawn.choice(("\n", "\r\n", "\r")).join(quoted)


def _fell(preset: str, table: str) -> bool:
    from django.core.management import CommandError, call_command

    said = StringIO()
    try:
        call_command("tariff", preset, table, stdout=said, stderr=StringIO())
    except CommandError as refusal:
        return not CHINESE.search(str(refusal))
    except Exception:
        return True
    return not said.getvalue()
