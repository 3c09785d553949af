"""A page as a browser's parser sees it: its tags with their attributes, and the forms that stand on it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Fields = dict[str, list[str]]


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
        self.feed(said)

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
