"""Posting points from acts."""

from shangliang.base.journal.models import Act


def post(act: Act) -> None:
    """Not built yet."""
