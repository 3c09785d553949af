"""The acts of figures; none of them is a chart's move."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.acts import ActKind

ACTS = (
    ActKind("total_reported", _("填报了一个总数")),
    ActKind("evidence_linked", _("给填报数附了一件记录")),
)
