"""A studio's way onto the net: what was applied for, with what to show, and what each level said."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Level
from shangliang.base.ui.labels import spoken

from .studio import Studio


class Application(models.Model):
    """An application to go online (上线申请). `counts`: what the journal said of the period when it was made,
    each [key, number]; the acts behind a number can still be opened."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="applications")
    since = models.DateField(_("从哪天"))
    until = models.DateField(_("到哪天"))
    counts: Any = models.JSONField("账上的数", default=list)
    why = models.CharField(_("为什么要上线"), max_length=500)
    best = models.CharField(_("最像样的一件事"), max_length=300)
    by = models.CharField("谁申请的", max_length=16)
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "上线申请"
        constraints = [
            models.CheckConstraint(
                name="application_period_in_order",
                condition=Q(until__gte=F("since")),
                violation_error_message=_("时段的末尾不能早于开头。"),
            )
        ]
        indexes = [models.Index(fields=["studio", "at"])]

    @property
    def subject(self) -> str:
        return f"application:{self.code}"


class Decision(models.Model):
    """What one level said to an application (审核意见): yes or no, why, and what to mend."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    level = models.CharField("哪一级", max_length=10, choices=Level)
    passed = models.BooleanField("同意")
    reason = models.CharField(_("为什么"), max_length=300)
    mend = models.CharField(_("要补什么"), max_length=300, blank=True)
    by = models.CharField("谁定的", max_length=16)
    at = models.DateTimeField("何时")

    get_level_display = spoken("level", Level)

    class Meta:
        verbose_name = "审核意见"
        constraints = [
            models.CheckConstraint(
                name="decision_no_says_what_to_mend",
                condition=Q(passed=True) | ~Q(mend=""),
                violation_error_message=_("不同意的，写明要补什么。"),
            )
        ]
