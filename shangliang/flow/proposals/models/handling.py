"""How departments handle a proposal: who has which part of it, contacts, answers, and how they rate it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Rows
from shangliang.base.places.models import Department
from shangliang.base.ui.labels import spoken

from .proposal import Proposal, together


class Task(models.TextChoices):
    HOST = "host", _("主办")
    CO = "co", _("会办")
    SEPARATE = "separate", _("分办")


class Phase(models.TextChoices):
    """Which of the three contacts with the filers."""

    BEFORE = "before", _("办理前")
    DURING = "during", _("办理中")
    AFTER = "after", _("答复后")


ANSWERING = (Task.HOST, Task.SEPARATE)


class Handling(models.Model):
    """A proposal in the hands of one department (承办), for as many rounds as it takes."""

    class State(models.TextChoices):
        GIVEN = "given", _("交办了")
        RETURNED = "returned", _("退回")
        OPINED = "opined", _("给了意见")
        DRAFTED = "drafted", _("答复拟好，等审核")
        ANSWERED = "answered", _("答复了")

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="handlings")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    task = models.CharField("主办还是会办", max_length=10, choices=Task)
    state = models.CharField("状态", max_length=10, choices=State, default=State.GIVEN)
    version = models.PositiveIntegerField(default=1, editable=False)
    round = models.PositiveSmallIntegerField("第几次办理", default=1)
    given_on = models.DateField("交办")
    due = models.DateField("最晚哪天")
    send_back_by = models.DateField("退回最晚哪天")
    extended = models.BooleanField("延过期", default=False)
    reason = models.CharField("退回或延期的理由", max_length=300, blank=True)
    # The contact with the filers that comes next, and by when; none: nothing is due now.
    contact_due = models.CharField("下一次联系", max_length=10, choices=Phase, blank=True)
    contact_by = models.DateField("下一次联系最晚哪天", null=True, blank=True)
    opinion = models.TextField("会办意见", max_length=2000, blank=True)
    countersigned_by = models.CharField("谁会签的", max_length=16, blank=True)
    held_back = models.CharField("审核退回的话", max_length=500, blank=True)
    objects: ClassVar[Rows["Handling"]] = Rows.manager()
    get_task_display = spoken("task", Task)
    get_state_display = spoken("state", State)
    get_contact_due_display = spoken("contact_due", Phase)

    class Meta:
        verbose_name = "提案的承办"
        constraints = [
            models.UniqueConstraint(
                "proposal", "department", name="handling_department_once", condition=~Q(state="returned")
            ),
            models.CheckConstraint(
                name="handling_returned_has_a_reason",
                condition=~Q(state="returned") | ~Q(reason=""),
                violation_error_message="退回要写理由。",
            ),
            models.CheckConstraint(
                name="handling_contact_has_its_day",
                condition=Q(contact_due="", contact_by=None)
                | ~Q(contact_due="") & Q(contact_by__isnull=False),
                violation_error_message="下一次联系要有日子。",
            ),
        ]
        indexes = [models.Index(fields=["department", "state", "due"])]

    @property
    def subject(self) -> str:
        return f"handling:{self.code}"

    @property
    def thread(self) -> str:
        return str(self.proposal.thread)

    @property
    def committee_path(self) -> str:
        return self.proposal.committee_path

    @property
    def studio_code(self) -> str:
        return ""

    @property
    def heading(self) -> str:
        """The proposal's title; the keys of all that were read together are fetched together."""
        together(self.proposal, [one.proposal for one in self.__dict__.get("_peers", ())])
        return self.proposal.heading

    @property
    def answers(self) -> bool:
        """Whether this part ends with an answer of its own."""
        return self.task in ANSWERING


class Contact(models.Model):
    """Somebody of the department got in touch with the filers (联系提案人): before, during or after."""

    class Way(models.TextChoices):
        VISIT = "visit", _("上门")
        PHONE = "phone", _("电话")
        MEETING = "meeting", _("座谈")
        OTHER = "other", _("别的方式")

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="contacts")
    round = models.PositiveSmallIntegerField("第几次办理")
    phase = models.CharField("哪个时候", max_length=10, choices=Phase)
    way = models.CharField("怎么联系的", max_length=10, choices=Way)
    on = models.DateField("哪天")
    by = models.CharField("谁记的", max_length=16)
    at = models.DateTimeField("何时记的")
    get_phase_display = spoken("phase", Phase)
    get_way_display = spoken("way", Way)

    class Meta:
        verbose_name = "和提案人的联系"


