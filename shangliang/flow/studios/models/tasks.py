"""What a committee asks of its studios in a year, and what a studio did of it that no act tells."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Committee
from shangliang.base.rulebook.models import Edition

from .studio import Studio


class TaskSheet(models.Model):
    """A committee's yearly task sheet (年度任务清单), one row for each edition; the latest of a year holds.

    Its basis is an edition of a rule in the committee's book, which stays the one it was set by when a newer
    one comes, or words for a rule that is not entered.

    `items`: dicts of key, label, count (a key of `queries.COUNTS`, "" for what is written down), target,
    period ("month", "quarter", "year") and kinds (of studios; none: all)."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("哪一年"))
    edition = models.PositiveSmallIntegerField("第几版")
    rule_edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("依据的制度")
    )
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    items: Any = models.JSONField(_("任务"), default=list)
    by = models.CharField("谁定的", max_length=16)
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "年度任务清单"
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "edition"], name="task_sheet_edition_once"),
            models.CheckConstraint(
                name="task_sheet_has_a_basis",
                condition=Q(rule_edition__isnull=False) | ~Q(basis=""),
                violation_error_message=_("写明依据哪份制度：谁定的，哪天。"),
            ),
        ]


class TaskRecord(models.Model):
    """Something a studio did of its sheet, with evidence (任务记录). Struck out, it stays and counts no
    more."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="task_records")
    item = models.CharField("哪一项", max_length=40)
    day = models.DateField(_("哪天"))
    note = models.CharField(_("做了什么"), max_length=300)
    link = models.URLField(_("链接"), max_length=300, blank=True)
    by = models.CharField("谁记的", max_length=16)
    at = models.DateTimeField("何时")
    struck_at = models.DateTimeField("何时划掉的", null=True, blank=True)
    struck_why = models.CharField(_("为什么划掉"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "任务记录"
        constraints = [
            models.CheckConstraint(
                name="task_record_struck_says_why",
                condition=Q(struck_at=None) | ~Q(struck_why=""),
                violation_error_message=_("划掉要写明为什么。"),
            )
        ]
        indexes = [models.Index(fields=["studio", "item", "day"])]

    @property
    def subject(self) -> str:
        return f"task:{self.code}"
