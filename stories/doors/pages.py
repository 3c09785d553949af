"""A page as a browser's parser sees it: its tags with their attributes, and the forms that stand on it."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

Fields = dict[str, list[str]]
# What can be read in one way only: every quote closed, no "<" but where a tag begins, scripts without one.
ABOUT = r"""(?:\s+[^\s"'<>/=]+(?:="[^"]*"|='[^']*')?)*+"""
STRICT = re.compile(
    rf"""[^<]+|<(?P<raw>script|style)(?P<of_raw>{ABOUT})\s*>(?P<loose>[^<]*)</(?P=raw)>
    |<(?!(?:script|style)\b)(?P<tag>[a-z][a-z0-9-]*)(?P<about>{ABOUT})\s*(?P<closed>/?)>
    |</(?!(?:script|style)\b)(?P<end>[a-z][a-z0-9-]*)>|<!--[^<>-]*-->|<!doctype\ html>""",
    re.VERBOSE | re.IGNORECASE,
)
ONE = re.compile(r"""\s+([^\s"'<>/=]+)(?:="([^"]*)"|='([^']*)')?""")


@dataclass
class Form:
    """A form as it would be sent untouched; `typed`: the fields one writes in, `chosen`: name → its options,
    `files`: the fields that take a file."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    chosen: Fields = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class Page(HTMLParser):
    def __init__(self, said: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Form] = []
        self.inside: list[Form] = []
        self.select = self.textarea = ""
        self.text = self.loose = ""
        self.raw = ""
        if not self.strictly(said):
            self.feed(said)

    def strictly(self, said: str) -> bool:
        """The same as `feed`, in a third of the time. False, and nothing done, where a page can be read in
        more than one way: only a parser knows which."""
        parts = list(STRICT.finditer(said))
        if sum(part.end() - part.start() for part in parts) != len(said):
            return False
        for part in parts:
            if tag := part["tag"] or part["raw"]:
                about = ONE.findall(part["about"] or part["of_raw"] or "")
                said_of: list[tuple[str, str | None]] = [
                    (name.lower(), unescape(one or other)) for name, one, other in about
                ]
                self.handle_starttag(tag.lower(), said_of)
                if part["loose"]:
                    self.handle_data(part["loose"])
                if part["closed"] or part["raw"]:
                    self.handle_endtag(tag.lower())
            elif part["end"]:
                self.handle_endtag(part["end"].lower())
            elif part[0][0] != "<":
                self.handle_data(unescape(part[0]))
        return True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self.tags.append((tag, about))
        self.raw = tag if tag in ("script", "style") else ""
        if tag == "form":
            self.inside.append(Form(about.get("action", ""), about.get("method", "get").lower()))
            self.forms.append(self.inside[-1])
        elif self.inside:
            self._in_form(self.inside[-1], tag, about)

    def _in_form(self, form: Form, tag: str, about: dict[str, str]) -> None:
        name, kind = about.get("name", ""), about.get("type", "text")
        if tag == "option" and self.select:
            form.chosen.setdefault(self.select, []).append(about.get("value", ""))
        if tag == "select":
            self.select = name
        if not name or "disabled" in about:
            return
        if tag == "textarea":
            self.textarea = name
            form.typed.add(name)
            form.fields[name] = [""]
        elif tag == "input" and kind in ("radio", "checkbox"):
            form.chosen.setdefault(name, []).append(about.get("value", "on"))
        elif tag == "input" and kind == "file":
            form.files.add(name)
        elif tag in ("input", "button") and kind != "reset":
            form.fields.setdefault(name, []).append(about.get("value", ""))
            if tag == "input" and kind not in ("hidden", "submit"):
                form.typed.add(name)

    def handle_endtag(self, tag: str) -> None:
        self.raw = ""
        if tag == "form" and self.inside:
            self.inside.pop()
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, words: str) -> None:
        if self.raw:
            self.loose += words
            return
        self.text += words
        if self.textarea and self.inside:
            self.inside[-1].fields[self.textarea][0] += words.removeprefix("\n")


def forms(said: str) -> list[Form]:
    return Page(said).forms


def ready(form: Form, **instead: Any) -> dict[str, Any]:
    """What a browser would send of it, with the first of every choice made, and `instead`."""
    sent: dict[str, Any] = {name: said[0] for name, said in form.fields.items()}
    for name, options in form.chosen.items():
        sent[name] = next(filter(None, options), "")
    return sent | instead
