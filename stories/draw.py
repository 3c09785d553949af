"""`make draw`: pictures of the pages into docs/screens/, as WebP, from a site with the demonstration."""

import os
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")  # digests need a key

from . import chromium
from .screens import enter, pages
from .site import ROOT, Site

SCREENS = ROOT / "docs" / "screens"
WIDTHS = {"phone": (390, 844), "desktop": (1440, 900)}
TALLEST = 1700  # pixels of a page that are drawn
MOST = 4_000_000  # bytes in all
QUALITIES = (24, 20, 16, 12, 9)


def main() -> int:
    drawn: dict[str, Image.Image] = {}
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder)) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.path(), args=chromium.QUIET)
        for size, (width, height) in WIDTHS.items():
            visitors = {}
            for page in pages(site):
                if page.who not in visitors:
                    shown = browser.new_context(viewport={"width": width, "height": height}).new_page()
                    enter(shown, site, page.who)
                    visitors[page.who] = shown
                shown = visitors[page.who]
                shown.goto(site.address + page.address)
                shown.wait_for_load_state("networkidle")
                drawn[f"{page.name}-{size}.webp"] = seen(shown.screenshot(full_page=True))
        browser.close()
    total = keep(drawn)
    print(f"{len(drawn)} pictures, {total / 1_000_000:.1f} MB")
    return 1 if total > MOST else 0


def seen(png: bytes) -> Image.Image:
    """Two thirds of a wide page's size, and no taller than what one looks at."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    if picture.width > 800:
        picture = picture.resize((picture.width * 2 // 3, picture.height * 2 // 3), Image.Resampling.LANCZOS)
    return picture


def keep(drawn: dict[str, Image.Image]) -> int:
    """As WebP, as good as all of them fit; how many bytes they are then."""
    total = 0
    for quality in QUALITIES:
        shutil.rmtree(SCREENS, ignore_errors=True)
        SCREENS.mkdir(parents=True)
        for name, picture in drawn.items():
            picture.save(SCREENS / name, "WEBP", quality=quality, method=6)
        total = sum(file.stat().st_size for file in SCREENS.iterdir())
        if total <= MOST:
            break
    return total


if __name__ == "__main__":
    sys.exit(main())
