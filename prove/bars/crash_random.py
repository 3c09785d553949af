"""The real server and worker under write load, killed at random: nothing acknowledged is lost or doubled."""

import random
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from prove import databases
from prove.figure import Figure
from prove.server import Server, alone, serve
from prove.storm import Storm
from stories import postgres

KILLS, VOICES = 50, 600
PLANTED = "thanks first, writes afterwards"
TARGETS = ("web", "one web process", "worker", "everything")


def figures(seed: int, short: bool) -> Iterator[Figure]:
    with databases.sqlite() as environment:
        targets = ("one web process", "everything") if short else TARGETS
        yield from killed("SQLite", environment, None, seed, targets, short=short)
    if short or not postgres.programs():
        return
    with postgres.cluster(options="") as cluster, databases.on(cluster) as environment:
        yield from killed("PostgreSQL", environment, cluster, seed, (*TARGETS, "database"))


def killed(
    name: str, environment: databases.Environment, cluster: postgres.Cluster | None, seed: int,
    targets: tuple[str, ...], *, short: bool = False,
) -> Iterator[Figure]:  # fmt: skip
    kills = len(targets) if short else KILLS
    scene = databases.told("scene", str(30 if short else VOICES), environment=environment)
    server = Server(environment, serve, SHANGLIANG_MODE="demo")
    storm = Storm(server, scene, random.Random(seed), cluster)
    with ExitStack() as until_the_end:
        until_the_end.callback(server.stop)
        server.start()
        storm.blow(kills, targets)
    wrong = storm.look(environment)
    for line in wrong:
        print(line, file=sys.stderr)
    lost = forgetful(environment, scene, seed)
    print(f"{name}: {storm.kills}, {len(storm.book)} forms", file=sys.stderr)
    yield Figure(
        f"killed at random, {name}: lost, doubled or disagreeing, of {storm.acknowledged} acknowledged",
        len(wrong), 0, PLANTED, lost, seed,
    )  # fmt: skip
    yield Figure(
        f"killed at random, {name}: kills",
        sum(storm.kills.values()),
        kills,
        PLANTED,
        lost,
        seed,
        bar="at least",
    )


def forgetful(environment: databases.Environment, scene: dict[str, object], seed: int) -> bool:
    """Whether a server that thanks before it writes is found out, by one kill."""
    server = Server(environment, partial(alone, workers=1), SHANGLIANG_MODE="test", PROVE_WITHOUT="commit")
    storm = Storm(server, scene, random.Random(seed), desk=False)
    with ExitStack() as until_the_end:
        until_the_end.callback(server.stop)
        server.start()
        storm.blow(1, ("everything",))
    return bool(storm.look(environment))
