"""iCalendar feeds (RFC 5545): lines end in CRLF and are folded at 75 octets, names stay the same from one
reading to the next, what was called off stays and says so."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from .models import Activity, State

LINE = 75  # octets, without the line's end
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar(name: str, rows: Iterable[Activity], address: Callable[[Activity], str]) -> bytes:
    """A whole calendar; `address` of an activity is where its page is read."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Shangliang//Activities//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for row in rows for line in _event(row, address(row))),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(row: Activity, address: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{row.code}@shangliang"
    yield f"SEQUENCE:{row.version - 1}"
    yield f"DTSTAMP:{_utc(row.last_at)}"
    yield f"LAST-MODIFIED:{_utc(row.last_at)}"
    yield f"DTSTART:{_utc(row.starts_at)}"
    yield f"DTEND:{_utc(row.ends_at)}"
    yield from _private(row) if row.private else _told(row)
    yield f"URL:{address}"
    yield f"STATUS:{'CANCELLED' if row.state == State.CANCELLED else 'CONFIRMED'}"
    yield "END:VEVENT"


def _told(row: Activity) -> Iterator[str]:
    yield f"SUMMARY:{_text(row.title)}"
    yield f"LOCATION:{_text(row.place)}"
    about = [row.host, row.about]
    if row.state == State.CANCELLED:
        about.append(row.cancelled_why)
    yield f"DESCRIPTION:{_text(chr(10).join(filter(None, about)))}"


def _private(row: Activity) -> Iterator[str]:
    """Who holds it and when: a calendar is read without signing in, and may be read by others."""
    yield f"SUMMARY:{_text(row.host)}"


def _text(said: str) -> str:
    """As TEXT is written; control characters and halves of characters are none of it."""
    plain = "".join(ch for ch in said if ch == "\n" or unicodedata.category(ch) not in ("Cc", "Cs"))
    return plain.translate(ESCAPED)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never cut within a character; each next one after a space."""
    piece, size = "", 0
    for ch in line:
        octets = len(ch.encode())
        if size + octets > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + ch, size + octets
    yield piece
