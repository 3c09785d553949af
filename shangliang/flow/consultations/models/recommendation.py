"""A recommendation, its clock, its progress, and what its proposers say of it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Department
from shangliang.base.ui.labels import spoken

from .consultation import Consultation, Suggestion


class RecommendationState(models.TextChoices):
    SENT = "sent", _("等答复")
    RETURNED = "returned", _("退回改送")
    ANSWERED = "answered", _("已答复")
    DONE = "done", _("单位说办完")


class Decision(models.TextChoices):
    ADOPT = "adopt", _("采纳")
    PARTLY = "partly", _("部分采纳")
    NOT = "not", _("不采纳")


ADOPTED = (Decision.ADOPT, Decision.PARTLY)


class Recommendation(models.Model):
    """A recommendation (协商建议) to one department, with its own clock, answer and progress."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField("第几条")
    words = models.TextField("建议", max_length=1000)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    suggestions = models.ManyToManyField(Suggestion, blank=True, related_name="recommendations")
    state = models.CharField("状态", max_length=10, choices=RecommendationState)
    version = models.PositiveIntegerField(default=1)
    sent_on = models.DateField("送出")
    due = models.DateField("最晚答复")
    provisional = models.BooleanField("日子待定", default=False)
    send_back_by = models.DateField("最晚退回")
    extended = models.BooleanField("延过期", default=False)
    extension_reason = models.CharField("延期的理由", max_length=300, blank=True)
    returned_reason = models.CharField("退回的理由", max_length=300, blank=True)
    decision = models.CharField("决定", max_length=6, choices=Decision, blank=True)
    reason = models.TextField("理由", max_length=2000, blank=True)
    measure = models.TextField("怎么办", max_length=2000, blank=True)
    promised_for = models.DateField("承诺哪天", null=True, blank=True)
    answered_on = models.DateField("答复", null=True, blank=True)
    answered_by = models.CharField("谁答复的", max_length=16, blank=True)
    percent = models.PositiveSmallIntegerField("进度", default=0)
    done_on = models.DateField("说办完", null=True, blank=True)

    # Who is asked for a verdict here; set by proposers.judging, nobody until then.
    askable: frozenset[str] = frozenset()

    get_state_display = spoken("state", RecommendationState)
    get_decision_display = spoken("decision", Decision)

    class Meta:
        verbose_name = "协商建议"
        constraints = [
            models.UniqueConstraint("consultation", "number", name="recommendation_number_once"),
            models.CheckConstraint(
                name="recommendation_answered_in_full",
                condition=Q(state__in=["sent", "returned"], decision="", answered_on=None)
                | (
                    Q(state__in=["answered", "done"])
                    & ~Q(decision="")
                    & ~Q(reason="")
                    & Q(answered_on__isnull=False)
                ),
                violation_error_message="答复要写明决定和理由。",
            ),
            models.CheckConstraint(
                name="recommendation_adopted_has_measure_and_day",
                condition=Q(decision__in=["", "not"]) | (~Q(measure="") & Q(promised_for__isnull=False)),
                violation_error_message="采纳的建议要写明怎么办、哪天办完。",
            ),
            models.CheckConstraint(name="recommendation_percent_to_100", condition=Q(percent__lte=100)),
        ]
        indexes = [
            models.Index(fields=["department", "state", "due", "id"]),
            models.Index(fields=["state", "due"]),
        ]

    @property
    def subject(self) -> str:
        return f"recommendation:{self.code}"

    @property
    def thread(self) -> str:
        return self.consultation.thread

    @property
    def committee_path(self) -> str:
        return self.consultation.committee_path

    @property
    def studio_code(self) -> str:
        return self.consultation.studio_code

    @property
    def adopted(self) -> bool:
        return self.decision in ADOPTED

    @property
    def judgeable(self) -> bool:
        """There is something to judge: it was not adopted, or the unit says done."""
        return self.state == RecommendationState.DONE or (
            self.state == RecommendationState.ANSWERED and not self.adopted
        )

    def late_on(self, day: date) -> bool:
        """Its answer, or what its answer promised, is past its day."""
        if self.state == RecommendationState.SENT:
            return day > self.due
        return self.overdue_promise(day)

    def overdue_promise(self, day: date) -> bool:
        return (
            self.state == RecommendationState.ANSWERED
            and self.promised_for is not None
            and day > self.promised_for
        )


class Deadline(models.Model):
    """A clock that ran on a recommendation's answer (期限): one row each time it was sent."""

    class End(models.TextChoices):
        RUNNING = "", _("还在走")
        MET = "met", _("答复了")
        DROPPED = "dropped", _("退回了")

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="deadlines")
    started = models.DateField()
    due = models.DateField()
    provisional = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=7, choices=End, blank=True)

    class Meta:
        verbose_name = "建议的期限"
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(ended_on=None),
                name="one_clock_runs_on_a_recommendation",
            ),
            models.CheckConstraint(
                name="recommendation_clock_that_ended_says_how",
                condition=Q(ended_on=None, end="") | (Q(ended_on__gte=F("started")) & ~Q(end="")),
            ),
        ]
        indexes = [models.Index(fields=["ended_on", "due"])]


class Progress(models.Model):
    """What a department reported on an adopted recommendation; its evidence lies in files."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id)
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="progress")
    percent = models.PositiveSmallIntegerField("进度")
    words = models.TextField("说明", max_length=2000)
    less_because = models.CharField("为什么比上次低", max_length=300, blank=True)
    at = models.DateTimeField("何时")
    by = models.CharField("谁", max_length=16)

    class Meta:
        verbose_name = "进展"
        indexes = [models.Index(fields=["recommendation", "id"])]

    @property
    def subject(self) -> str:
        return f"headway:{self.code}"


class Verdict(models.TextChoices):
    SOLVED = "solved", _("解决了")
    PARTLY = "partly", _("解决了一部分")
    NOT = "not", _("没解决")


class Judgement(models.Model):
    """A proposer's verdict on a recommendation, given once. Attitude and result stand apart."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="judgements")
    key = models.CharField("化名", max_length=16)
    verdict = models.CharField("评价", max_length=6, choices=Verdict)
    attitude = models.PositiveSmallIntegerField("态度", null=True, blank=True)
    result = models.PositiveSmallIntegerField("结果", null=True, blank=True)
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "提议人评价"
        constraints = [
            models.UniqueConstraint("recommendation", "key", name="judgement_once"),
            models.CheckConstraint(
                name="judgement_marks_1_to_5",
                condition=(Q(attitude=None) | Q(attitude__range=(1, 5)))
                & (Q(result=None) | Q(result__range=(1, 5))),
            ),
        ]
