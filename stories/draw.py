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

from .screens import enter, pages
from .site import ROOT, Site

SCREENS = ROOT / "docs" / "screens"
WIDTHS = {"phone": (390, 844), "desktop": (1440, 900)}
TALLEST = 2600  # pixels of a page that are drawn
MOST = 4_000_000  # bytes in all
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def main() -> int:
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder)) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--disable-background-networking"])
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
                keep(shown.screenshot(full_page=True), SCREENS / f"{page.name}-{size}.webp")
        browser.close()
    total = sum(file.stat().st_size for file in SCREENS.iterdir())
    print(f"{len(list(SCREENS.iterdir()))} pictures, {total / 1_000_000:.1f} MB")
    return 1 if total > MOST else 0


def keep(png: bytes, file: Path) -> None:
    """As WebP, half size, and no taller than what one looks at."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    if picture.width > 800:
        picture = picture.resize((picture.width * 2 // 3, picture.height * 2 // 3), Image.Resampling.LANCZOS)
    picture.save(file, "WEBP", quality=24, method=6)


if __name__ == "__main__":
    sys.exit(main())
