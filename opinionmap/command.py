"""The command: reads files, prints a summary or JSON, draws the map. 0: done; 2: a file or an option is
wrong."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from . import drawing, files, words
from .conversation import Conversation
from .kinds import Id
from .maps import Map
from .settings import Rejected, Settings

T = TypeVar("T")


def main(arguments: Sequence[str]) -> int:
    language = _language(arguments)
    options = _options(language).parse_args(list(arguments))
    try:
        talk, texts = _read(options)
        groups = _named(files.groups(options.groups), talk.ballots.participants) if options.groups else None
        found = talk.map(groups=groups)
        if options.svg:
            options.svg.write_text(drawing.svg(found, language), "utf-8")
    except files.BadFile as fault:
        print(fault.said(language), file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"{options.svg}: {fault.strerror}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False))
    else:
        print(words.summary(found, language, texts))
    return 0


def as_json(found: Map) -> dict[str, Any]:
    """What `--json` prints. Persons stand in it: it is for whoever holds the votes; `public.published` is for
    everybody."""
    together = found.consensus
    return {
        "groups": {str(person): group for person, group in found.group_of.items()},
        "k": found.k,
        "consensus": {
            "agree": [each.statement for each in together.agree],
            "disagree": [each.statement for each in together.disagree],
        },
        "group_aware": [list(pair) for pair in found.group_aware],
        "representative": {
            str(name): [[each.statement, each.side] for each in held]
            for name, held in found.representative.items()
        },
        "priority": [list(pair) for pair in found.priority],
        "pc1": _loadings(found, 0),
        "pc2": _loadings(found, 1),
        "left_out": {
            "participants": {str(name): why for name, why in found.left_out.participants.items()},
            "statements": {str(name): why for name, why in found.left_out.statements.items()},
        },
    }


def _loadings(found: Map, axis: int) -> dict[str, float]:
    return {str(name): float(one) for name, one in zip(found.statements, found.axes[axis], strict=True)}


def _language(arguments: Sequence[str]) -> str:
    """Asked for, or the machine's: Chinese unless that is another."""
    for place, word in enumerate(arguments):
        if word.startswith("--language"):
            said = word.partition("=")[2] or " ".join(arguments[place + 1 : place + 2])
            return said if said in words.LANGUAGES else "zh"
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if spoken.startswith("en") else "zh"


def _options(language: str) -> argparse.ArgumentParser:
    told = {name: said(language) for name, said in words.HELP.items()}
    options = argparse.ArgumentParser(prog="python -m opinionmap", description=told["about"])
    options.add_argument("votes", type=Path, help=told["votes"])
    options.add_argument("--statements", type=Path, help=told["statements"])
    options.add_argument("--groups", type=Path, help=told["groups"])
    options.add_argument("--json", action="store_true", help=told["json"])
    options.add_argument("--svg", type=Path, help=told["svg"])
    options.add_argument("--language", choices=words.LANGUAGES, help=told["language"])
    options.add_argument(
        "--rejected", choices=[one.value for one in Rejected], default="zero", help=told["rejected"]
    )
    options.add_argument("--strict", action="store_true", help=told["strict"])
    return options


def _read(options: argparse.Namespace) -> tuple[Conversation, dict[Id, str]]:
    settings = Settings(rejected=Rejected(options.rejected), strict=options.strict)
    talk = Conversation(files.votes(options.votes), settings=settings)
    if not options.statements:
        return talk, {}
    decided, known = files.statements(options.statements), talk.ballots.statements
    talk.moderate(_named(decided.moderated, known), [name for name in known if str(name) in decided.meta])
    return talk, _named(decided.texts, known)


def _named(by_text: Mapping[str, T], known: Sequence[Id]) -> dict[Id, T]:
    """By the conversation's own ids, of what was said by texts."""
    return {name: by_text[str(name)] for name in known if str(name) in by_text}
