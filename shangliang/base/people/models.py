"""Accounts, posts with terms, the keyring and the log of looks."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ..journal.codes import public_id
from ..places.models import Committee, Sector
from ..ui.labels import spoken
from .personal.fields import Private, Rows


class People(BaseUserManager["Person"]):
    """Makes accounts; Django and allauth want it under this shape."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Person:
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in (账号): a member, an officer, a handler. Residents never need one."""

    username = models.CharField("登录名", max_length=40, unique=True)
    email = models.EmailField("电子邮箱", blank=True)
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("称呼", max_length=40, blank=True, help_text="如：农技推广员")
    key = models.CharField("化名", max_length=16, unique=True, default=public_id, editable=False)
    is_active = models.BooleanField("可登录", default=True)
    by_keys = models.BooleanField("按键快捷", default=True)  # single letters at the desk; WCAG 2.1.4
    generation = models.PositiveIntegerField("登录的第几代", default=0, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session holds while this stays the same: a new password or a new generation ends them all."""
        said = f"{self.password}|{self.generation}"
        return salted_hmac("people.session", said, secret=secret, algorithm="sha256").hexdigest()

    @property
    def subject(self) -> str:
        return f"person:{self.key}"


class Role(models.TextChoices):
    MEMBER = "member", _("委员")
    STATIONED = "stationed", _("驻室委员")
    CONVENER = "convener", _("召集人")
    DEPUTY = "deputy", _("副召集人")
    OFFICER = "officer", _("政协干部")
    LEADER = "leader", _("领导")
    HANDLER = "handler", _("承办人")
    AUDITOR = "auditor", _("审计")
    OPERATOR = "operator", _("运维")


class Post(models.Model):
    """A post (职务) that a person holds at a committee, a studio or a department, for a term.

    `studio` and `department` are public codes, no keys: studios stand above people in the house."""

    holder = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField("职务", max_length=12, choices=Role)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    studio = models.CharField("工作室", max_length=12, blank=True)
    department = models.CharField("单位", max_length=12, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="+")
    lives_in = models.CharField("住在哪个县", max_length=12, blank=True)  # a member's, by a committee's code
    since = models.DateField("任职起")
    until = models.DateField("任职止", null=True, blank=True)
    ended_at = models.DateTimeField("何时收回", null=True, blank=True, editable=False)

    get_role_display = spoken("role", Role)

    class Meta:
        verbose_name = "职务"
        constraints = [
            models.CheckConstraint(
                name="post_term_in_order",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="任职止不能早于任职起。",
            ),
            models.CheckConstraint(
                name="post_place_fits_role",
                condition=(
                    Q(role__in=["stationed", "convener", "deputy"], department="") & ~Q(studio="")
                    | Q(role="handler", studio="") & ~Q(department="")
                    | Q(
                        role__in=["member", "officer", "leader", "auditor", "operator"],
                        studio="",
                        department="",
                    )
                ),
                violation_error_message="这个职务要写明在哪间工作室，或哪个单位。",
            ),
        ]
        indexes = [models.Index(fields=["studio", "role"]), models.Index(fields=["department"])]

    def holds_on(self, day: date) -> bool:
        """Whether it was held for a part of the day at least."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def role_words(self) -> str:
        return str(self.get_role_display())


class Invitation(models.Model):
    """A link by which somebody sets the password of their account, once: at first for the post they were
    given, later because the password was lost. Only a keyed digest of its code is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    by = models.CharField("谁发的", max_length=16)
    made_at = models.DateTimeField("何时发的")
    until = models.DateTimeField("用到何时")
    used_at = models.DateTimeField("何时用的", null=True, blank=True)
    ended_at = models.DateTimeField("何时作废", null=True, blank=True)

    class Meta:
        verbose_name = "登录邀请"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                name="invitation_one_at_a_time",
                condition=Q(used_at=None, ended_at=None),
                violation_error_message="这位已经有一张没用过的链接。",
            ),
            models.CheckConstraint(
                name="invitation_used_or_ended",
                condition=Q(used_at=None) | Q(ended_at=None),
                violation_error_message="用过的链接不会再作废。",
            ),
        ]


class PersonKey(models.Model):
    """The key under which one resident's personal fields lie, wrapped by the master key. In a database of
    its own."""

    person = models.CharField(max_length=16, unique=True)
    box = models.BinaryField()
    drawn_on = models.DateField("哪天要写新的", null=True)  # the last day on which a row was begun under it

    class Meta:
        verbose_name = "个人钥匙"


class Erasure(models.Model):
    """That a person asked to be erased (删除个人信息), and whether the last copy is gone. It holds nothing of
    them but their pseudonym."""

    class Way(models.TextChoices):
        """How it was asked for: a closed list, so that no name can stand here."""

        CODE = "code", _("本人用查询码办理")
        IN_PERSON = "in_person", _("本人到场提出")
        WRITTEN = "written", _("本人书面提出")
        PHONE = "phone", _("本人打电话提出，核对过身份")
        FOR_THEM = "for_them", _("监护人或近亲属代为提出")
        ACCOUNT = "account", _("注销账号")

    TOLD = (Way.IN_PERSON, Way.WRITTEN, Way.PHONE, Way.FOR_THEM)  # what an officer chooses from

    person = models.CharField("化名", max_length=16, unique=True)
    way = models.CharField("怎么提出的", max_length=10, choices=Way)
    asked = models.DateTimeField("何时提出")
    done = models.DateTimeField("何时删净", null=True, blank=True)
    files = models.JSONField("还要删的照片", default=list, blank=True)  # codes whose bytes must still go

    class Meta:
        verbose_name = "删除个人信息"
        indexes = [models.Index(fields=["done"])]


class Look(models.Model):
    """Somebody looked at a resident's contact (查看留痕): who, when, why. Shown to the resident.

    The reason may name them, so it lies under their key."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    subject = models.CharField("看了什么", max_length=40)
    person = models.CharField("谁的", max_length=16)
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")
    reason = Private("为什么", null=True)
    objects: ClassVar[Rows[Look]] = Rows.manager()

    class Meta:
        verbose_name = "查看留痕"
        indexes = [models.Index(fields=["subject", "at"])]


class Try(models.Model):
    """How often somebody tried something in one window; see `limits`. Swept when the window has passed."""

    name = models.CharField(max_length=20)
    who = models.CharField(max_length=32)  # a keyed digest, never the address itself
    window = models.BigIntegerField(db_index=True)  # the second at which it ends
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = "尝试次数"
        constraints = [models.UniqueConstraint(fields=["name", "who", "window"], name="try_once")]
