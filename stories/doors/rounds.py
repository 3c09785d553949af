"""Which addresses somebody goes to: every row of the table of addresses, with what each committee has, the
lists and searches under every tab, and the parts that a script asks for."""

from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import quote

from django.urls import reverse

from ..who_may import addresses
from ..who_may.addresses import address
from ..who_may.columns import EVERY, MAY, ON, cells

PROPOSALS = ("desk", "workbench", "proposals")
MORE = (  # beside the table's rows: things of which it has no row, because the cells are those of another
    ("files:file", "paper_draft", "paper"),
    ("desk:voice", "voice_shown"),
    ("desk:voice", "voice_waiting"),
    ("desk:voice", "voice_withheld"),
    ("desk:voice", "voice_refused"),
    ("desk:voice", "voice_back"),
    ("desk:voice", "voice_waits"),
    ("desk:voice", "voice_other"),
    ("desk:review_item", "kind_voice", "voice_withheld"),
    ("desk:review_item", "kind_post", "post_withheld"),
    ("desk:consultation", "topic_sent"),
    ("desk:studio", "studio_applied"),
    ("portal:studio", "studio_applied"),
    ("voices:voice", "voice_waiting"),
    ("voices:voice", "voice_withheld"),
    ("departments:voice", "voice_shown"),
    ("consultations:consultation", "topic_sent"),
    ("departments:letter_in", "letter_replied"),
    *((f"{door}:proposal", of) for of in ("proposal_passed", "proposal_replied") for door in PROPOSALS),
    ("desk:proposal_urging", "proposal_passed", "letter_urging"),
    ("proposals:passed", "proposal_replied"),
)  # fmt: skip
PARTS = (
    "desk:queue", "desk:voice", "desk:review", "desk:review_item", "desk:similar",
    "departments:list", "departments:voice", "departments:recommendation",
)  # fmt: skip
FETCHED = (  # parts of a page that have a question of their own
    (("desk:consultation", "topic_sent"), "part=papers"),
    (("desk:consultation", "topic_sent"), "part=talk"),
    (("desk:voice", "voice_waiting"), "form=reply"),
    (("desk:voice", "voice_waiting"), "form=reveal"),
    (("desk:voice", "voice_waiting"), "form=note"),
    (("departments:voice", "voice_shown"), "form=reply"),
)


SAME_FOR_ALL = ("account_", "ui:", "portal:about", "portal:privacy", "portal:accessibility")


def all_of(
    one: SimpleNamespace, *, again: bool = False, column: str = "",
    more: tuple[tuple[str, ...], ...] = (), doors: tuple[str, ...] = ("",),
) -> Iterator[tuple[str, dict[str, str]]]:  # fmt: skip
    """(address, headers) of everything of one committee that can be read. `again`: only what differs from
    the other committee's round. `column`: without what the table closes to it, which is refused by the
    table's own test, without a word of what is there. `more`: rows beside `MORE`. `doors`: how the names of
    the addresses begin."""
    for row in (*addresses.GETS, *MORE, *more):
        if row[0].startswith(SAME_FOR_ALL) or (again and len(row) == 1) or not row[0].startswith(doors):
            continue
        if column and row in addresses.GETS and not _open(row, column):
            continue
        yield address(one, *row), {}
        if row[0] in PARTS:
            yield address(one, *row), {"HX-Request": "true"}
    if doors == ("",):
        yield from ((where, {}) for where in questions(one))
    for row, asked in FETCHED:
        if row[0].startswith(doors):
            yield f"{address(one, *row)}?{asked}", {"HX-Request": "true"}


def _open(row: tuple[str, ...], column: str) -> bool:
    marks = addresses.GETS[row]
    return (marks if isinstance(marks, dict) else cells(marks, EVERY))[column] in (MAY, ON)


def questions(one: SimpleNamespace) -> Iterator[str]:
    """Lists under each of their tabs, searches for the word that all of the committee's things have."""
    said, place, studio = quote(one.common), one.world.county.code, one.things["studio"].code
    queue, search, total = reverse("desk:queue"), reverse("portal:search"), one.things["total"].code
    yield f"{search}?q={said}"
    yield f"{search}?q={said[:9]}"  # one character of it: the beginning is enough for some indexes
    yield f"{reverse('portal:studios')}?place={said}"
    yield f"{reverse('portal:studios')}?under={place}"
    yield from (
        f"{queue}?tab={tab}" for tab in ("received", "passed_on", "answered", "refused", "all", "elsewhere")
    )
    yield f"{queue}?q={said}"
    yield f"{queue}?tab=all&studio={studio}"
    yield f"{queue}?turn=us&due=running&keeper=nobody"
    yield f"{queue}?keeper=me&taken=week"
    yield from (f"{reverse('desk:many')}?all=1&tab={tab}" for tab in ("all", "received"))
    yield from (f"{reverse(name)}?in={place}" for name in ("consultations:list", "results:list"))
    yield f"{reverse('consultations:list')}?in={place}&later=1"
    yield from (
        f"{reverse('desk:review')}?tab={tab}"
        for tab in ("voices", "voices_withheld", "posts_withheld", "voices_appealed", "posts_appealed")
    )
    yield from (
        f"{reverse('desk:figures')}?total={total}&kind={kind}" for kind in ("voice", "result", "studio")
    )
    yield f"{reverse('desk:topics')}?voice={one.things['voice_hidden'].code}"
    yield from (f"{reverse('departments:list')}?tab={tab}" for tab in ("voices", "recommendations", "done"))
