"""The result of a consultation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.flow.consultations.models import Consultation


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已公布")


class Result(models.Model):
    """A result (成果): what was solved and what was not, in a text with evidence."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id)
    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="+")
    text = models.TextField("办成了什么", max_length=3000)
    state = models.CharField("状态", max_length=10, choices=State)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.CharField("谁起草的", max_length=16)
    published_on = models.DateField("公布", null=True, blank=True)

    class Meta:
        verbose_name = "成果"
        constraints = [
            models.CheckConstraint(
                name="result_published_has_day",
                condition=Q(state="draft", published_on=None)
                | Q(state="published", published_on__isnull=False),
                violation_error_message="公布的成果要有公布的日子。",
            )
        ]
        indexes = [models.Index(fields=["state", "published_on", "id"])]

    def __str__(self) -> str:
        return self.consultation.title

    @property
    def subject(self) -> str:
        return f"result:{self.code}"

    @property
    def thread(self) -> str:
        return self.consultation.thread

    @property
    def committee_path(self) -> str:
        return self.consultation.committee_path

    @property
    def studio_code(self) -> str:
        return self.consultation.studio_code
