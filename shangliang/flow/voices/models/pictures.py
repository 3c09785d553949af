"""Photos of a voice that everybody sees beside its public wording."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from .voice import Part


class ShownPhoto(Part):
    """A copy of one of the author's photos, made to be shown (公开的照片): black where a face, a plate or a
    paper was. `code` is the copy's own name, drawn anew each time; it lies under `shown:<code>`. `photo` is
    the first one's, which stays with those who read the voice whole."""

    photo = models.CharField("哪一张", max_length=10)
    code = models.CharField(max_length=10, unique=True, editable=False)
    boxes: Any = models.JSONField("遮住的地方", default=list)  # [[left, top, width, height], …], thousandths
    alt = models.CharField("照片上是什么", max_length=100, blank=True)

    class Meta:
        verbose_name = "公开的照片"
        constraints = [models.UniqueConstraint(fields=["voice", "photo"], name="voice_photo_shown_once")]

    @property
    def subject(self) -> str:
        return f"shown:{self.code}"

    @property
    def words(self) -> str:
        """What stands in the picture's place for whoever doesn't see it."""
        return self.alt or (_("群众拍的照片，遮住了几处") if self.boxes else _("群众拍的照片"))
