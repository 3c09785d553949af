"""Tracking codes (查询码): twelve characters of Crockford's 32, the last a check character.

A code is reckoned from the key of the form that left the voice, so a form sent twice gives the same one; only
a keyed digest of it is stored. 55 random bits; any single wrong character is told without asking the
database."""

from django.conf import settings

from shangliang.base.journal.codes import CROCKFORD, keyed

LENGTH = 12
_ORDER = {character: place for place, character in enumerate(CROCKFORD)}


def make(form_key: str) -> str:
    """The code that belongs to a form's key, as it is kept in no table."""
    number = int.from_bytes(keyed(settings.CODE_KEY, "code", form_key)[:8], "big")
    body = "".join(CROCKFORD[(number >> shift) & 31] for shift in range(0, 55, 5))
    return body + check_character(body)


def form_code(form_key: str, place: int) -> str:
    """The code on the stub of the form at this place of the batch that was printed under the key."""
    return make(f"{form_key}\0{place}")


def is_plausible(code: str) -> bool:
    """Whether a normalised code can be one: its length, its characters, its check character."""
    return len(code) == LENGTH and all(c in _ORDER for c in code) and check_character(code[:-1]) == code[-1]


def check_character(body: str) -> str:
    """Luhn's sum with 32 instead of ten: every single wrong character changes it, and nearly every swap."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = _ORDER[character] * (2 - place % 2)
        total += value // 32 + value % 32
    return CROCKFORD[-total % 32]


def digest(code: str) -> str:
    """What is stored of a normalised code."""
    return keyed(settings.CODE_KEY, "kept", code).hex()


def grouped(code: str) -> str:
    """三组四个: 7K2M 0QXT 9DHW, as it is printed and read aloud."""
    return " ".join(code[start : start + 4].upper() for start in range(0, len(code), 4))
