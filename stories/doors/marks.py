"""Marks that would become something on a page that does not escape them, and what became of them there.

`MARK` goes where people write; `{n}` numbers the field. It closes quotes, tags, comments, scripts and
templates, tries an address that runs, turns the line round (RTL) and hides a letter."""

import html
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any
from xml.etree import ElementTree

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


def born_in_file(part: bytes) -> Iterator[str]:
    """What a mark became in a file to keep (each part of an archive for itself): an element or an attribute
    of its XML, a line of a calendar that nobody meant, an address that runs."""
    if part[:5] == b"%PDF-":
        if re.search(rb"/URI *\(\s*(javascript|vbscript|data):|/JavaScript", part, re.IGNORECASE):
            yield "an address that runs in a sheet"
    elif part[:5] == b"<?xml":
        for one in ElementTree.fromstring(part).iter():  # noqa: S314  our own, and what is sought is a fault
            if "zq" in str(one.tag) or any("zq" in name for name in one.attrib):
                yield f"the element {one.tag}"
            if any(RUNS.match(value) for value in one.attrib.values()):
                yield f"an address that runs of {one.tag}"
    elif part[:15] == b"BEGIN:VCALENDAR":
        lines = part.decode().replace("\r\n ", "").split("\r\n")
        yield from (f"the line {line[:40]}" for line in lines if line and not re.match(r"[A-Z-]+[;:]", line))


def seen_in_file(part: bytes) -> set[int]:
    """As `seen`, in a sheet's text, in XML, in a calendar, in a table: lines are broken anywhere."""
    said = re.sub(r"\s+", "", html.unescape(part.decode("utf-8", "replace")))
    return {int(n) for n in re.findall(r"zqm(\d{4})", said)} | {
        int(n) for n in re.findall(r"<zqb>\"'(\d{4})", said)
    }


HEADERS = {  # of a mail of ours; another one was written by a mark
    "content-type", "content-transfer-encoding", "mime-version", "subject", "from", "to", "date",
    "message-id", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post",
}  # fmt: skip


def born_in_mail(raw: bytes) -> Iterator[str]:
    """What a mark became in a mail as it is handed over: a header or a part of its own, a line broken inside
    a header, or, in the part that is a page, what it becomes on one."""
    mail = message_from_bytes(raw, policy=policy.default)
    for part in mail.walk():
        for name, value in part.items():
            if name.lower() not in HEADERS:
                yield f"the header {name}"
            if re.search(r"[\r\n\0]", str(value)):
                yield f"a line broken in {name}"
        if part.get_content_type() == "text/html":
            yield from born(part.get_content())
        elif part.get_content_type() not in ("text/plain", "multipart/alternative"):
            yield f"a part of its own: {part.get_content_type()}"


def seen_in_mail(raw: bytes) -> set[int]:
    """As `seen`, in both parts: words are words in each."""
    parts = message_from_bytes(raw, policy=policy.default).walk()
    said = {one.get_content_type(): one.get_content() for one in parts if not one.is_multipart()}
    return seen(said.get("text/html", "")) | seen_in_file(said.get("text/plain", "").encode())
