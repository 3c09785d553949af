"""Killed at named places: what was acknowledged is there, and nothing twice."""

from collections.abc import Iterator

from prove import databases
from prove.figure import Figure


def figures(seed: int, short: bool) -> Iterator[Figure]:
    for name, environment in databases.both():
        words = ["--short"] if short else []
        words += ["--few"] if short and name != "SQLite" else []
        said = databases.told("places", *words, environment=environment)
        planted = said["planted"]
        yield Figure(
            f"killed at a named place, {name}: lost, doubled or disagreeing, of {said['killed']} kills",
            len(said["wrong"]), 0, "the answer goes out before the commit", planted["answers first"], seed,
        )  # fmt: skip
        yield Figure(
            f"killed at a named place, {name}: places not reached",
            len(said["unreached"]), 0, "figures counted and their cursor moved in two transactions",
            planted["two transactions"], seed,
        )  # fmt: skip
