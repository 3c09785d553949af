"""A proposal that was not filed goes to a department as a letter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as say

from shangliang.base import clock
from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Department

from .proposal import Proposal


class Letter(models.Model):
    """The letter (来信) that a proposal became which was not filed: to whom, by when, and what was replied.
    The committee of its proposal, with it, must be at hand."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="letter")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    year = models.PositiveSmallIntegerField("年")
    number = models.PositiveIntegerField("号")
    on = models.DateField("哪天转的")
    by = models.CharField("谁转的", max_length=16)
    due = models.DateField("最晚哪天回复")
    reply = models.TextField("回复", max_length=2000, blank=True)
    replied_on = models.DateField("回复的日子", null=True, blank=True)
    replied_by = models.CharField("谁回的", max_length=16, blank=True)

    class Meta:
        verbose_name = "转出去的来信"
        constraints = [
            models.CheckConstraint(
                name="letter_reply_has_words_and_day",
                condition=Q(reply="", replied_on=None) | (~Q(reply="") & Q(replied_on__isnull=False)),
                violation_error_message="回复要有内容和日子。",
            )
        ]
        indexes = [models.Index(fields=["department", "due"])]

    @property
    def letter_number(self) -> str:
        """清溪县政协提转〔2026〕3号"""
        to = {"who": self.proposal.committee.office, "year": self.year, "n": self.number}
        return say("%(who)s提转〔%(year)s〕%(n)s号") % to

    @property
    def late(self) -> bool:
        """Whether its day is over and nobody has replied."""
        return not self.reply and clock.today() > self.due
