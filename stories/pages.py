"""People at their pages, over HTTP, as a browser would send what they write."""

import re
import secrets
from html import unescape
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from shangliang.base.people.actor import STRANGER
from shangliang.flow.voices import actions


class Signed:
    """`Signed(client, world)`: `person("officer")` signs in and gives itself back; `get` and `post` go by an
    address's name. A form has its own key, unless `key` says otherwise."""

    def __init__(self, client, world):
        self.client, self.world = client, world

    def __call__(self, name):
        self.client.force_login(self.world.accounts[name])
        return self

    def get(self, address, *args, headers=None, **query):
        return self.client.get(reverse(address, args=args), query, headers=headers)

    def post(self, address, *args, seen=1, key=None, headers=None, **said):
        said |= {"key": key or secrets.token_urlsafe(16), "seen": seen}
        return self.client.post(reverse(address, args=args), said, headers=headers)

    def fetched(self, page):
        """The parts that a script fetches into this page by itself."""
        ways = re.findall(r'class="apart" hx-get="([^"]+)"', page.text)
        return [self.client.get(unescape(way), headers={"HX-Request": "true"}) for way in ways]

    def move(self, voice, move, *, door="desk", seen=None, **said):
        voice.refresh_from_db()
        seen = voice.version if seen is None else seen
        return self.post(f"{door}:voice_move", voice.code, move, seen=seen, **said)


def leave(studio, words="巷口第三盏路灯坏了半个月，晚上看不见路", **said):
    """A voice left at the studio's door."""
    return actions.leave(studio, by=STRANGER, words=words, form_key=secrets.token_urlsafe(16), **said)[0]


def photo(name="办完.jpg", colour="green"):
    """A small real photo, as a phone sends it."""
    body = BytesIO()
    Image.new("RGB", (64, 48), colour).save(body, "JPEG")
    return SimpleUploadedFile(name, body.getvalue(), "image/jpeg")
