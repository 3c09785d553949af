"""The acts of people that no chart moves."""

from django.utils.translation import gettext_lazy as _

from ..journal.acts import ActKind

ACTS = (
    ActKind("post_granted", _("任命了一个职务")),
    ActKind("post_ended", _("结束了一个职务")),
    ActKind("contact_revealed", _("查看了联系电话")),
)
