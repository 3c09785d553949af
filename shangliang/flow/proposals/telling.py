"""A proposal in words: the tone of its state, what stands beside its title, how it goes on otherwise."""

from typing import Any

from django.utils.translation import gettext as _

from shangliang.flow.reports.measure import PARTS, fitted

from .models import Proposal

TONES = {
    "draft": "quiet", "signing": "wait", "sent": "wait", "checked": "wait", "returned": "late",
    "filed": "open", "merged": "open", "not_filed": "quiet", "assigned": "open", "answered": "wait",
    "closed": "done", "withdrawn": "quiet",
}  # fmt: skip


def beside(of: Proposal) -> str:
    """The line under a title in a list: case number, who, key, class, excellent."""
    told = [of.case_number, of.body or of.get_kind_display()]
    told += [_("重点提案")] if of.key_reason else []
    told += [_("%(grade)s 类") % {"grade": of.outcome}] if of.outcome else []
    told += [_("重新办过")] if of.again else []
    told += [_("优秀提案")] if of.excellence == "announced" else []
    return "　".join(filter(None, told))


def as_report(of: Proposal) -> dict[str, Any]:
    """What an opinion report begins with that takes up a proposal which was not filed."""
    return dict(zip(("title", *PARTS), (of.title, *fitted(*of.texts)), strict=True))
