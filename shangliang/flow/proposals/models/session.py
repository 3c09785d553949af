"""A session of a committee, with the days of its proposals."""

from django.db import models
from django.db.models import F, Q

from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Committee


class Session(models.Model):
    """A session (会期) as an officer entered it: `opens` is its first day, `until` the last on which it takes
    proposals. One that was entered wrongly is struck, and stays."""

    NAME = 40  # characters of its name

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    name = models.CharField("哪次会议", max_length=NAME)
    opens = models.DateField("开幕")
    until = models.DateField("提案截止")
    by = models.CharField("谁定的", max_length=16)
    at = models.DateTimeField("何时定的")
    struck_by = models.CharField("谁划掉的", max_length=16, blank=True)
    struck_at = models.DateTimeField("何时划掉", null=True, blank=True)

    class Meta:
        verbose_name = "会期"
        constraints = [
            models.UniqueConstraint(
                "committee", "name", name="session_name_once", condition=Q(struck_at=None)
            ),
            models.CheckConstraint(
                name="session_takes_proposals_once_it_opens",
                condition=Q(until__gte=F("opens")),
                violation_error_message="截止日不早于开幕日。",
            ),
        ]  # fmt: skip

    @property
    def subject(self) -> str:
        return f"session:{self.code}"
