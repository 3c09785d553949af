"""Entries of members' statements; the tariffs that committees chose; objections; closed quarters and years.

Only the entries are a book: insert-only, thrown away and posted again as a whole. The rest stays."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.places.models import Committee
from shangliang.base.ui.labels import spoken


class Entry(models.Model):
    """One act that brought one member points by one rule (一笔). Points in hundredths, as the tariff says.

    What a year's cap cuts off is reckoned when the statement is read, in the order of the acts: so the rows
    do not depend on which of two changes was committed first. `day` is the day for which it counts: of a
    correction that of what is put right, whenever it is posted. `reverses`: the code of the entry that this
    one takes back; the two come to nothing together, and both stay."""

    code = models.CharField("编号", max_length=12, unique=True)
    member = models.CharField("委员", max_length=16)  # a pseudonym
    committee = models.CharField("政协", max_length=64)  # a path
    act_id = models.BigIntegerField("哪一笔")
    act_at = models.DateTimeField("何时")
    act = models.CharField("事项", max_length=64)
    subject = models.CharField("对象", max_length=64)
    rule = models.CharField("哪一条", max_length=40)
    tariff = models.CharField("按哪份标准", max_length=40)
    points = models.IntegerField("记分")
    day = models.DateField("算在哪天")
    reverses = models.CharField("冲销哪一笔", max_length=12, blank=True, default="")

    class Meta:
        verbose_name = "积分"
        constraints = [
            models.UniqueConstraint(fields=["act_id", "member", "rule", "reverses"], name="entry_once")
        ]
        indexes = [
            models.Index(fields=["member", "act_id"], name="entry_member"),
            models.Index(fields=["committee", "day"], name="entry_committee_day"),
            models.Index(fields=["subject", "act_id"], name="entry_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.rule} {self.points}"


class Choice(models.Model):
    """A tariff that a committee chose (一级政协定的标准): its whole text as it was, in force from a day.
    Of two for one day the later choice holds."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    path = models.CharField("政协", max_length=64)  # the committee's, so that posting asks one table alone
    since = models.DateField("哪天起")
    preset = models.CharField("照哪一份", max_length=40, blank=True)
    text = models.TextField("全文")
    by = models.CharField("谁定的", max_length=16)
    at = models.DateTimeField("何时定的")

    class Meta:
        verbose_name = "一级政协定的积分标准"
        indexes = [models.Index(fields=["path", "since"], name="choice_path_since")]

    @property
    def subject(self) -> str:
        return f"tariff:{self.code}"


class State(models.TextChoices):
    OPEN = "open", _("等答复")
    UPHELD = "upheld", _("改了")
    DISMISSED = "dismissed", _("没有改")
    WITHDRAWN = "withdrawn", _("收回了")


class Objection(models.Model):
    """A member's doubt of an entry, or of one that is missing (有疑问), and its answer.

    Its words lie under the member's own key. Its queries bring the committee along."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    person = models.CharField("谁的账", max_length=16)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    entry = models.CharField("哪一笔", max_length=12, blank=True)  # its code; empty: one is missing
    written_by = models.CharField("那一笔谁记的", max_length=16, blank=True)
    day = models.DateField("哪天的事")
    words = Private(_("哪里不对"), null=True)
    answer = Private(_("答复"), null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField("何时提的")
    due = models.DateField("哪天前答复")
    provisional = models.BooleanField("期限是暂估的", default=False)
    answered_by = models.CharField("谁答复的", max_length=16, blank=True)
    answered_at = models.DateTimeField("何时答复", null=True, blank=True)

    objects: ClassVar[Rows["Objection"]] = Rows.manager()
    get_state_display = spoken("state", State)

    class Meta:
        verbose_name = "对积分的疑问"
        constraints = [
            models.CheckConstraint(
                name="objection_answer_has_a_person_and_a_time",
                condition=Q(answered_by="", answered_at=None)
                | (~Q(answered_by="") & Q(answered_at__isnull=False)),
                violation_error_message="谁答复、何时答复要一起写。",
            ),
            models.UniqueConstraint(
                fields=["person", "entry"], condition=Q(state="open") & ~Q(entry=""),
                name="objection_open_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["committee", "state", "due"]),
            models.Index(fields=["person", "made_at"]),
        ]

    @property
    def subject(self) -> str:
        return f"objection:{self.code}"

    @property
    def committee_path(self) -> str:
        return str(self.committee.path)

    @property
    def studio_code(self) -> str:
        return ""


class Closing(models.Model):
    """A quarter, or a whole year (`quarter` 0), that was closed at a committee (结账).

    What stood then is frozen in `Closed`; what is posted behind `act_id` for its days is a later
    correction."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年")
    quarter = models.PositiveSmallIntegerField("季")
    act_id = models.BigIntegerField("结到哪一笔", default=0)
    by = models.CharField("谁结的", max_length=16)
    at = models.DateTimeField("何时结的")

    class Meta:
        verbose_name = "积分结账"
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "quarter"], name="closing_once"),
            models.CheckConstraint(
                name="closing_of_a_quarter_or_a_year",
                condition=Q(quarter__lte=4),
                violation_error_message="结账按季，或者按年。",
            ),
        ]

    @property
    def subject(self) -> str:
        return f"closing:{self.code}"


class Closed(models.Model):
    """One member as a closing froze them; in hundredths.

    `points`: what counted of the period's days; `total`: of the whole year up to its end. `grade`: its words,
    at the end of a year; `missing`: how many of the minimum set were not met."""

    closing = models.ForeignKey(Closing, models.CASCADE, related_name="rows")
    member = models.CharField("委员", max_length=16)
    points = models.IntegerField("这一期")
    total = models.IntegerField("全年")
    grade = models.CharField("等次", max_length=40, blank=True)
    missing = models.PositiveSmallIntegerField("差几样", default=0)

    class Meta:
        verbose_name = "结账时的一位委员"
        constraints = [models.UniqueConstraint(fields=["closing", "member"], name="closed_member_once")]
        indexes = [models.Index(fields=["member", "closing"], name="closed_member")]
