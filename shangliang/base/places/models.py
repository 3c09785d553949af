"""The tree of committees and the bodies beside them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..journal.codes import public_id
from .presets import PRESETS

SAMPLE = "99"  # division codes of invented places begin so; no real province does


class Level(models.TextChoices):
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")


class Committee(models.Model):
    """A consultative committee (政协委员会) at one node of the division tree, valid from a day to a day."""

    code = models.CharField("区划代码", max_length=6)
    name = models.CharField("地名", max_length=40)
    level = models.CharField("层级", max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField("路径", max_length=40)
    valid_from = models.DateField("启用日", null=True, blank=True)
    valid_until = models.DateField("停用日", null=True, blank=True)
    records_since = models.DateField("从哪天起在本平台办理", null=True, blank=True)
    preferences = models.JSONField("设定", default=dict, blank=True)

    class Meta:
        verbose_name = "政协委员会"
        constraints = [
            models.UniqueConstraint("code", name="committee_code_once", condition=Q(valid_until=None)),
            models.UniqueConstraint("path", name="committee_path_once", condition=Q(valid_until=None)),
            models.CheckConstraint(
                name="committee_days_in_order",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                violation_error_message="停用日要晚于启用日。",
            ),
        ]
        indexes = [models.Index(fields=["path"])]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"committee:{self.code}"

    @property
    def sample(self) -> bool:
        """True for an invented place: everything under it is a sample and is marked so."""
        return self.code.startswith(SAMPLE)

    @property
    def office(self) -> str:
        """What people call it: 政协清溪县委员会 is 清溪县政协."""
        return gettext("%(place)s政协") % {"place": self.name}

    def set(self, name: str) -> Any:
        """The committee's own setting, or the preset. KeyError for a name that is no setting."""
        return self.preferences.get(name, PRESETS[name])

    def valid_on(self, day: date) -> bool:
        return (not self.valid_from or self.valid_from <= day) and (
            not self.valid_until or day < self.valid_until
        )


class Body(models.Model):
    """What stands beside a committee and has a name and a code."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Department(Body):
    """A department that takes assignments (承办单位) of the committee's place."""

    phone = models.CharField("电话", max_length=30, blank=True)

    class Meta:
        verbose_name = "承办单位"
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="department_name_once")]


class Sector(Body):
    """A sector (界别) that members belong to."""

    class Meta:
        verbose_name = "界别"
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="sector_name_once")]


class SpecialCommittee(Body):
    """A special committee (专委会)."""

    class Meta:
        verbose_name = "专委会"
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="special_committee_name_once")
        ]


class LiaisonGroup(Body):
    """A town's liaison group (联络组), the level below the county."""

    class Meta:
        verbose_name = "联络组"
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="liaison_group_name_once")]

    @property
    def subject(self) -> str:
        return f"liaison_group:{self.code}"

    @property
    def town(self) -> str:
        """城关镇 of 城关镇联络组."""
        return self.name.removesuffix("联络组")


class Zone(models.Model):
    """A zone of a town (片区), such as 城东: what an area studio takes care of. The town is its group's."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id)
    group = models.ForeignKey(LiaisonGroup, models.PROTECT, related_name="zones")
    name = models.CharField("名称", max_length=30)

    class Meta:
        verbose_name = "片区"
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="zone_name_once")]

    def __str__(self) -> str:
        return f"{self.group.town}{self.name}"

    @property
    def subject(self) -> str:
        return f"zone:{self.code}"
