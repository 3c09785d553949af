"""A resident and a guest say something rare everywhere, have it erased, and every file is searched for it.

The bar `erasure` runs it in a process and a folder of its own. It prints one JSON object: what was found.

python -m prove.erasing seed            as it is, and with the planted fault: nothing is overwritten, merged
                                        or cut off
python -m prove.erasing seed --bytes    PostgreSQL: what its files keep, and which master key opens it"""

import argparse
import base64
import json
import logging
import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import django

from . import databases

RARE = "瀼渡嵖岈犍为郪江婺源邛崃盱眙歙砚鄠邑颍上睢阳涪陵濮阳瀍河"  # characters of names of places
NEXT_MONTH = "the master key of the next month, in the proof"
CONNECTED = "init_command"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("seed", type=int)
    parser.add_argument("--bytes", action="store_true")
    said = parser.parse_args()
    django.setup()
    story = Story(said.seed)
    print(json.dumps(story.on_postgresql() if said.bytes else story.on_files(), ensure_ascii=False))


class Needles:
    """What is looked for, in every form it may take."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.name = "".join(draw.sample(RARE, 3))
        self.phone = "139" + "".join(draw.choices("0123456789", k=8))
        self.words = "".join(draw.sample(RARE, 8))
        self.line = "".join(draw.sample(RARE, 9))
        self.post = "".join(draw.sample(RARE, 10))
        self.typed = "".join(draw.sample(RARE, 11))
        self.guest = "".join(draw.sample(RARE, 12))
        self.quoted = "".join(draw.sample(RARE, 13))  # by whoever looked it over

    def texts(self) -> dict[str, str]:
        return dict(vars(self))

    def forms(self, *, keyed: bool = True) -> dict[str, list[bytes]]:
        """What and form → its bytes. A pair in the index stands between blanks; `keyed`: also its token."""
        from shangliang.base.search import tokens

        found: dict[str, list[bytes]] = {}
        for what, text in self.texts().items():
            found |= {f"{what} {form}": needles for form, needles in _written(text).items()}
            pairs = [] if text.isascii() else ["".join(pair) for pair in pairwise(text)]
            found[f"{what} pairs"] = [f" {pair} ".encode() for pair in pairs]
            found[f"{what} keyed pairs"] = [tokens.keyed(pair).encode() for pair in pairs if keyed]
        return found


def _written(text: str) -> dict[str, list[bytes]]:
    raw, escaped = text.encode(), json.dumps(text)[1:-1]
    found = {
        "utf-8": [raw],
        "utf-16": [text.encode("utf-16-le"), text.encode("utf-16-be")],
        "base64": list(_base64(raw)),
    }
    if text.isascii():
        return found
    found["gb18030"] = [text.encode("gb18030")]
    found["url"] = [quote(text).encode(), quote(text).lower().encode()]
    found["json"] = [escaped.encode(), escaped.upper().replace(r"\U", r"\u").encode()]
    return found


def _base64(raw: bytes) -> Iterator[bytes]:
    """At each of the three places where a text can begin; what it shares with its neighbours is left out."""
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + raw)
        yield whole[(0, 2, 3)[shift] : len(whole) - 4]


def _bytes(path: Path) -> bytes:
    """What lies in a file; the server may have taken it away meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def hits(folder: Path, forms: dict[str, list[bytes]]) -> dict[str, int]:
    """ "form in file" → how often, over every file below a folder."""
    found: Counter[str] = Counter()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        held = _bytes(path)
        for form, needles in forms.items():
            if n := sum(held.count(needle) for needle in needles):
                found[f"{form} in {path.relative_to(folder)}"] += n
    return dict(found)


