"""What the desk keeps beside voices: who looks after one, notes among colleagues, an answer that waits for a
second look, common answers, saved filters, and many voices dealt with at once."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.places.models import Committee

from .voice import Part, Voice


class Keeping(models.Model):
    """Who at a committee looks after a voice (经办): whoever took it up, or the colleague it was handed to.
    It says nothing of who may act, and no clock knows of it. Whose post has ended keeps nothing any more."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="keepings")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    keeper = models.CharField("经办人", max_length=16)
    since = models.DateField("从哪天起")
    handed_by = models.CharField("谁交来的", max_length=16, blank=True)  # empty: took it up themselves

    class Meta:
        verbose_name = "经办"
        constraints = [models.UniqueConstraint(fields=["voice", "committee"], name="voice_one_keeper_a_desk")]
        indexes = [models.Index(fields=["keeper", "since"])]


class Note(Part):
    """A note among the colleagues of one committee (内部备注). It is about somebody's matter, so it lies
    under the author's key, is in the copy they take, and goes with them."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    words = Private("备注", null=True)
    objects: ClassVar[Rows["Note"]] = Rows.manager()

    class Meta:
        verbose_name = "内部备注"


class SecondLook(Part):
    """An answer that waits for another person of the committee (复核), what they said, and when. It waits
    while `voice.proposed_by` names its writer. Papers lie under `answer:<code>`, and the answer takes the
    code over."""

    code = models.CharField(max_length=12, default=public_id, editable=False)
    round = models.PositiveSmallIntegerField()
    words = models.TextField("写好的答复", max_length=2000)
    promised_for = models.DateField("承诺的日子", null=True, blank=True)
    looked_by = models.CharField("谁看的", max_length=16, blank=True)
    looked_at = models.DateTimeField("何时看的", null=True, blank=True)
    back = models.CharField("退回去改什么", max_length=500, blank=True)

    class Meta:
        verbose_name = "复核"
        constraints = [
            models.CheckConstraint(
                name="second_look_by_somebody_else",
                condition=Q(looked_by="") | ~Q(looked_by=models.F("by")),
                violation_error_message="自己写的答复，由另一个人复核。",
            )
        ]


class Template(models.Model):
    """A common answer (常用答复) of a committee. It fills a field, and somebody reads it before it goes
    out."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=40)
    words = models.TextField("正文", max_length=2000)
    version = models.PositiveIntegerField(default=1, editable=False)
    by = models.CharField("谁写的", max_length=16)
    at = models.DateTimeField("何时写的")
    dropped = models.BooleanField("不用了", default=False)

    class Meta:
        verbose_name = "常用答复"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "title"], condition=Q(dropped=False), name="template_title_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"template:{self.code}"


class Edition(models.Model):
    """What a common answer said before it was changed."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField("第几版")
    title = models.CharField("名称", max_length=40)
    words = models.TextField("正文", max_length=2000)
    by = models.CharField("谁写的", max_length=16)
    at = models.DateTimeField("何时写的")

    class Meta:
        verbose_name = "常用答复的旧版"
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_edition_once")]


class SavedFilter(models.Model):
    """A filter of the queue under a name of one's own (存下的筛选): the query of its address, nobody
    else's."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    holder = models.CharField("谁的", max_length=16)
    name = models.CharField("名称", max_length=20)
    query = models.CharField("筛选", max_length=500)

    class Meta:
        verbose_name = "存下的筛选"
        constraints = [models.UniqueConstraint(fields=["holder", "name"], name="saved_filter_name_once")]

    def __str__(self) -> str:
        return self.name


class Deed(models.TextChoices):
    ANSWER = "answer", _("答复")
    TAKE_UP = "take_up", _("受理")
    ASSIGN = "assign", _("转承办单位")
    HAND_OVER = "hand_over", _("交给同事")


class Batch(models.Model):
    """Many voices that one person is about to deal with at once (一起办): which, from which version of each,
    and what with. Carried out all together or not at all; kept for some days, for whoever made it."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    deed = models.CharField("办什么", max_length=10, choices=Deed)
    words = models.TextField("写的话", max_length=2000, blank=True)
    to = models.CharField(
        "交给谁", max_length=16, blank=True
    )  # a department's code, a colleague's pseudonym, a topic
    rows: Any = models.JSONField("哪些", default=list)  # [[voice's code, its version], …]
    left_out: Any = models.JSONField("办不了的", default=list)  # [[voice's code, why], …]
    version = models.PositiveIntegerField(default=1, editable=False)
    done_at = models.DateTimeField("何时办的", null=True, blank=True)

    class Meta:
        verbose_name = "一起办"
        indexes = [models.Index(fields=["at"])]

    @property
    def subject(self) -> str:
        return f"batch:{self.code}"
