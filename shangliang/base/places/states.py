"""The acts of places that no chart moves."""

from django.utils.translation import gettext_lazy as _

from ..journal.acts import ActKind

ACTS = (ActKind("committee_entered", _("登记了一个政协委员会")),)
