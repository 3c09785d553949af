"""A real browser: Debian's Chromium, axe-core, and a site of its own with the demonstration."""

import os
from pathlib import Path

import pytest

from . import chromium

# Playwright runs an event loop in the test's thread; Django must not take it for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
RULES = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": chromium.path(), "args": chromium.QUIET}


@pytest.fixture(scope="session")
def axe_source():
    return (HERE / "vendor" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def axe(axe_source):
    """What axe-core finds against WCAG 2.2 AA on a page: a list of "rule: element" lines."""

    def found(page):
        if not page.evaluate("'axe' in window"):  # brought along, or left by its last look
            page.evaluate(axe_source)  # through the debugger: the strict CSP stays as it is
        lines = "r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html))"
        # What is in order is not described, and no rule of these asks for stylesheets.
        asked = f"{{runOnly: {RULES}, resultTypes: ['violations'], preload: false}}"
        return page.evaluate(f"axe.run({asked}).then(r => {lines})")

    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a server of its own, as `make demo` starts it, with the demonstration loaded."""
    from .site import Site

    with Site(tmp_path_factory.mktemp("site")) as running:
        yield running
