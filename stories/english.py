"""What an English page still says in Chinese, outside what is marked as Chinese."""

import re
from html.parser import HTMLParser

from django.apps import apps

from shangliang.base.people.personal.fields import Private

HAN = re.compile("[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]+")
READ = ("aria-label", "alt", "title", "placeholder", "content")
TITLE = 6  # characters: what is shorter may be a word of ours that somebody used too
VOID = {"meta", "link", "input", "img", "br", "hr", "rect", "path", "circle", "use", "source"}


class Chrome(HTMLParser):
    """What a page says itself outside everything marked as Chinese: its text, and what has no place for a
    mark, the attributes that are read and the title of its window."""

    def __init__(self, page):
        super().__init__()
        self.open, self.text, self.said = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, attributes.get("lang")))
        if not self.chinese():
            self.said += [attributes[name] for name in READ if attributes.get(name)]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.chinese() or not self.open or self.open[-1][0] in {"script", "style"}:
            return
        (self.said if self.open[-1][0] == "title" else self.text).append(data)

    def chinese(self):
        return any(lang and lang.startswith("zh") for _tag, lang in self.open)


def written():
    """Everything in Chinese that people wrote or are called: it stays as it is, the longest first."""
    found = set()
    ours = (m for m in apps.get_models() if m.__module__.startswith("shangliang."))
    for model in ours:
        locked = [field.attname for field in model._meta.fields if isinstance(field, Private)]
        rows = [*model.objects.values_list()]
        rows += [[getattr(row, name) for name in locked] for row in model.objects.all()] if locked else []
        for row in rows:
            found |= {cell for cell in row if isinstance(cell, str) and HAN.search(cell)}
    return sorted(found, key=len, reverse=True)


def left_in_chinese(page, content):
    """What is neither marked nor among what people wrote, whole or, as in titles, cut out of it."""
    whole, chrome = "\n".join(content), Chrome(page)
    found = [piece for piece in chrome.text + chrome.said if HAN.search(piece)]
    return [
        piece.strip()
        for piece in found
        if _but_for(piece, content) and _but_for(_without_cuts(piece, whole), content)
    ]


def unmarked(page):
    """Text in Chinese that a voice for English would be given to read."""
    return [piece.strip() for piece in Chrome(page).text if HAN.search(piece)]


def _but_for(piece, content):
    for words in content:
        piece = piece.replace(words, "")
    return HAN.search(piece)


def _without_cuts(piece, whole):
    return HAN.sub(lambda run: "" if len(run[0]) >= TITLE and run[0] in whole else run[0], piece)


def speaks_english(answer, content, status=200):
    assert answer.status_code == status
    page = answer.content.decode()
    assert '<html lang="en"' in page
    assert not left_in_chinese(page, content)
    return page
