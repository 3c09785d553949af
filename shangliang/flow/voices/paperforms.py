"""The number of a printed form, 2026-00012-3: year, running number of the committee, a check digit. Typed by
hand from paper, so a slip of the pen is told without looking it up."""

import re
import unicodedata

WRITTEN = re.compile(r"(\d{4})(\d{5})(\d)")


def number(year: int, running: int) -> str:
    """The number as it is printed; `running` counts from 1 within the committee's year."""
    body = f"{year:04d}{running:05d}"
    return f"{body[:4]}-{body[4:]}-{check_digit(body)}"


def meant(typed: str) -> str:
    """The number that was meant: full width and half, with or without dashes and spaces. Empty when it can be
    none."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", typed) if c.isdecimal())
    found = WRITTEN.fullmatch(digits)
    if found is None or check_digit(digits[:-1]) != digits[-1]:
        return ""
    return "-".join(found.groups())


def check_digit(body: str) -> str:
    """Luhn's: every single wrong digit changes it, and nearly every swap of two neighbours."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 - place % 2)
        total += value // 10 + value % 10
    return str(-total % 10)
