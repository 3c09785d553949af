"""A page's title says once that something was wrong."""

import re
from pathlib import Path

from shangliang.base import ui

PAGES = Path(ui.__file__).parents[2]
BY_THE_FRAME = re.compile(r'\{\{ _\("出错："\) if (form and )?form\.errors \}\}')


def test_no_page_says_again_what_the_frame_says_of_its_form():
    """ui/base.html says it before the title of every page whose `form` has errors."""
    assert "出错：" in (PAGES / "base/ui/jinja2/ui/base.html").read_text("utf-8")
    again = [page.name for page in PAGES.rglob("*.html") if BY_THE_FRAME.search(page.read_text("utf-8"))]
    assert again == []
