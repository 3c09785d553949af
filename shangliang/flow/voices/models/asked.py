"""Who was asked about a voice, until when, and the clocks that ran."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.places.models import Department

from ..lists import Rung
from .voice import Part, Voice


class Assignment(Part):
    """That a department was asked, as host or beside it, until when it could send the voice back, and whether
    it did. Who is asked beside the host owes it an opinion by a day of its own; see `sharing`."""

    class Task(models.TextChoices):
        HOST = "host", _("主办")
        BESIDE = "beside", _("会办")

    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    task = models.CharField("主办还是会办", max_length=6, choices=Task, default=Task.HOST)
    send_back_by = models.DateField("退回期限")
    sent_back_at = models.DateTimeField("退回时间", null=True, blank=True)
    reason = models.CharField("退回理由", max_length=500, blank=True)
    due = models.DateField("意见期限", null=True, blank=True)
    extended = models.BooleanField("延过期", default=False)
    opinion = models.TextField("会办意见", max_length=2000, blank=True)
    given_on = models.DateField("哪天给的意见", null=True, blank=True)
    given_by = models.CharField("谁给的意见", max_length=16, blank=True)
    ended_at = models.DateTimeField("何时不再会办", null=True, blank=True)  # answered, sent back, called off
    # How far they were urged for an opinion they owe; of whose turn it is the voice says the same.
    rung = models.CharField("催到哪一级", max_length=8, choices=Rung, blank=True)
    rung_on = models.DateField("哪天催的", null=True, blank=True)

    class Meta:
        verbose_name = "转办"
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "department"], name="asked_beside_once_at_a_time",
                condition=Q(task="beside", sent_back_at=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="asked_beside_has_a_day",
                condition=Q(task="host", due=None) | Q(task="beside", due__isnull=False),
            ),
            models.CheckConstraint(
                name="opinion_has_day_and_giver",
                condition=Q(opinion="", given_on=None, given_by="")
                | (Q(task="beside", given_on__isnull=False) & ~Q(opinion="") & ~Q(given_by="")),
                violation_error_message="会办意见要写明谁给的、哪天给的。",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["department", "due"], name="asked_beside_by_clock")]

    @property
    def owes(self) -> bool:
        """Whether an opinion is still to come."""
        return self.task == self.Task.BESIDE and self.open and self.given_on is None

    @property
    def open(self) -> bool:
        return self.sent_back_at is None and self.ended_at is None


class Deadline(models.Model):
    """A clock that ran (期限): accept or answer, of one round, or a department's opinion in between. Overdue
    on any day and on time are counted from the first two: they are what the author was told."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("受理")
        ANSWER = "answer", _("答复")
        OPINION = "opinion", _("会办意见")

    class End(models.TextChoices):
        RUNNING = "", _("还在走")
        MET = "met", _("做到了")  # taken up or refused; answered; the opinion given
        DROPPED = "dropped", _("不用了")  # refused, withdrawn, or went into a consultation; not waited for
        MERGED = "merged", _("并过去了")  # runs on as it was if that is undone

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="deadlines")
    assignment = models.ForeignKey(
        Assignment, models.CASCADE, null=True, blank=True, related_name="clocks"
    )  # whose opinion
    kind = models.CharField(max_length=7, choices=Kind)
    round = models.PositiveSmallIntegerField()
    started = models.DateField()
    days = models.PositiveSmallIntegerField("工作日")
    due = models.DateField()
    stands_from = models.DateField("哪天起停着", null=True, blank=True)  # while it waits for the author
    provisional = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=7, choices=End, blank=True)

    class Meta:
        verbose_name = "期限"
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "kind"],
                condition=Q(ended_on=None, assignment=None),
                name="one_clock_of_a_kind_runs",
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(ended_on=None), name="one_clock_of_an_opinion_runs"
            ),
            models.CheckConstraint(
                name="clock_of_an_opinion_says_whose",
                condition=Q(kind="opinion", assignment__isnull=False)
                | (~Q(kind="opinion") & Q(assignment=None)),
            ),
            models.CheckConstraint(
                name="clock_that_ended_says_how",
                condition=Q(ended_on=None, end="") | (Q(ended_on__isnull=False) & ~Q(end="")),
            ),
        ]
        indexes = [models.Index(fields=["kind", "due"]), models.Index(fields=["ended_on", "due"])]

    @property
    def on_time(self) -> bool:
        return self.end == self.End.MET and self.ended_on is not None and self.ended_on <= self.due
