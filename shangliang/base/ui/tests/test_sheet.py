"""The style sheet keeps its own rules; what we ship of others is what we say it is."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

from django.conf import settings

STATIC = Path(__file__).parent.parent / "static/ui"
APP, TOKENS = (STATIC / "app.css").read_text(), (STATIC / "tokens.css").read_text()


def bare(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


def test_colours_stand_in_the_tokens_alone():
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", bare(APP)) == []


def test_every_variable_used_is_declared():
    own = set(re.findall(r"(--[\w-]+)\s*:", bare(APP + TOKENS)))
    assert set(re.findall(r"var\((--[\w-]+)", bare(APP + TOKENS))) - own == set()


def test_type_follows_the_scale():
    sizes = re.findall(r"font(?:-size)?:[^;]*?(\d+px)", bare(APP))
    assert set(sizes) <= {"16px"}  # under 16 an iPhone zooms into a field


def test_phone_rules_are_for_screens_only():
    media = re.findall(r"@media[^{]*", bare(APP))
    assert [one for one in media if "max-width" in one and not one.startswith("@media screen")] == []


def test_it_is_light():
    assert len(gzip.compress((APP + TOKENS).encode())) < 20_000


def test_scripts_are_short():
    for script in STATIC.glob("*.js"):
        assert len(script.read_text().splitlines()) < 300, script.name


def test_third_parties_are_unchanged():
    listed = re.findall(
        r"`(shangliang/[^`]+)` \| `sha384-([^`]+)`", (settings.ROOT / "THIRD_PARTY.md").read_text()
    )
    assert listed
    for path, digest in listed:
        found = hashlib.sha384((settings.ROOT / path).read_bytes()).digest()
        assert base64.b64encode(found).decode() == digest, path


def test_every_third_party_is_listed():
    text = (settings.ROOT / "THIRD_PARTY.md").read_text()
    for file in (settings.ROOT / "shangliang").glob("**/vendor/*"):
        assert str(file.relative_to(settings.ROOT)) in text
