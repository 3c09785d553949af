"""What a thing carries that may be shown to the public, and what its readers say of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..journal.codes import public_id
from ..people.personal.fields import Private, Rows
from ..places.models import Committee
from ..ui.labels import spoken


class Review(models.TextChoices):
    NONE = "", _("不公开")  # the author wants it kept between themselves and the office
    WAITING = "waiting", _("待看")
    SHOWN = "shown", _("已公开")
    WITHHELD = "withheld", _("先不公开")
    APPEALED = "appealed", _("申诉，等换个人看")


class Reason(models.TextChoices):
    """List B, closed: why a wording is withheld. Dissent and criticism are no reasons."""

    LAW = "law", _("违反写明的法律")
    PERSONAL = "personal", _("有别人的个人信息")
    ABUSE = "abuse", _("辱骂、威胁人")
    ADVERT = "advert", _("广告、刷屏")
    OFF_TOPIC = "off_topic", _("不归这里管")
    DUPLICATE = "duplicate", _("和已有的重复")


# What the reviewer must write with these reasons, so that the author knows how to mend it.
DETAIL = {
    Reason.LAW: _("写明是哪部法的哪一条"),
    Reason.PERSONAL: _("写明是哪几个字"),
    Reason.ABUSE: _("写明是哪几个字"),
    Reason.ADVERT: _("写明是哪几个字"),
    Reason.OFF_TOPIC: _("写明该去哪儿说"),
    Reason.DUPLICATE: _("写明和哪一条重复"),
}
MEND = {
    Reason.LAW: _("去掉这一句就能公开。"),
    Reason.PERSONAL: _("去掉别人的名字、电话、住址就能公开。"),
    Reason.ABUSE: _("换成说事，不说人，就能公开。"),
    Reason.ADVERT: _("去掉推销的话就能公开。"),
    Reason.OFF_TOPIC: _("这里只留这件事的话就能公开。"),
    Reason.DUPLICATE: _("写上和那一条不一样的地方就能公开。"),
}


COVER = "█"  # stands for each character that was covered before showing


class Reviewed(models.Model):
    """A thing whose words may be shown. `public_words` is the wording that is shown; empty: the first
    words. `appeal` are the author's words against its being withheld, once for each withholding.

    All words lie under the key of the row's `person`, those of whoever looked it over too: they quote."""

    public = models.BooleanField("愿意公开", default=False)
    review = models.CharField("审核", max_length=10, choices=Review, default=Review.NONE, blank=True)
    review_version = models.PositiveIntegerField(default=1)
    public_words = Private("公开的说法", null=True, blank=True)
    withheld_reason = models.CharField("先不公开的理由", max_length=10, choices=Reason, blank=True)
    withheld_detail = Private("说明", null=True, blank=True)
    withheld_by = models.CharField("谁先不公开的", max_length=16, blank=True)
    reviewed_by = models.CharField("谁看的", max_length=16, blank=True)
    reviewed_at = models.DateTimeField("何时看的", null=True, blank=True)
    appeal = Private("申诉", null=True, blank=True)
    appealed_at = models.DateTimeField("何时申诉", null=True, blank=True)
    appeal_due = models.DateField("申诉最晚哪天答复", null=True, blank=True)
    appeal_above = models.CharField(
        "申诉请哪一级看", max_length=64, blank=True
    )  # a path; nobody else is here, or the day to answer went by
    appeal_answer = Private("申诉没有成立的理由", null=True, blank=True)
    first_shown_at = models.DateTimeField("首次公开", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def shown(self) -> bool:
        return self.review == Review.SHOWN

    @property
    def covered(self) -> bool:
        """Whether somebody's name, number or address was covered in the wording that is shown."""
        return COVER in str(self.public_words)

    @property
    def appeal_late(self) -> bool:
        """Whether the last day to answer the appeal has gone by."""
        return bool(self.appeal_due and clock.today() > self.appeal_due)

    @property
    def how_to_mend(self) -> str:
        """What to change so that it can be shown, in a sentence."""
        return str(MEND[Reason(self.withheld_reason)]) if self.withheld_reason else ""


class ReportState(models.TextChoices):
    OPEN = "open", _("等人再看一眼")
    KEPT = "kept", _("看过了，没有问题")
    ACTED = "acted", _("看过，先不公开了")
    LAPSED = "lapsed", _("本人已经改了或收回了")


class Report(models.Model):
    """A reader says that something shown has a problem (读者反映). Of the reader nothing is kept.

    `kind` and `item` name the thing, `person` is its author: a reader's words may name them, so they lie
    under the author's key and go with it."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField("哪一类", max_length=8)
    item = models.CharField("哪一条", max_length=12)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    studio = models.CharField("工作室", max_length=12, blank=True)
    thread = models.CharField("事由编号", max_length=32)
    person = models.CharField("说的是谁的话", max_length=16)
    reason = models.CharField("什么问题", max_length=10, choices=Reason)
    words = Private("说明", null=True, blank=True)
    at = models.DateTimeField("何时")
    state = models.CharField("状态", max_length=6, choices=ReportState)
    version = models.PositiveIntegerField(default=1)
    settled_by = models.CharField("谁看的", max_length=16, blank=True)
    settled_at = models.DateTimeField("何时看的", null=True, blank=True)
    objects: ClassVar[Rows["Report"]] = Rows.manager()

    get_reason_display = spoken("reason", Reason)
    author_key = ""  # nobody's; who wrote the thing itself is asked before

    class Meta:
        verbose_name = "读者反映"
        indexes = [
            models.Index(fields=["kind", "item"], condition=models.Q(state="open"), name="report_open"),
            models.Index(fields=["settled_at"], name="report_settled"),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_settled_says_when",
                condition=models.Q(state="open", settled_at=None)
                | (~models.Q(state="open") & models.Q(settled_at__isnull=False)),
            )
        ]

    @property
    def subject(self) -> str:
        """The thing: what is done about a report stands in the journal beside what is done about it."""
        return f"{self.kind}:{self.item}"

    @property
    def committee_path(self) -> str:
        return str(self.committee.path)

    @property
    def studio_code(self) -> str:
        return self.studio