class Story:
    def __init__(self, seed: int) -> None:
        from django.conf import settings

        self.var, self.needles = Path(settings.VAR), Needles(seed)
        self.backup = self.var.with_name(self.var.name + "-backup")
        settings.ALLOWED_HOSTS = ["testserver"]
        logging.getLogger().addHandler(logging.FileHandler(self.var / "server.log"))
        databases.begin()

    def lived(self) -> tuple[Any, Any, Any]:
        """A voice by the pages: photo, dialogue, words typed and not sent, a post, searches, kept pages; and
        what a guest said. The voice, its author's browser, the guest's."""
        from django.test import Client

        from shangliang.flow.voices import actions, queries, tracking
        from stories import world as worlds
        from stories import world_topics as topics

        n, world, browser = self.needles, worlds.build(), Client()
        sent = {
            "key": "k" * 22, "words": f"我叫{n.name}，{n.words}的桥坏了", "place": f"{n.name}家门口",
            "phone": n.phone, "audience": "public", "photos": [_photo()],
        }  # fmt: skip
        answer = browser.post(f"/s/{world.studio.code}/", sent)
        assert answer.status_code == 303, answer.content.decode()[:3000]
        code = tracking.make("k" * 22)
        voice = queries.by_tracking_code(code)
        assert voice is not None
        actions.show(voice.code, by=world.convener, seen=1)
        topic = topics.opened(world)
        topics.said(world, topic, queries.author_of(voice), f"{n.post}都一样", f"{n.post}先修")
        guest = self._guest(world, topic)
        for address in ("/", f"/voices/{voice.code}/", f"/s/{world.studio.code}/", _at(topic)):
            browser.cookies.clear()
            browser.get(address)
        browser.get("/search/", {"q": n.words})
        self._reported(world, voice)
        actions.take_up(voice.code, by=world.convener, seen=voice.version)
        actions.reveal_phone(voice.code, by=world.officer, reason=f"给{n.name}回电话")
        browser.post("/track/", {"code": code})
        more = {"key": "s" * 22, "words": f"{n.line}也坏了", "photos": [_photo()]}
        assert browser.post("/track/thread/say/", more).status_code == 303
        Client().post("/track/", {"code": code, "kept-words": n.typed})  # lies in a session
        browser.get("/没有这一页/" + n.words)
        return voice, browser, guest

    def _reported(self, world: Any, voice: Any) -> None:
        """A member takes the words over into an opinion report, as its page begins it, and sends it."""
        from shangliang.flow.reports import actions, outcomes

        rest = {"analysis": "桥是哪家的，没有写明。", "advice": "写明由谁管，列入今年的修缮计划。"}
        began = {
            "title": "关于桥没有人修的情况和建议",
            **outcomes.from_voice(type(voice).objects.get(pk=voice.pk)),
        }
        said = actions.Draft(**{**began, **rest})
        report = actions.draft(world.studio.code, by=world.member, said=said, voice=voice.code)
        actions.send(report.code, by=world.member, seen=report.version)

    def _guest(self, world: Any, topic: Any) -> Any:
        """Somebody with a door code: withheld with words that quote them, refused an appeal, mended, shown.
        Their browser, with the address that erases."""
        from django.test import Client

        from shangliang.flow.consultations import actions
        from shangliang.flow.consultations.models import Post

        n, guest = self.needles, Client()
        [paper] = actions.print_door_codes(topic.code, by=world.convener, number=1)
        guest.erasing = f"{_at(topic)}data/erase/"  # type: ignore[attr-defined]
        guest.post(f"{_at(topic)}enter/", {"code": paper, "key": "d" * 22})
        said = {"words": f"{n.guest}的田", "suggestions": f"{n.guest}先补", "key": "p" * 22}
        assert guest.post(f"{_at(topic)}post/", said).status_code == 302
        post = Post.objects.get(participant="door")

        def at() -> int:
            post.refresh_from_db()
            return int(post.review_version)

        actions.withhold_post(post.code, by=world.convener, seen=at(), reason="personal", detail=n.quoted)
        said = {"words": f"{n.guest}不是人名", "key": "q" * 22, "seen": str(at())}
        assert guest.post(f"{_at(topic)}appeal/{post.code}/", said).status_code == 302
        actions.dismiss_post(post.code, by=world.officer, seen=at(), answer=f"还是有{n.quoted}")
        item = f"s{post.suggestions.get().number}"
        said = {"words": f"{n.guest}边上的田", item: f"{n.guest}早补", "key": "r" * 22, "seen": str(at())}
        assert guest.post(f"{_at(topic)}mend/{post.code}/", said).status_code == 302
        actions.show_post(post.code, by=world.convener, seen=at())
        return guest

    def erased(self, browser: Any, guest: Any) -> None:
        from shangliang import chores

        assert "会删掉" in browser.get("/track/erase/").content.decode()
        answer = browser.post("/track/erase/", {"key": "e" * 22, "sure": "on"})
        assert answer.status_code == 303, answer.content.decode()[:3000]
        assert "会删掉" in guest.get(guest.erasing).content.decode()
        answer = guest.post(guest.erasing, {"key": "f" * 22, "sure": "on"})
        assert answer.status_code == 302, answer.content.decode()[:3000]
        chores.everything()

    def on_files(self) -> dict[str, Any]:
        """SQLite: the whole folder, before and after; then an old copy of it, restored and erased by whoever
        overwrites nothing; then once more, and replayed."""
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connections

        forms = self.needles.forms()
        found: dict[str, Any] = {}
        _voice, *browsers = self.lived()
        found |= {"before": hits(self.var, forms)} | {f"{k}_before": n for k, n in self._elsewhere().items()}
        connections.close_all()
        shutil.copytree(self.var, self.backup)
        cookies = [deepcopy(one.cookies) for one in browsers]  # what was erased takes them away
        self.erased(*browsers)
        found |= {"after": hits(self.var, forms)} | self._elsewhere() | {"holds": _holds()}
        listed = Path(settings.ERASURES).read_bytes()
        self._restore()
        for one, before in zip(browsers, cookies, strict=True):
            one.cookies = before
        with careless():
            self.erased(*browsers)
            found["kept"] = hits(self.var, forms)
        self._restore()
        Path(settings.ERASURES).write_bytes(listed)
        found["restored_before"] = hits(self.var, forms)
        call_command("erase", "--replay", stdout=StringIO())
        found |= {"restored_after": hits(self.var, forms), "restored_holds": _holds()}
        return found

    def _restore(self) -> None:
        from django.db import connections

        connections.close_all()
        shutil.rmtree(self.var)
        shutil.copytree(self.backup, self.var)

    def _elsewhere(self) -> dict[str, int]:
        """What a search of files can't tell: pages in memory, packed sessions, photos without words."""
        photos = len(list((self.var / "media").rglob("*.jpg")))
        return {
            "memory": _in_memory(self.needles), "sessions": _sessions(self.needles), "photos": photos,
            "reports": _in_reports(self.needles),
        }  # fmt: skip

    def on_postgresql(self) -> dict[str, Any]:
        """The cluster's whole folder, old pages and its log with it."""
        from django.conf import settings

        from shangliang.base.people.models import PersonKey
        from shangliang.base.people.personal import keyring

        cluster = Path(os.environ["CLUSTER"])
        voice, *browsers = self.lived()
        box = bytes(PersonKey.objects.get(person=voice.person).box)
        words = bytes(type(voice).objects.values_list("words", flat=True).get(pk=voice.pk))
        self.erased(*browsers)
        secret, settings.MASTER_KEY = settings.MASTER_KEY, NEXT_MONTH
        settings.MASTER_KEY_OLD = secret
        keyring.rotate()
        settings.MASTER_KEY_OLD = ""  # destroyed
        held = [_bytes(path) for path in cluster.rglob("*") if path.is_file()]
        living = list(PersonKey.objects.values_list("person", flat=True))
        return {
            "clear": hits(cluster, self.needles.forms(keyed=False)),
            "public": hits(cluster, {"a studio's name": ["清溪".encode()]}),
            "left": min(sum(content.count(one) for content in held) for one in (box, words)),
            "opens_with_the_new": _opens(keyring.Master(NEXT_MONTH), voice.person, box),
            "opens_with_the_old": _opens(keyring.Master(secret), voice.person, box),
            "shut": len(living) - len(keyring.keys(living)),
        }