class Answer(models.Model):
    """What a department answers in one round: drafted, then passed and sent as a letter (复函)."""

    class Class(models.TextChoices):
        """Of the answer. D is used where the committee has set it (`proposal_class_d`)."""

        A = "A", _("A 类：解决了，或基本解决")
        B = "B", _("B 类：正在解决，或列入计划")
        C = "C", _("C 类：现在解决不了，说明了原因")
        D = "D", _("D 类：留作参考")

    handling = models.ForeignKey(Handling, models.PROTECT, related_name="answers_given")
    round = models.PositiveSmallIntegerField("第几次办理")
    text = models.TextField("答复", max_length=5000)
    grade = models.CharField("哪一类", max_length=1, choices=Class)
    public = models.BooleanField("公开", default=True)
    reason = models.CharField("为什么不公开", max_length=200, blank=True)
    contact = models.CharField("联系人", max_length=30)
    phone = models.CharField("电话", max_length=30)
    by = models.CharField("谁拟的", max_length=16)
    drafted_on = models.DateField("拟好")
    passed_by = models.CharField("谁审核的", max_length=16, blank=True)
    passed_on = models.DateField("发出", null=True, blank=True)
    year = models.PositiveSmallIntegerField("复函的年", null=True, blank=True)
    number = models.PositiveIntegerField("复函的号", null=True, blank=True)
    get_grade_display = spoken("grade", Class)

    class Meta:
        verbose_name = "提案的答复"
        constraints = [
            models.UniqueConstraint("handling", "round", name="proposal_answer_once_a_round"),
            models.CheckConstraint(
                name="proposal_answer_kept_back_has_a_reason",
                condition=Q(public=True) | ~Q(reason=""),
                violation_error_message="不公开要写理由。",
            ),
            models.CheckConstraint(
                name="proposal_answer_passed_by_another",
                condition=Q(passed_by="") | ~Q(passed_by=models.F("by")),
                violation_error_message="拟答复的人不审核自己的。",
            ),
        ]

    @property
    def letter_number(self) -> str:
        """城管局提复〔2026〕3号; empty before it was sent. The handling's department must be at hand."""
        if self.number is None:
            return ""
        to = {"who": self.handling.department.name, "year": self.year, "n": self.number}
        return say("%(who)s提复〔%(year)s〕%(n)s号") % to


class Review(models.Model):
    """How a department rates the proposal (对提案的评议), not knowing how its own handling was rated: five
    questions of 0 to 20 (research/platforms-cn.md 3a, 黄山)."""

    handling = models.OneToOneField(Handling, models.CASCADE, related_name="review")
    scientific = models.PositiveSmallIntegerField("科学性", validators=[MaxValueValidator(20)])
    serious = models.PositiveSmallIntegerField("严肃性", validators=[MaxValueValidator(20)])
    feasible = models.PositiveSmallIntegerField("可行性", validators=[MaxValueValidator(20)])
    regular = models.PositiveSmallIntegerField("规范性", validators=[MaxValueValidator(20)])
    influential = models.PositiveSmallIntegerField("影响性", validators=[MaxValueValidator(20)])
    by = models.CharField("谁评的", max_length=16)
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "承办单位对提案的评议"
        constraints = [
            models.CheckConstraint(
                name="review_marks_in_bounds",
                condition=Q(scientific__lte=20, serious__lte=20, feasible__lte=20, regular__lte=20,
                            influential__lte=20),
            )
        ]  # fmt: skip

    @property
    def total(self) -> int:
        return self.scientific + self.serious + self.feasible + self.regular + self.influential


class Urging(models.Model):
    """A letter by which the office chases a department (督办函): about its part of a proposal, or about the
    letter that one became which was not filed."""

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="urgings", null=True)
    letter = models.ForeignKey("proposals.Letter", models.CASCADE, related_name="urgings", null=True)
    year = models.PositiveSmallIntegerField("年")
    number = models.PositiveIntegerField("号")
    words = models.CharField("话", max_length=500)
    due = models.DateField("请在哪天前办")
    on = models.DateField("哪天")
    by = models.CharField("谁", max_length=16)

    class Meta:
        verbose_name = "督办函"
        constraints = [
            models.CheckConstraint(
                name="urging_of_a_part_or_a_letter",
                condition=Q(letter=None, handling__isnull=False) | Q(handling=None, letter__isnull=False),
                violation_error_message="督办函只催一件：一个单位的办理，或者一封转出去的信。",
            )
        ]
