"""A committee's rules, each in its editions."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.places.models import Committee
from shangliang.base.ui.labels import spoken


class State(models.TextChoices):
    IN_FORCE = "in_force", _("现行")
    REPEALED = "repealed", _("废止")


class Rule(models.Model):
    """A rule of a committee (制度). `title` is its newest edition's. Its queries bring `committee` along."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=120)
    public = models.BooleanField("公开", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.IN_FORCE)
    version = models.PositiveIntegerField(default=1, editable=False)
    repealed_from = models.DateField("从哪天起废止", null=True, blank=True)
    repeal_reason = models.CharField("废止理由", max_length=300, blank=True)

    get_state_display = spoken("state", State)

    class Meta:
        verbose_name = "制度"
        constraints = [
            models.CheckConstraint(
                name="rule_repealed_says_when_and_why",
                condition=Q(state="in_force", repealed_from=None, repeal_reason="")
                | (Q(state="repealed", repealed_from__isnull=False) & ~Q(repeal_reason="")),
                violation_error_message="废止的制度要写明哪天起、为什么。",
            )
        ]
        indexes = [models.Index(fields=["committee", "public"])]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"rule:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.committee.path

    @property
    def studio_code(self) -> str:
        return ""


class Edition(models.Model):
    """One edition of a rule (版本), as it was issued. Its paper lies under `edition:<code>`; `governs` holds
    keys of `values`."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("第几版")
    title = models.CharField("名称", max_length=120)
    document = models.CharField("文号", max_length=60, blank=True)
    issuer = models.CharField("发文单位", max_length=80)
    issued_on = models.DateField("哪天发的")
    since = models.DateField("从哪天起施行")
    until = models.DateField("施行到哪天", null=True, blank=True)
    text = models.TextField("正文", max_length=20_000, blank=True)
    source = models.CharField("出处", max_length=300, blank=True)
    reason = models.CharField("为什么换", max_length=300, blank=True)
    governs: Any = models.JSONField("管着哪些设定", default=list, blank=True)
    by = models.CharField("谁登记的", max_length=16)
    at = models.DateTimeField("何时登记")

    class Meta:
        verbose_name = "制度的版本"
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_edition_number_once"),
            models.CheckConstraint(
                name="edition_days_in_order",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="「施行到哪天」不能早于「从哪天起施行」。",
            ),
            models.CheckConstraint(
                name="edition_after_the_first_has_a_reason",
                condition=Q(number=1) | ~Q(reason=""),
                violation_error_message="换一版，要写明为什么换。",
            ),
        ]
        indexes = [models.Index(fields=["since"])]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"

    @property
    def subject(self) -> str:
        return f"edition:{self.code}"

    def holds_on(self, day: date) -> bool:
        """Whether its own days say that it holds; an edition after it may hold in its place."""
        return self.since <= day and (self.until is None or day <= self.until)
