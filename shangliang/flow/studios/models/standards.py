"""How a studio stands against the checklists that its committee picked, and what a visit found."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Committee
from shangliang.base.ui.labels import spoken

from .studio import Studio


class Standing(models.TextChoices):
    """There is no "roughly met": proven with evidence, under way with a day, or missing."""

    PROVEN = "proven", _("有佐证")
    UNDER_WAY = "under_way", _("在办")
    MISSING = "missing", _("还没有")


class Mark(models.Model):
    """What somebody said of one item of a checklist on a day (核对). The latest of an item holds, the others
    are its history. Photos and papers lie with it."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="marks")
    standard = models.CharField("标准", max_length=40)  # a checklist's key
    edition = models.PositiveSmallIntegerField("第几版")
    item = models.CharField("哪一项", max_length=40)
    standing = models.CharField("怎么样", max_length=10, choices=Standing)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    link = models.URLField(_("链接"), max_length=300, blank=True)
    due = models.DateField(_("哪天补齐"), null=True, blank=True)
    checked = models.BooleanField("政协核过", default=False)
    by = models.CharField("谁记的", max_length=16)
    at = models.DateTimeField("何时")

    get_standing_display = spoken("standing", Standing)

    class Meta:
        verbose_name = "建室标准核对"
        constraints = [
            models.CheckConstraint(
                name="mark_under_way_has_a_day",
                condition=Q(standing="under_way", due__isnull=False)
                | (~Q(standing="under_way") & Q(due=None)),
                violation_error_message=_("在办的，写上哪天补齐。"),
            )
        ]
        indexes = [models.Index(fields=["studio", "standard", "item"])]

    @property
    def subject(self) -> str:
        return f"mark:{self.code}"


class OwnList(models.Model):
    """A checklist that a committee wrote itself (自订标准): one row for each edition, the latest holds.

    `based_on`: the preset it began from, "" for one begun from nothing."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    key = models.CharField("标识", max_length=40)
    edition = models.PositiveSmallIntegerField("第几版")
    name = models.CharField(_("叫什么"), max_length=20)
    items: Any = models.JSONField(_("有哪几项"), default=list)
    based_on = models.CharField("从哪套起的", max_length=40, blank=True)
    by = models.CharField("谁写的", max_length=16)
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "自订标准"
        constraints = [models.UniqueConstraint(fields=["key", "edition"], name="own_list_edition_once")]
        indexes = [models.Index(fields=["committee", "key"])]


class InspectionState(models.TextChoices):
    CLEAR = "clear", _("没发现问题")
    OPEN = "open", _("等整改")
    PUT_RIGHT = "put_right", _("改好了")


class Inspection(models.Model):
    """A visit of the committee to a studio (督查): what was found, and what was put right."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="inspections")
    day = models.DateField(_("哪天去的"))
    visitors: Any = models.JSONField(_("谁去的"), default=list)  # pseudonyms
    findings = models.TextField(_("看到什么"), max_length=1000, blank=True)
    put_right_by = models.DateField(_("哪天前改好"), null=True, blank=True)
    put_right = models.TextField(_("怎么改的"), max_length=1000, blank=True)
    put_right_on = models.DateField("哪天改好的", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=InspectionState, default=InspectionState.CLEAR)
    version = models.PositiveIntegerField(default=1, editable=False)
    by = models.CharField("谁记的", max_length=16)

    get_state_display = spoken("state", InspectionState)

    class Meta:
        verbose_name = "督查"
        constraints = [
            models.CheckConstraint(
                name="inspection_open_has_findings",
                condition=Q(state="clear") | (~Q(findings="") & Q(put_right_by__isnull=False)),
                violation_error_message="有问题的，写明看到什么、哪天前改好。",
            ),
            models.CheckConstraint(
                name="inspection_put_right_says_how",
                condition=~Q(state="put_right") | (~Q(put_right="") & Q(put_right_on__isnull=False)),
                violation_error_message="改好了，写明怎么改的、哪天。",
            ),
        ]
        indexes = [models.Index(fields=["studio", "day"])]

    @property
    def subject(self) -> str:
        return f"inspection:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.studio.committee.path

    @property
    def studio_code(self) -> str:
        return self.studio.code
