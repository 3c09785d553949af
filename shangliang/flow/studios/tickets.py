"""Codes of bookings (预约码): eight characters, reckoned from the form's key, kept as a keyed digest only.

40 random bits: whoever asks is counted, so that they are not guessed within the days for which one holds."""

from django.conf import settings

from shangliang.base.journal.codes import CROCKFORD, keyed

LENGTH = 8


def make(form_key: str) -> str:
    """The code that belongs to a form's key: a form sent twice gives the same one."""
    number = int.from_bytes(keyed(settings.CODE_KEY, "booking", form_key)[:8], "big")
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(0, 5 * LENGTH, 5))


def is_plausible(code: str) -> bool:
    """Whether a normalised code can be one."""
    return len(code) == LENGTH and all(c in CROCKFORD for c in code)


def digest(code: str) -> str:
    return keyed(settings.CODE_KEY, "booking kept", code).hex()


def grouped(code: str) -> str:
    """7K2M 0QXT, as it is written down and read aloud."""
    return f"{code[:4]} {code[4:]}".upper()
