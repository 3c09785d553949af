"""Lists of members that an officer brings, looked through before anybody of them is entered."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Committee
from shangliang.base.ui.labels import spoken


class RosterState(models.TextChoices):
    READ = "read", _("看过了，等导入")
    TAKEN = "taken", _("导入了")


class Roster(models.Model):
    """A list of members as it was read (委员名册): its rows until they are taken, its faults, what it brings.

    Taken, it keeps its numbers and no row; one that nobody takes goes after two days."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=40)
    digest = models.CharField("文件的印记", max_length=64)
    rows: Any = models.JSONField("各行", default=list)  # [[text, …], …] without the head
    faults: Any = models.JSONField("不对的行", default=list)  # [[line's number, why], …]
    lines = models.PositiveIntegerField("几行", default=0)
    accounts = models.PositiveIntegerField("新开账号", default=0)
    members = models.PositiveIntegerField("新任委员", default=0)
    seats = models.PositiveIntegerField("新安排驻室", default=0)
    by = models.CharField("谁传的", max_length=16)
    at = models.DateTimeField("何时传的")
    state = models.CharField("状态", max_length=8, choices=RosterState, default=RosterState.READ)
    version = models.PositiveIntegerField(default=1, editable=False)
    taken_at = models.DateTimeField("何时导入的", null=True, blank=True)

    get_state_display = spoken("state", RosterState)

    class Meta:
        verbose_name = "委员名册"
        constraints = [
            models.CheckConstraint(
                name="roster_taken_has_a_moment",
                condition=Q(state="read", taken_at=None) | Q(state="taken", taken_at__isnull=False),
                violation_error_message="导入了的名册要记下是何时。",
            )
        ]
        indexes = [models.Index(fields=["committee", "at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def homes(self) -> int:
        """Of how many of its rows the last column says where somebody lives."""
        return sum(bool("".join(row[5:6])) for row in self.rows)

    @property
    def subject(self) -> str:
        return f"roster:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.committee.path

    @property
    def studio_code(self) -> str:
        return ""
