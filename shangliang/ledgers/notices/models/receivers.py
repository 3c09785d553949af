"""Who wants to be told outside the house, and how often. On the page everybody is told anyway."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.ui.labels import spoken


class How(models.TextChoices):
    AT_ONCE = "at_once", _("有了就说")
    DAILY = "daily", _("每个工作日一封")
    WEEKLY = "weekly", _("每周一封")
    NEVER = "never", _("不发")


class What(models.TextChoices):
    WORD = "word", _("字词")
    PLACE = "place", _("地方")
    STUDIO = "studio", _("工作室")
    THREAD = "thread", _("一件事")


class Wish(models.Model):
    """What somebody with an account wants sent (通知设置): kind → how. A kind that is missing: nothing."""

    person = models.CharField("谁", max_length=16, unique=True)  # a pseudonym
    how = models.JSONField("每类怎么发", default=dict)
    wechat = models.CharField("企业微信账号", max_length=64, blank=True)

    class Meta:
        verbose_name = "通知设置"


class Mailbox(models.Model):
    """An e-mail address that the author of a voice left to be told (留言人的邮箱). It belongs to this one
    voice: no index finds the same address beside another, so nothing ties a resident's voices together."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    voice = models.CharField("哪条留言", max_length=12, unique=True)
    person = models.CharField("化名", max_length=12)  # the voice's own: under whose key the address lies
    email = Private("电子邮箱", null=True)
    how = models.CharField("多久一封", max_length=8, choices=How, default=How.AT_ONCE)
    language = models.CharField("用哪种话", max_length=8, default="zh-hans")
    agreed = models.CharField("同意的是哪一版", max_length=40)
    asked_at = models.DateTimeField("何时留的")
    confirmed_at = models.DateTimeField("何时确认的", null=True, blank=True)
    objects: ClassVar[Rows["Mailbox"]] = Rows.manager()
    get_how_display = spoken("how", How)

    class Meta:
        verbose_name = "留言人的邮箱"


class Subscriber(models.Model):
    """An e-mail address that public things are sent to (订阅人), without an account: under a pseudonym and a
    key of its own. `email_blind`: by which the same address finds its subscriptions again."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    person = models.CharField("化名", max_length=12, unique=True, default=public_id, editable=False)
    email = Private("电子邮箱", null=True)
    email_blind = models.CharField(max_length=64, unique=True)
    how = models.CharField("多久一封", max_length=8, choices=How, default=How.DAILY)
    language = models.CharField("用哪种话", max_length=8, default="zh-hans")
    objects: ClassVar[Rows["Subscriber"]] = Rows.manager()
    get_how_display = spoken("how", How)

    class Meta:
        verbose_name = "订阅人"


class Subscription(models.Model):
    """One thing that a subscriber asked for (订阅). Nothing is sent before it is confirmed from the mail."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    kind = models.CharField("哪一种", max_length=8, choices=What)
    what = models.CharField("订什么", max_length=40)
    agreed = models.CharField("同意的是哪一版", max_length=40)
    asked_at = models.DateTimeField("何时订的")
    confirmed_at = models.DateTimeField("何时确认的", null=True, blank=True)
    get_kind_display = spoken("kind", What)

    class Meta:
        verbose_name = "订阅"
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "kind", "what"], name="subscription_once")
        ]
        indexes = [models.Index(fields=["kind", "what"], name="subscription_of")]
