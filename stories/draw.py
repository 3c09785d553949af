"""`make draw`: pictures of pages and papers into docs/screens/, as WebP, from a site with the demonstration.

python -m stories.draw papers     the papers alone; the pages' pictures stay as they are
"""

import os
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")  # digests need a key

from . import chromium
from .screens import enter, pages, papers
from .site import ROOT, Site

SCREENS = ROOT / "docs" / "screens"
WIDTHS = {"phone": (390, 844), "desktop": (1440, 900)}
TALLEST = 1700  # pixels of a page that are drawn
MOST = 4_000_000  # bytes in all
QUALITIES = (24, 20, 16, 12, 9)


SHEETS = 2  # pages of a paper that are drawn
DESK = "#d5d8dc"  # what a paper lies on, so that its edges are seen


def main() -> int:
    alone = sys.argv[1:] == ["papers"]
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder)) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.path(), args=chromium.QUIET)
        drawn = printed(browser, site) | ({} if alone else shown(browser, site))
        browser.close()
    if not alone:
        shutil.rmtree(SCREENS, ignore_errors=True)
    total = keep(drawn)
    print(f"{len(drawn)} pictures, {total / 1_000_000:.1f} MB in all")
    return 1 if total > MOST else 0


def shown(browser: Browser, site: Site) -> dict[str, Image.Image]:
    """Each page, as wide as a phone and as wide as a desk."""
    drawn = {}
    for size, (width, height) in WIDTHS.items():
        visitors = {}
        for page in pages(site):
            if page.who not in visitors:
                tab = browser.new_context(viewport={"width": width, "height": height}).new_page()
                enter(tab, site, page.who)
                visitors[page.who] = tab
            tab = visitors[page.who]
            tab.goto(site.address + page.address)
            tab.wait_for_load_state("networkidle")
            drawn[f"{page.name}-{size}.webp"] = seen(tab.screenshot(full_page=True))
    return drawn


def printed(browser: Browser, site: Site) -> dict[str, Image.Image]:
    """Each paper, its first sheets beside each other."""
    drawn = {}
    for paper in papers(site):
        tab = browser.new_context().new_page()
        enter(tab, site, paper.who)
        answer = tab.request.get(site.address + paper.address)
        if answer.headers["content-type"] != "application/pdf":
            raise RuntimeError(f"No paper came from {paper.address}: {answer.status}")
        drawn[f"paper-{paper.name}.webp"] = laid(answer.body())
    return drawn


def laid(pdf: bytes) -> Image.Image:
    sheets = [one.render(scale=1).to_pil() for one in list(pypdfium2.PdfDocument(pdf))[:SHEETS]]
    gap = 12
    wide, high = sum(one.width + gap for one in sheets) + gap, max(one.height for one in sheets) + 2 * gap
    picture, x = Image.new("RGB", (wide, high), DESK), gap
    for one in sheets:
        picture.paste(one, (x, gap))
        x += one.width + gap
    return picture


def seen(png: bytes) -> Image.Image:
    """Two thirds of a wide page's size, and no taller than what one looks at."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    if picture.width > 800:
        picture = picture.resize((picture.width * 2 // 3, picture.height * 2 // 3), Image.Resampling.LANCZOS)
    return picture


def keep(drawn: dict[str, Image.Image]) -> int:
    """As WebP, as good as they fit with those that lie there; how many bytes these are in all then."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    total = 0
    for quality in QUALITIES:
        for name, picture in drawn.items():
            picture.save(SCREENS / name, "WEBP", quality=quality, method=6)
        total = sum(file.stat().st_size for file in SCREENS.iterdir())
        if total <= MOST:
            break
    return total


if __name__ == "__main__":
    sys.exit(main())
