"""Studios, their timetable, their receptions, and why somebody was appointed."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.models import Post
from shangliang.base.places.models import Committee, LiaisonGroup, Sector, SpecialCommittee
from shangliang.base.ui.labels import spoken


class Kind(models.TextChoices):
    AREA = "area", _("区域")
    SECTOR = "sector", _("界别")
    SPECIALTY = "specialty", _("特色")
    INDUSTRY = "industry", _("产业")
    PERSONAL = "personal", _("个人")
    ASSOCIATION = "association", _("商协会")
    PARTY = "party", _("党派团体")
    HOME = "home", _("委员之家")


class State(models.TextChoices):
    PLANNED = "planned", _("筹建")
    OPEN = "open", _("开着")
    SUSPENDED = "suspended", _("暂停")
    CLOSED = "closed", _("撤销")


class Online(models.TextChoices):
    OFFLINE = "offline", _("没上线")
    APPLIED = "applied", _("等本级政协审")
    CITY = "city", _("等市政协核")
    PROVINCE = "province", _("等省政协核")
    ONLINE = "online", _("已上线")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("周一")
    TUESDAY = 1, _("周二")
    WEDNESDAY = 2, _("周三")
    THURSDAY = 3, _("周四")
    FRIDAY = 4, _("周五")
    SATURDAY = 5, _("周六")
    SUNDAY = 6, _("周日")


class Studio(models.Model):
    """A members' studio (委员工作室). Its queries bring `committee` along."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+", verbose_name=_("政协委员会"))
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    plate = models.CharField(_("门牌编号"), max_length=30, blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("界别")
    )
    special_committee = models.ForeignKey(
        SpecialCommittee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("联系的专委会"),
    )
    leader = models.CharField(_("联系的领导"), max_length=16, blank=True)  # a person's pseudonym

    address = models.CharField(_("地址"), max_length=120, blank=True)
    town = models.CharField(_("镇、街道"), max_length=30, blank=True)
    area = models.CharField(_("管哪些村、社区"), max_length=300, blank=True)
    hours = models.CharField(_("开门时间"), max_length=80, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    motto = models.CharField(_("一句话特长"), max_length=60, blank=True)
    intro = models.TextField(_("介绍"), max_length=1000, blank=True)
    shared_with = models.CharField(_("和谁合用"), max_length=120, blank=True)
    twin = models.URLField(_("别处的网上工作室"), max_length=300, blank=True)
    liaison_group = models.ForeignKey(
        LiaisonGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("合一的联络组")
    )
    zones: Any = models.JSONField(_("管哪些片区"), default=list, blank=True)  # codes of places.Zone

    plan_reason = models.CharField(_("为什么建"), max_length=300, blank=True)
    planned_for = models.DateField(_("计划哪天前开室"), null=True, blank=True)
    model_reason = models.CharField(_("为什么定为示范点"), max_length=300, blank=True)
    model_since = models.DateField(_("示范点从哪天起"), null=True, blank=True)
    model_until = models.DateField(_("示范点到哪天止"), null=True, blank=True)

    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1, editable=False)
    state_reason = models.CharField(_("为什么"), max_length=300, blank=True)
    voices_go_to = models.CharField(_("没办完的事交给谁"), max_length=300, blank=True)
    successor = models.CharField(_("接手的工作室"), max_length=12, blank=True)
    closed_on = models.DateField("哪天撤销的", null=True, blank=True)
    was_online = models.BooleanField("撤销前在网上", default=False)  # its codes hang on doors still

    online = models.CharField(_("上线"), max_length=10, choices=Online, default=Online.OFFLINE)
    online_version = models.PositiveIntegerField(default=1, editable=False)
    online_reason = models.CharField(_("为什么"), max_length=300, blank=True)
    online_since = models.DateField("哪天上线的", null=True, blank=True)
    recheck_due = models.DateField("哪天前年检", null=True, blank=True)
    apply_why = models.CharField(_("为什么要上线"), max_length=500, blank=True)
    apply_best = models.CharField(_("最像样的一件事"), max_length=300, blank=True)

    get_kind_display = spoken("kind", Kind)
    get_state_display = spoken("state", State)
    get_online_display = spoken("online", Online)

    class Meta:
        verbose_name = "委员工作室"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "name"],
                name="studio_name_once",
                condition=~Q(state="closed"),
                violation_error_message=_("这个县已经有同名的工作室了，换个名字，或在名字里写上地方。"),
            ),
            models.UniqueConstraint(
                fields=["committee"],
                name="studio_one_home",
                condition=Q(kind="home") & ~Q(state="closed"),
                violation_error_message=_("这里已经有一个委员之家了，一处只有一个。"),
            ),
            models.CheckConstraint(
                name="studio_model_has_reason_and_term",
                condition=Q(model_since=None, model_until=None, model_reason="")
                | Q(model_since__isnull=False, model_until__gt=F("model_since")) & ~Q(model_reason=""),
                violation_error_message=_("示范点要写明为什么，从哪天到哪天。"),
            ),
        ]
        indexes = [models.Index(fields=["online", "committee"])]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"studio:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.committee.path

    @property
    def studio_code(self) -> str:
        return self.code

    @property
    def is_public(self) -> bool:
        return self.online == Online.ONLINE

    @property
    def has_door(self) -> bool:
        """Whether residents can leave a word at its door: open and online."""
        return self.state == State.OPEN and self.is_public

    @property
    def is_home(self) -> bool:
        """Whether it is the members' home over its committee's studios."""
        return self.kind == Kind.HOME

    def is_model(self, day: date) -> bool:
        """Whether it is a model studio on this day: the term ends by itself."""
        return bool(self.model_since and self.model_until and self.model_since <= day <= self.model_until)


