"""Who signs a proposal, in their order, and how each of them rates the answer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.ui.labels import spoken

from .proposal import Proposal, together


class Signature(models.Model):
    """A signature on a proposal (署名), or the invitation to it. The first is the leader's."""

    class State(models.TextChoices):
        INVITED = "invited", _("请了，还没签")
        SIGNED = "signed", _("签了")
        DECLINED = "declined", _("不签")
        CALLED_OFF = "called_off", _("收回邀请")
        LAPSED = "lapsed", _("过期没签")

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="signatures")
    person = models.CharField("谁", max_length=16)
    number = models.PositiveSmallIntegerField("第几位")
    state = models.CharField("状态", max_length=10, choices=State, default=State.INVITED)
    version = models.PositiveIntegerField(default=1, editable=False)
    invited_at = models.DateTimeField("何时请的")
    signed_at = models.DateTimeField("何时签的", null=True, blank=True)
    objects: ClassVar[Rows["Signature"]] = Rows.manager()
    get_state_display = spoken("state", State)

    class Meta:
        verbose_name = "署名"
        constraints = [
            models.UniqueConstraint("proposal", "number", name="signature_number_once"),
            models.UniqueConstraint("proposal", "person", name="signature_person_once"),
            models.CheckConstraint(
                name="signature_signed_has_its_time",
                condition=~Q(state="signed") | Q(signed_at__isnull=False),
                violation_error_message="签了的要有时间。",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"])]

    @property
    def subject(self) -> str:
        return f"signature:{self.code}"

    @property
    def heading(self) -> str:
        """The proposal's title; the keys of all that were read together are fetched together."""
        together(self.proposal, [one.proposal for one in self.__dict__.get("_peers", ())])
        return self.proposal.heading

    @property
    def thread(self) -> str:
        return str(self.proposal.thread)

    @property
    def committee_path(self) -> str:
        return self.proposal.committee_path

    @property
    def studio_code(self) -> str:
        return ""


class Rating(models.Model):
    """How one signer rates one answer: the questions of a district's own form (research/platforms-cn.md 3a,
    Hongkou), with a mark of 0 to 100 for the handling."""

    class Visited(models.TextChoices):
        VISITED = "visited", _("走访过")
        NOT_WANTED = "not_wanted", _("我不需要走访")
        NOT = "not", _("没有走访")

    class Attitude(models.TextChoices):
        SATISFIED = "satisfied", _("满意")
        UNDERSTOOD = "understood", _("理解")
        UNSATISFIED = "unsatisfied", _("不满意")

    class Heard(models.TextChoices):
        VISIT = "visit", _("上门")
        PHONE = "phone", _("电话")
        OTHER = "other", _("别的方式")
        NOT = "not", _("没有联系")

    class Aimed(models.TextChoices):
        FULLY = "fully", _("针对")
        MOSTLY = "mostly", _("基本针对")
        NOT = "not", _("没有针对")

    class Result(models.TextChoices):
        AGREE = "agree", _("同意")
        UNDERSTAND = "understand", _("理解")
        RESERVE = "reserve", _("保留意见")
        DISAGREE = "disagree", _("不同意")

    PERSON: ClassVar[str] = "signature__person"
    signature = models.ForeignKey(Signature, models.CASCADE, related_name="ratings")
    round = models.PositiveSmallIntegerField("第几次办理")
    visited = models.CharField("走访", max_length=12, choices=Visited)
    attitude = models.CharField("态度", max_length=12, choices=Attitude)
    heard = models.CharField("怎么听取意见", max_length=12, choices=Heard)
    aimed = models.CharField("答复有没有针对性", max_length=12, choices=Aimed)
    result = models.CharField("对办理结果", max_length=12, choices=Result)
    score = models.PositiveSmallIntegerField("打分")
    words = Private("话", null=True)
    again = models.BooleanField("请再办一次", default=False)
    at = models.DateTimeField("何时")
    objects: ClassVar[Rows["Rating"]] = Rows.manager()
    get_visited_display = spoken("visited", Visited)
    get_attitude_display = spoken("attitude", Attitude)
    get_heard_display = spoken("heard", Heard)
    get_aimed_display = spoken("aimed", Aimed)
    get_result_display = spoken("result", Result)

    class Meta:
        verbose_name = "对答复的评价"
        constraints = [
            models.UniqueConstraint("signature", "round", name="rating_once_a_round"),
            models.CheckConstraint(name="rating_score_in_bounds", condition=Q(score__lte=100)),
        ]

    @property
    def person(self) -> str:
        return self.signature.person

    @property
    def code(self) -> str:
        return f"{self.signature.code}|{self.round}"

    @property
    def satisfied(self) -> bool:
        return self.result in (self.Result.AGREE, self.Result.UNDERSTAND) and self.attitude != "unsatisfied"
