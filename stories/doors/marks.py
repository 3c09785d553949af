"""Marks that would become something on a page that does not escape them, and what became of them there.

`MARK` goes where people write; `{n}` numbers the field. It closes quotes, tags, comments, scripts and
templates, tries an address that runs, turns the line round (RTL) and hides a letter."""

import re
from collections.abc import Iterator
from typing import Any

from .pages import Page

MARK = (
    "zqm{n}\"'><zqb x=1 onzq=1>{{{{7*'7'}}}}${{7*7}}{{%zq%}}javascript:zq"
    "--></script></textarea>\u202e\u200bzq"
)
SHORT = "<zqb>\"'{n}"  # where little fits
RUNS = re.compile(r"^\s*(javascript|vbscript|data)\s*:", re.IGNORECASE)
WHERE_TO = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "srcset",
    "data",
    "xlink:href",
    "hx-get",
    "hx-post",
)


def fitting(most: int | None, number: int) -> str:
    """The mark of a field that holds so many characters; the short one where the long does not fit."""
    long, short = MARK.format(n=number), SHORT.format(n=number)
    return long if most is None or len(long) <= most else short if len(short) <= most else "<zqb>"[:most]


KEPT = ("text/csv", "text/calendar", "application/pdf", "application/vnd.", "application/zip", "image/")


def page(answer: Any) -> str:
    """What a browser draws of an answer; "" for a file to keep, which has tests of its own."""
    if answer.streaming or answer.headers.get("Content-Type", "").startswith(KEPT):
        return ""
    said: str = answer.content.decode("utf-8", "replace")
    return said


def born(said: str) -> Iterator[str]:
    """What a mark became in a page, which is nothing where it was only read: an element, an attribute, an
    address that runs, a template's sum, a bare angle bracket in a script."""
    page = Page(said)
    for tag, about in page.tags:
        if tag.startswith("zq"):
            yield f"the element <{tag}>"
        for name, value in about.items():
            if "zq" in name:
                yield f"the attribute {name} of <{tag}>"
            if name in WHERE_TO and "zq" in value and RUNS.match(value):
                yield f"{name}={value[:30]!r} of <{tag}>"
            if name.startswith("on"):
                yield f"a handler {name} of <{tag}>"
            if name == "style":
                yield f"a style of <{tag}>"
    if "zq" in page.loose:
        yield "words inside a script or a style"
    if "7777777" in said and "{{7*" not in page.text:
        yield "a template's sum"


def seen(said: str) -> set[int]:
    """The numbers of the marks that were read on a page."""
    return {int(n) for n in re.findall(r"zqm(\d+)", said)} | {
        int(n) for n in re.findall(r"&lt;zqb&gt;&#34;&#39;(\d+)", said)
    }
