"""A proposal, its versions, the text under which it was filed, and what its filers are told."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.journal.codes import public_id, thread_number
from shangliang.base.people.personal.fields import Rows, with_keys
from shangliang.base.places.models import Committee
from shangliang.base.ui.labels import spoken
from shangliang.flow.reports.models import OpinionReport, Written
from shangliang.flow.voices.models import Voice


class Kind(models.TextChoices):
    """Who files it. All but the first two are collective: a body speaks, by the member who writes."""

    INDIVIDUAL = "individual", _("个人提案")
    JOINT = "joint", _("联名提案")
    PARTY = "party", _("党派提案")
    ORGANISATION = "organisation", _("人民团体提案")
    SECTOR = "sector", _("界别提案")
    SPECIAL = "special", _("专门委员会提案")
    LIAISON = "liaison", _("委员联络组提案")


COLLECTIVE = (Kind.PARTY, Kind.ORGANISATION, Kind.SECTOR, Kind.SPECIAL, Kind.LIAISON)


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SIGNING = "signing", _("正在联名")
    SENT = "sent", _("交了，等初审")
    CHECKED = "checked", _("初审过，等审定")
    RETURNED = "returned", _("退回修改")
    FILED = "filed", _("立案，等交办")
    MERGED = "merged", _("并案")
    NOT_FILED = "not_filed", _("没有立案")
    ASSIGNED = "assigned", _("正在办理")
    ANSWERED = "answered", _("答复了，等评价")
    CLOSED = "closed", _("办结")
    WITHDRAWN = "withdrawn", _("撤回")


NUMBERED = (State.FILED, State.MERGED, State.ASSIGNED, State.ANSWERED, State.CLOSED)


class Topic(models.TextChoices):
    """What it is about (research/platforms-cn.md 3a: the six classes of a committee's own system)."""

    ECONOMY = "economy", _("经济")
    POLITICS = "politics", _("政治")
    CULTURE = "culture", _("文化")
    SOCIETY = "society", _("社会")
    ECOLOGY = "ecology", _("生态文明")
    OTHER = "other", _("其他")


class Decision(models.TextChoices):
    """What the first look proposes, and a second person decides."""

    FILE = "file", _("立案")
    MERGE = "merge", _("并案")
    REFUSE = "refuse", _("不立案")


class Excellence(models.TextChoices):
    """How far the choice of a year's excellent proposals has come with it: four steps (research, T16)."""

    NONE = "none", _("没有推荐")
    NOMINATED = "nominated", _("征集：推荐了")
    SHORTLISTED = "shortlisted", _("初评入围")
    DELIBERATED = "deliberated", _("审议通过")
    ANNOUNCED = "announced", _("优秀提案")


class Passed(models.TextChoices):
    """How the opinion goes on when the proposal is not filed."""

    REPORT = "report", _("转社情民意信息")
    LETTER = "letter", _("转来信")


class Proposal(Written):
    """A proposal (提案): one matter. Its words lie under the key of whoever leads, until it is filed; then
    the filed text under its own stands for it (`texts`)."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    thread = models.CharField("事由编号", max_length=32, unique=True, default=thread_number)
    person = models.CharField("谁领衔", max_length=16)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("谁提的", max_length=12, choices=Kind)
    body = models.CharField("哪个单位提的", max_length=60, blank=True)
    may_publish = models.BooleanField("同意公开", default=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    started_at = models.DateTimeField("何时起草")
    last_at = models.DateTimeField("最后一步的时间")
    sign_by = models.DateField("签名截止", null=True, blank=True)
    sent_on = models.DateField("交", null=True, blank=True)
    in_session = models.BooleanField("大会提案", default=False)
    session = models.CharField("哪次会议", max_length=40, blank=True)
    # The first look, and what was decided.
    topic = models.CharField("类别", max_length=10, choices=Topic, blank=True)
    proposed = models.CharField("初审意见", max_length=10, choices=Decision, blank=True)
    reason = models.CharField("不立案的理由", max_length=20, blank=True)
    passed = models.CharField("怎么转出去", max_length=10, choices=Passed, blank=True)
    report = models.OneToOneField(
        OpinionReport, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="转成了哪篇社情民意信息",
    )  # fmt: skip
    into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并进哪件"
    )
    checked_by = models.CharField("谁初审的", max_length=16, blank=True)
    decided_by = models.CharField("谁审定的", max_length=16, blank=True)
    year = models.PositiveSmallIntegerField("案号的年", null=True, blank=True)
    number = models.PositiveIntegerField("案号", null=True, blank=True)
    filed_on = models.DateField("立案", null=True, blank=True)
    # What became of it.
    answered_on = models.DateField("答复", null=True, blank=True)
    public = models.BooleanField("公开", default=False)
    again = models.BooleanField("重新办过", default=False)
    key_reason = models.CharField("为什么列为重点", max_length=200, blank=True)
    outcome = models.CharField(
        "最后是哪一类", max_length=1, blank=True
    )  # A–D: of the answer, or a later check
    rechecked_on = models.DateField("上次复查", null=True, blank=True)

    excellence = models.CharField("评优", max_length=12, choices=Excellence, default=Excellence.NONE)

    objects: ClassVar[Rows["Proposal"]] = Rows.manager()
    get_state_display = spoken("state", State)
    get_kind_display = spoken("kind", Kind)
    get_topic_display = spoken("topic", Topic)
    get_proposed_display = spoken("proposed", Decision)
    get_excellence_display = spoken("excellence", Excellence)
    get_passed_display = spoken("passed", Passed)

    class Meta:
        verbose_name = "提案"
        constraints = [
            models.UniqueConstraint(
                "committee", "year", "in_session", "number", name="proposal_number_once",
                condition=Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_filed_has_its_number",
                condition=~Q(state__in=NUMBERED) | Q(number__isnull=False, year__isnull=False),
                violation_error_message="立了案的要有案号。",
            ),
            models.CheckConstraint(
                name="proposal_checked_and_decided_by_two",
                condition=Q(decided_by="") | ~Q(decided_by=models.F("checked_by")),
                violation_error_message="初审和审定要两个人。",
            ),
            models.CheckConstraint(
                name="proposal_body_fits_kind",
                condition=Q(kind__in=["individual", "joint"], body="")
                | ~Q(kind__in=["individual", "joint"]) & ~Q(body=""),
                violation_error_message="集体提案写明是哪个单位提的。",
            ),
            models.CheckConstraint(
                name="proposal_not_filed_has_a_reason",
                condition=~Q(state="not_filed") | ~Q(reason="") & ~Q(passed=""),
                violation_error_message="不立案要有理由，并写明怎么转出去。",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["committee", "state", "last_at"]),
            models.Index(fields=["person", "last_at"]),
            models.Index(fields=["public", "answered_on"]),
        ]

    @property
    def subject(self) -> str:
        return f"proposal:{self.code}"

    @property
    def seal(self) -> str:
        """Under which name the scan of an organisation's seal is kept."""
        return f"proposal_seal:{self.code}"

    @property
    def collective(self) -> bool:
        return self.kind in COLLECTIVE

    @property
    def committee_path(self) -> str:
        return str(self.committee.path)

    @property
    def studio_code(self) -> str:
        return ""

    @property
    def late(self) -> bool:
        """Whether the day by which it was to be signed is over."""
        return self.sign_by is not None and clock.today() > self.sign_by

    @property
    def head(self) -> "Proposal":
        """The one that is handled: what it was merged into, else itself. A merger that is only proposed is
        none: it has no number yet."""
        return self.into if self.into is not None and self.number is not None else self

    @property
    def said(self) -> Written:
        """The text that stands: the filed one, once there is one. `filed` must be at hand."""
        return getattr(self, "filed", None) or self

    @property
    def heading(self) -> str:
        """Its title; the keys of all that were read together are fetched together."""
        together(self, self.__dict__.get("_peers", ()))
        return str(self.said.title)

    @property
    def case_number(self) -> str:
        """十二届三次会议第7号 · 2026年第3号; empty before it is filed."""
        if self.number is None:
            return ""
        where = self.session if self.in_session else say("%(year)s年平时") % {"year": self.year}
        return say("%(where)s第%(n)s号") % {"where": where, "n": self.number}


def together(of: Proposal, beside: Iterable[Proposal]) -> None:
    """Fetch the keys of the texts that stand, of a proposal and of those that were read with it."""
    if "_key" not in of.said.__dict__:
        with_keys([of.said, *(one.said for one in beside if one is not of)])


class Filed(Written):
    """The text as it was filed. It lies under the proposal's own key, since it stays."""

    PERSON: ClassVar[str] = "proposal__code"
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="filed")
    objects: ClassVar[Rows["Filed"]] = Rows.manager()

    class Meta:
        verbose_name = "立案的提案文本"

    @property
    def person(self) -> str:
        return self.proposal.code

    @property
    def code(self) -> str:
        return f"{self.proposal.code}|filed"


class Version(Written):
    """A proposal as it was put up for signing, or sent (一稿)."""

    PERSON: ClassVar[str] = "proposal__person"
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("第几稿")
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")
    objects: ClassVar[Rows["Version"]] = Rows.manager()

    class Meta:
        verbose_name = "提案的一稿"
        constraints = [models.UniqueConstraint("proposal", "number", name="proposal_version_once")]

    @property
    def person(self) -> str:
        return self.proposal.person

    @property
    def code(self) -> str:
        return f"{self.proposal.code}|{self.number}"


class Note(models.Model):
    """What the office tells the filers with a step, and what comes out in a later check."""

    class About(models.TextChoices):
        RETURNED = "returned", _("请修改")
        FILED = "filed", _("立案")
        MERGED = "merged", _("并案")
        NOT_FILED = "not_filed", _("没有立案")
        KEY = "key", _("列为重点提案")
        RECHECKED = "rechecked", _("次年复查")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="notes")
    about = models.CharField("关于哪一步", max_length=10, choices=About)
    words = models.CharField("话", max_length=500)
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")
    get_about_display = spoken("about", About)

    class Meta:
        verbose_name = "告诉提案人的话"