@contextmanager
def careless() -> Iterator[None]:
    """The planted fault. Connections are opened within it, and closed before whoever comes after it."""
    from django.db import connections

    options = [one.settings_dict["OPTIONS"] for one in connections.all()]
    begins = [one[CONNECTED] for one in options]
    for one in options:
        one[CONNECTED] = one[CONNECTED].replace("secure_delete=ON", "secure_delete=OFF")
    with patch("shangliang.base.people.personal.purge.purge", lambda: True):
        yield
    for one, plainly in zip(options, begins, strict=True):
        one[CONNECTED] = plainly


def _opens(master: Any, person: str, box: bytes) -> int:
    from cryptography.exceptions import InvalidTag

    try:
        master.unwrap(person, box)
    except InvalidTag:
        return 0
    return 1


def _at(topic: Any) -> str:
    return f"/consultations/{topic.code}/"


def _holds() -> bool:
    """The journal verifies, and both erasures are done."""
    from shangliang.base.journal.verify import verify
    from shangliang.base.people.models import Erasure

    return verify().ok and Erasure.objects.exclude(done=None).count() == 2


def _sessions(needles: Needles) -> int:
    """How many open sessions hold one of the texts; in the table they lie packed."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    held = [repr(SessionStore().decode(row.session_data)) for row in Session.objects.all()]
    return sum(any(text in said for text in needles.texts().values()) for said in held)


def _in_memory(needles: Needles) -> int:
    """How many of the pages that this process keeps hold one of the texts."""
    from django.core.cache import caches

    kept: dict[str, bytes] = caches["pages"]._cache  # type: ignore[attr-defined]  # pages, pickled
    return sum(any(text.encode() in page for text in needles.texts().values()) for page in kept.values())


def _in_reports(needles: Needles) -> int:
    """How many texts of opinion reports, which lie under their writers' keys, repeat one of the texts."""
    from shangliang.flow.reports.models import OpinionReport, Version

    held = [*OpinionReport.objects.all(), *Version.objects.select_related("report")]
    return sum(text in part for row in held for part in row.texts for text in needles.texts().values())


def _photo() -> BytesIO:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (64, 48), "#8FB27B").save(out, "JPEG")
    out.name = "bridge.jpg"
    out.seek(0)
    return out


if __name__ == "__main__":
    main()
