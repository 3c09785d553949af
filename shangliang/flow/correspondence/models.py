"""A member's message to a studio, and what was said to and fro."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.ui.labels import spoken
from shangliang.flow.studios.models import Studio


class State(models.TextChoices):
    WAITING = "waiting", _("等工作室看")
    READ = "read", _("看过了，等回")
    ANSWERED = "answered", _("回了")
    CLOSED = "closed", _("说完了")


class Message(models.Model):
    """A member's message to a studio (委员留言). Its words lie under the writer's own key, as residents' do.
    Its queries bring studio and committee along."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    person = models.CharField("谁写的", max_length=16)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="+")
    about = Private(_("关于什么"), null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    version = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField("何时写的")
    last_at = models.DateTimeField("最后一句的时间")

    objects: ClassVar[Rows["Message"]] = Rows.manager()
    get_state_display = spoken("state", State)

    class Meta:
        verbose_name = "委员留言"
        indexes = [models.Index(fields=["studio", "state"]), models.Index(fields=["person", "last_at"])]

    @property
    def subject(self) -> str:
        return f"message:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.studio.committee.path

    @property
    def studio_code(self) -> str:
        return self.studio.code


class Said(models.Model):
    """One piece of a message's to and fro (一句), the member's or the studio's."""

    class Side(models.TextChoices):
        MEMBER = "member", _("委员")
        STUDIO = "studio", _("工作室")

    PERSON: ClassVar[str] = "message__person"  # where `person` stands
    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="lines")
    side = models.CharField(max_length=6, choices=Side)
    by = models.CharField("谁说的", max_length=16)
    at = models.DateTimeField("何时")
    words = Private("话", null=True)

    objects: ClassVar[Rows["Said"]] = Rows.manager()

    class Meta:
        verbose_name = "委员留言的一句"

    @property
    def person(self) -> str:
        """Under whose key the words lie: the member's, whoever said them."""
        return self.message.person
