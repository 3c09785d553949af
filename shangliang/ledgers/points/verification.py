"""The code on a printed statement: by it, and the name on the paper, anybody can check it. Pure.

It holds what the paper says of itself (committee, period, total, day) and a keyed digest over that and the
name. Nothing is stored: there is no list of what was issued, and nothing to be guessed or found."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare

from shangliang.base.journal.codes import CROCKFORD, keyed, meant

from .periods import Period

BEGIN = date(2020, 1, 1)
SAYS, PROOF = 16, 16  # characters of five bits: what it says, the digest over it
MOST = 1 << 27  # of a total's size, in hundredths


@dataclass(frozen=True)
class Printed:
    """What a paper says of itself. `committee`: its code; `total` in hundredths."""

    committee: str
    period: Period
    total: int
    day: date


def code(said: Printed, name: str) -> str:
    """The code of 32 characters, in groups of four. ValueError for what no statement says."""
    days = (said.day - BEGIN).days
    fits = 0 <= days < 1 << 16 and abs(said.total) < MOST and 0 <= said.period.year - 2000 < 1 << 10
    if not fits or not (said.committee.isdecimal() and len(said.committee) == 6):
        raise ValueError(f"No statement says {said}.")
    number = int(said.committee)
    for value, bits in ((said.period.year - 2000, 10), (said.period.quarter, 3), (said.total + MOST, 28),
                        (days, 16)):  # fmt: skip
        number = number << bits | value
    text = _written(number, SAYS)
    whole = (text + _proof(text, name)).upper()
    return "-".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def read(typed: str, name: str) -> Printed | None:
    """What a paper with this code and this name says; None if we issued none such."""
    text = meant(typed)
    if len(text) != SAYS + PROOF or not set(text) <= set(CROCKFORD):
        return None
    said, proof = text[:SAYS], text[SAYS:]
    if not constant_time_compare(proof, _proof(said, name)):
        return None
    number = 0
    for letter in said:
        number = number << 5 | CROCKFORD.index(letter)
    values = []
    for bits in (16, 28, 3, 10):
        values.append(number & (1 << bits) - 1)
        number >>= bits
    days, total, quarter, year = values
    return Printed(f"{number:06d}", Period(2000 + year, quarter), total - MOST, BEGIN + timedelta(days=days))


def _proof(said: str, name: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    digest = keyed(settings.CODE_KEY, "statement", f"{said} {plain}")
    return _written(int.from_bytes(digest[:10], "big"), PROOF)


def _written(number: int, length: int) -> str:
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(length)))
