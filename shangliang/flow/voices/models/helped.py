"""Helping a resident to write on the staff's device; and what to make of it when they write themselves."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.journal.codes import public_id
from shangliang.flow.studios.models import Studio

from .voice import Channel, Voice


class Assistance(models.Model):
    """That somebody of a studio helps a resident to write on the office's device (帮他写), for thirty minutes
    at most. Nothing of the resident stands here: neither a name nor why they need help."""

    class State(models.TextChoices):
        OPEN = "open", _("正在帮")
        ENDED = "ended", _("结束了")
        EXPIRED = "expired", _("到时间，自己结束了")

    WHERE = (Channel.RECEPTION, Channel.VISIT)  # they sit beside each other

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="+")
    by = models.CharField("谁在帮", max_length=16)
    channel = models.CharField("在哪里", max_length=10, choices=[(one.value, one.label) for one in WHERE])
    agreed = models.CharField("同意的是哪一版", max_length=40)
    started_at = models.DateTimeField("何时开始")
    until = models.DateTimeField("到何时")
    ended_at = models.DateTimeField("何时结束", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "帮他写"
        constraints = [
            models.UniqueConstraint(
                fields=["by"], condition=Q(state="open"), name="one_is_helped_at_a_time"
            ),
            models.CheckConstraint(
                name="help_that_ended_says_when",
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["until"], condition=Q(state="open"), name="help_by_its_end")]

    @property
    def subject(self) -> str:
        return f"assistance:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.studio.committee.path

    @property
    def studio_code(self) -> str:
        return self.studio.code

    def runs_at(self, moment: datetime) -> bool:
        return self.state == self.State.OPEN and moment < self.until

    @property
    def running(self) -> bool:
        return self.runs_at(clock.now())


class Settling(models.Model):
    """That somebody wrote by themselves from the phone that was left with a voice written down for somebody
    earlier (同一件事？): whether it is the same matter is the officer's word."""

    class Said(models.TextChoices):
        WAITING = "waiting", _("还没看")
        SAME = "same", _("同一件事")
        DIFFERENT = "different", _("不是一件事")

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="settlings")
    earlier = models.ForeignKey(Voice, models.CASCADE, related_name="settled_by")
    found_on = models.DateField("哪天发现的")
    state = models.CharField("怎么认定", max_length=9, choices=Said, default=Said.WAITING)
    version = models.PositiveIntegerField(default=1)
    by = models.CharField("谁认定的", max_length=16, blank=True)
    at = models.DateTimeField("何时认定的", null=True, blank=True)

    class Meta:
        verbose_name = "同一件事？"
        constraints = [
            models.UniqueConstraint(fields=["voice", "earlier"], name="settled_once_of_two"),
            models.CheckConstraint(
                name="settled_says_by_whom",
                condition=Q(state="waiting", by="", at=None)
                | (~Q(state="waiting") & ~Q(by="") & Q(at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["state", "found_on"], name="settling_by_state")]

    @property
    def subject(self) -> str:
        """It is told on the later voice."""
        return self.voice.subject

    @property
    def thread(self) -> str:
        return self.voice.thread

    @property
    def committee_path(self) -> str:
        return self.voice.committee_path

    @property
    def studio_code(self) -> str:
        return self.voice.studio_code
