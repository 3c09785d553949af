"""Acts written short, for tests: `A proposal lead @P1 x2 2019-03-01`."""

from datetime import date

from shangliang.ledgers.points import lists, tariff
from shangliang.ledgers.points.scoring import Deed


def deeds(*rows: str) -> list[Deed]:
    return [_deed(number, row.split()) for number, row in enumerate(rows, start=2)]


def _deed(number: int, words: list[str]) -> Deed:
    member, act, role, *more = words
    group = next((word[1:] for word in more if word.startswith("@")), "")
    times = next((int(word[1:]) for word in more if word[0] == "x"), 1)
    day = next((date.fromisoformat(word) for word in more if word[0] == "2"), date(2019, 3, 1))
    return Deed(member, act, role, day, group, times, None, number)


def reckoned(by, *rows):
    """By member: what the rows come to. `by`: a preset's name, or a tariff."""
    known = tariff.called(by) if isinstance(by, str) else by
    return {one.member: one.reckoned for one in lists.tried(known, deeds(*rows)).accounts}


def totals(by, *rows):
    return {member: found.total for member, found in reckoned(by, *rows).items()}
