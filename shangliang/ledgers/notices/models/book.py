"""The book, and what goes out of the house because of it.

`Notice` is the ledger: it follows from the journal alone, so it can be thrown away and posted again. What was
sent (`Telling`, `Letter`) can not, and is never touched by that."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.ui.labels import spoken

SEAT = 40  # "officers:990101", "author:7k2m0qxt9d"


class Notice(models.Model):
    """That a seat should know of an act (通知). Once: the pair is unique.

    A seat is what somebody acts as: `officers:990101`, `hosts:<studio>`, `team:<studio>`,
    `department:<code>`, `leaders:990101`, `person:<key>`, `author:<voice>`,
    `booker:<booking>`. Who sits there reads it."""

    act_id = models.BigIntegerField("哪一笔")
    act_at = models.DateTimeField("何时")
    act = models.CharField("事项", max_length=64)
    subject = models.CharField("对象", max_length=64)
    seat = models.CharField("告诉谁", max_length=SEAT)
    kind = models.CharField("哪一类", max_length=8)
    by = models.CharField("经手", max_length=64)  # whoever did it is not told of it

    class Meta:
        verbose_name = "通知"
        constraints = [models.UniqueConstraint(fields=["act_id", "seat"], name="notice_once")]
        indexes = [models.Index(fields=["seat", "-act_id"], name="notice_of_seat")]

    def __str__(self) -> str:
        return f"{self.act_id} {self.act} {self.seat}"


class Untold(models.Model):
    """The worker's to-do list: inserted with the act, gone once it is known who is to be sent something."""

    act_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = "待通知"


class LetterState(models.TextChoices):
    WAITING = "waiting", _("等着发")
    HANDED = "handed", _("正在发")
    SENT = "sent", _("发出了")
    EMPTY = "empty", _("没有可说的，没发")
    FAILED = "failed", _("没送到")
    UNSURE = "unsure", _("不知道送到没有")


class Letter(models.Model):
    """One message to one receiver by one channel (一封信). Its words are kept nowhere: they are read from
    what the receiver may see when it is sent. `committee` is a path: whose officers learn that it failed."""

    class Purpose(models.TextChoices):
        NEWS = "news", _("新进展")
        CONFIRM = "confirm", _("请确认")

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    receiver = models.CharField("给谁", max_length=SEAT)
    channel = models.CharField("怎么送", max_length=8)
    purpose = models.CharField("为什么", max_length=8, choices=Purpose, default=Purpose.NEWS)
    committee = models.CharField("政协", max_length=64, blank=True)
    state = models.CharField("状态", max_length=8, choices=LetterState, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField("试了几次", default=0)
    next_at = models.DateTimeField("何时发")
    handed_at = models.DateTimeField("何时交出去", null=True, blank=True)
    ended_at = models.DateTimeField("何时有结果", null=True, blank=True)
    items = models.PositiveSmallIntegerField("几件事", default=0)
    mask = models.CharField("送到哪儿", max_length=60, blank=True)  # never whole
    fault = models.CharField("毛病", max_length=60, blank=True)  # the kind of fault, no words of a server
    made_at = models.DateTimeField("何时备下")
    get_state_display = spoken("state", LetterState)

    class Meta:
        verbose_name = "信"
        constraints = [
            models.CheckConstraint(
                name="letter_ended_has_a_time",
                condition=Q(state__in=["waiting", "handed"], ended_at=None)
                | (~Q(state__in=["waiting", "handed"]) & Q(ended_at__isnull=False)),
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_at"], name="letter_due"),
            models.Index(fields=["committee", "state"], name="letter_of_committee"),
            models.Index(fields=["receiver"], name="letter_of_receiver"),
        ]


class Telling(models.Model):
    """That a receiver is told of an act by a channel (送达). Once: the three are unique, whatever crashes."""

    act_id = models.BigIntegerField("哪一笔")
    receiver = models.CharField("告诉谁", max_length=SEAT)
    channel = models.CharField("怎么送", max_length=8)
    committee = models.CharField("政协", max_length=64, blank=True)
    due_at = models.DateTimeField("最早何时")
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, blank=True, related_name="tellings")

    class Meta:
        verbose_name = "送达"
        constraints = [models.UniqueConstraint(fields=["act_id", "receiver", "channel"], name="told_once")]
        indexes = [
            models.Index(fields=["due_at"], name="telling_due", condition=Q(letter=None)),
            models.Index(fields=["receiver"], name="telling_of_receiver"),
        ]


class Recorded(models.Model):
    """What a channel that only records would have sent (留样): nothing left the house. The receiver masked,
    the words without anything that is not public."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="recorded")
    channel = models.CharField("怎么送", max_length=8)
    to = models.CharField("送到哪儿", max_length=60)
    words = models.CharField("写了什么", max_length=600)
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "留样"
        indexes = [models.Index(fields=["at"], name="recorded_at")]


class Looked(models.Model):
    """How far somebody has read (看到哪儿): the number of an act, so it says not when they came."""

    reader = models.CharField("谁", max_length=SEAT, unique=True)  # person:… or author:…
    upto = models.BigIntegerField("看到哪一笔")

    class Meta:
        verbose_name = "看到哪儿"