class Slot(models.Model):
    """One line of a studio's timetable (接待时间): a weekday, or a day of the month."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="timetable")
    weekday = models.PositiveSmallIntegerField(_("每周"), choices=Weekday, null=True, blank=True)
    monthday = models.PositiveSmallIntegerField(_("每月几日"), null=True, blank=True)
    start = models.TimeField(_("从"))
    end = models.TimeField(_("到"))
    place = models.CharField(_("在哪儿"), max_length=80, blank=True)
    note = models.CharField(_("说明"), max_length=80, blank=True)
    duty = models.CharField(_("值班"), max_length=16, blank=True)  # a person's pseudonym

    class Meta:
        verbose_name = "接待时间"
        constraints = [
            models.CheckConstraint(
                name="slot_has_one_kind_of_day",
                condition=Q(weekday=None, monthday__range=(1, 31)) | Q(weekday__range=(0, 6), monthday=None),
                violation_error_message=_("周几、每月几日，选一样写。"),
            ),
            models.CheckConstraint(
                name="slot_hours_in_order",
                condition=Q(end__gt=F("start")),
                violation_error_message=_("结束要晚于开始。"),
            ),
        ]

    def falls_on(self, day: date) -> bool:
        return day.weekday() == self.weekday if self.monthday is None else day.day == self.monthday

    @property
    def when(self) -> str:
        """每周四, or 每月 8 日."""
        if self.weekday is None:
            return str(_("每月 %(day)s 日") % {"day": self.monthday})
        return str(_("每%(day)s") % {"day": Weekday(self.weekday).label})


class Reception(models.Model):
    """A reception that was held (接待记录): a day, how many came, which members were there."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="receptions")
    day = models.DateField(_("哪天"))
    residents = models.PositiveIntegerField(_("来了几位"))
    voices = models.PositiveIntegerField(_("记下几件事"), null=True, blank=True)
    note = models.CharField(_("记一笔"), max_length=500, blank=True)
    members: Any = models.JSONField(_("到场委员"), default=list)  # pseudonyms
    by = models.CharField("谁记的", max_length=16)
    at = models.DateTimeField("何时记的")

    class Meta:
        verbose_name = "接待记录"
        indexes = [models.Index(fields=["studio", "day"])]

    @property
    def subject(self) -> str:
        return f"reception:{self.code}"


class Appointment(models.Model):
    """Why a convener or deputy was appointed (任命), beside the post that holds the term."""

    post = models.OneToOneField(Post, models.PROTECT, related_name="+")
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="appointments")
    reason = models.CharField(_("理由"), max_length=300)
    by = models.CharField("谁任命的", max_length=16)

    class Meta:
        verbose_name = "任命"
