"""Codes of members' sheets (委员的码): six characters that say in which studio who sits, reckoned and kept
nowhere.

They hang on walls, so no pseudonym stands in them: the journal is public, and says who acted by it alone."""

from django.conf import settings

from shangliang.base.journal.codes import CROCKFORD, keyed

LENGTH = 6


def of(studio: str, person: str) -> str:
    """The code of this person (a pseudonym) in a studio (its code): the same every time."""
    number = int.from_bytes(keyed(settings.CODE_KEY, "seat", f"{studio} {person}")[:8], "big")
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(0, 5 * LENGTH, 5))
