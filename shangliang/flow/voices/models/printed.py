"""Forms on paper: printed with a number and, on the stub, a tracking code that its taker keeps."""

from django.db import models

from shangliang.base.places.models import Committee
from shangliang.flow.studios.models import Studio

from .voice import Voice


class PaperForm(models.Model):
    """A printed form (纸质留言表). Its number is entered with what was written on it, once. Of the
    tracking code on the stub only the digest is kept; it becomes the voice's own."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="+")
    number = models.CharField("纸表号", max_length=16)
    code_hash = models.CharField(max_length=64, unique=True)
    printed_on = models.DateField("哪天印的")
    voice = models.OneToOneField(Voice, models.PROTECT, null=True, blank=True, related_name="paper")

    class Meta:
        verbose_name = "纸质留言表"
        constraints = [models.UniqueConstraint(fields=["committee", "number"], name="paper_form_number_once")]
        indexes = [models.Index(fields=["studio", "voice"])]
