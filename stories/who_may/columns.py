"""The columns of the table, and how a row of it is written.

A row is a string of marks, a group of columns apart by a space:

    "–  ✓–  ––  ✓–  ✓–  ✓  ✓  ✓–  ✓  –  –  –✓"
     │  │   │   │   │   │  │  │   │  │  │  └ above: nobody asked it · the voice was sent up to it
     │  │   │   │   │   │  │  │   │  │  └ neighbour: whoever holds a post or a tracking code of another county
     │  │   │   │   │   │  │  │   │  └ operator
     │  │   │   │   │   │  │  │   └ auditor of the committee
     │  │   │   │   │   │  │  └ handler of the department that was asked · of another
     │  │   │   │   │   │  └ leader of the committee
     │  │   │   │   │   └ officer of the committee
     │  │   │   │   └ convener and deputy of the studio · convener of another
     │  │   │   └ member stationed in the studio · members in another, or in none
     │  │   └ guest with a door code of this consultation · of another
     │  └ author, by the tracking code of this thread · of another thread of the county
     └ stranger

✓ may · "·" sees it, but it is not theirs (403) · – is not to know of it (404) · ○ theirs in another state
(409). On pages also: → is asked to sign in or for the code · › is sent on to another page."""

from collections.abc import Iterable

COLUMNS = {
    "stranger": "stranger",
    "author_own": "author: own",
    "author_other": "author: other",
    "guest_own": "guest: own",
    "guest_other": "guest: other",
    "member_own": "member: own",
    "member_other": "member: other",
    "convener_own": "convener: own",
    "convener_other": "convener: other",
    "officer": "officer",
    "leader": "leader",
    "handler_own": "handler: own",
    "handler_other": "handler: other",
    "auditor": "auditor",
    "operator": "operator",
    "neighbour": "neighbour",
    "above": "above",
    "above_asked": "above, sent up",
}
VISITORS = tuple(COLUMNS)[:5]  # nobody of these signs in
MAY, NOT_THEIRS, UNSEEN, NOT_NOW, SIGN_IN, ON = "✓·–○→›"
EVERY = MAY + NOT_THEIRS + UNSEEN + NOT_NOW + SIGN_IN + ON
EVERYBODY = MAY * len(COLUMNS)
NOBODY = NOT_THEIRS * len(COLUMNS)
Cells = dict[str, str]


def cells(marks: str, allowed: str = MAY + NOT_THEIRS + UNSEEN + NOT_NOW) -> Cells:
    """A row's cells by column. ValueError when one is missing or is no mark: no row is half declared."""
    found = "".join(marks.split())
    if len(found) != len(COLUMNS) or set(found) - set(allowed):
        raise ValueError(f"{len(COLUMNS)} marks of {allowed}, not {len(found)}: {marks}")
    return dict(zip(COLUMNS, found, strict=True))


def hidden(done: Cells, seen: Cells) -> Cells:
    """What of a row is left where the thing is visible to those of `seen` only."""
    return {column: done[column] if seen[column] == MAY else UNSEEN for column in done}


def differences(declared: Cells, found: Cells) -> Iterable[str]:
    """One line a cell that is not as declared."""
    for column, label in COLUMNS.items():
        if declared[column] != found[column]:
            yield f"{label}: declared {declared[column]}, the house says {found[column]}"
