"""Tallies and their cursor, thrown away and posted again at will; and reported totals, no ledger."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Committee

from . import names


class Tally(models.Model):
    """What one committee's own acts add to a metric on one day. Upper levels are sums over the path."""

    metric = models.CharField("指标", max_length=64)  # or "metric:part"
    path = models.CharField("路径", max_length=40)
    day = models.DateField("哪天")
    n = models.BigIntegerField("多少")

    class Meta:
        verbose_name = "记数"
        constraints = [models.UniqueConstraint(fields=["metric", "path", "day"], name="tally_once")]
        indexes = [models.Index(fields=["metric", "day"], name="tally_metric_day")]


class Cursor(models.Model):
    """How many seals have been counted."""

    name = models.CharField(max_length=20, primary_key=True)
    upto = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "记到哪儿"


class ReportedTotal(models.Model):
    """A total that a committee reports (填报数): no record of ours, so it names its source and period.

    `unit` and `period` are kept as the source gives them; `names` has their words. A wrong one is not
    altered: a new one `replaces` it."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    metric = models.CharField(_("指标"), max_length=64)
    value = models.BigIntegerField(_("数"))
    unit = models.CharField(_("单位"), max_length=20)
    at_least = models.BooleanField(_("原文说「以上」「多」「不少于」"), default=False)
    derived = models.BooleanField("由原话读出", default=False)
    stated = models.CharField(_("原话"), max_length=200, blank=True)
    period = models.CharField(_("哪段时间"), max_length=120)
    where = models.CharField(_("在哪儿"), max_length=200, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    source = models.CharField(_("出处"), max_length=300)
    source_on = models.DateField(_("出处的日期"), null=True, blank=True)
    reported_by = models.CharField("谁填报", max_length=16)
    reported_at = models.DateTimeField("何时填报")
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("更正哪一条"),
    )

    class Meta:
        verbose_name = "填报数"
        constraints = [
            models.CheckConstraint(
                name="total_not_below_zero",
                condition=Q(value__gte=0),
                violation_error_message=_("填报的数不能小于 0。"),
            ),
            models.CheckConstraint(
                name="total_has_source_and_period",
                condition=~Q(source="") & ~Q(period=""),
                violation_error_message=_("填报数要写明出处和哪段时间。"),
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "metric"], name="total_committee_metric"),
            models.Index(fields=["metric", "committee"], name="total_metric_committee"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.value} {self.unit}"

    @property
    def subject(self) -> str:
        return f"total:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.committee.path

    @property
    def label(self) -> str:
        return str(names.label(self.metric))

    @property
    def unit_words(self) -> str:
        return names.unit(self.unit, self.value)

    @property
    def period_words(self) -> str:
        return str(names.period(self.period))

    @property
    def where_words(self) -> str:
        return str(names.said(self.where))

    @property
    def note_words(self) -> str:
        return str(names.said(self.note))

    @property
    def in_pieces(self) -> bool:
        """Whether single records can show it: 有据 n/m is said of pieces, not of money or shares."""
        return self.unit in names.PIECES


class Evidence(models.Model):
    """A record that a committee itself linked to a total it reported (依据)."""

    total = models.ForeignKey(ReportedTotal, models.PROTECT, related_name="evidence")
    subject = models.CharField("哪件记录", max_length=64)
    linked_by = models.CharField("谁附的", max_length=16)
    linked_at = models.DateTimeField("何时附的")

    class Meta:
        verbose_name = "依据"
        constraints = [
            models.UniqueConstraint(
                fields=["total", "subject"],
                name="evidence_once",
                violation_error_message=_("这件记录已经附在这个数上了。"),
            )
        ]
