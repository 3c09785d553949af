"""One row for each photo or paper; the bytes lie in the storage, out of the web's reach."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class File(models.Model):
    """A photo (drawn anew, two sizes) or a paper (a PDF as it came) of a subject (`voice:7k2m…`)."""

    class Form(models.TextChoices):
        PHOTO = "photo", _("照片")
        PAPER = "paper", _("材料")

    code = models.CharField(max_length=10, unique=True)
    subject = models.CharField(max_length=64, db_index=True)
    form = models.CharField(max_length=5, choices=Form.choices)
    name = models.CharField(_("文件名"), max_length=120)
    size = models.PositiveIntegerField(_("字节"))
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("照片与材料")
        constraints = [
            models.CheckConstraint(
                name="file_photo_has_a_size",
                condition=~models.Q(form="photo") | models.Q(width__gt=0, height__gt=0),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.form == self.Form.PHOTO

    @property
    def sizes(self) -> tuple[str, ...]:
        """The sizes it can be had in: the last part of its address."""
        return ("large", "small") if self.is_picture else ("paper",)
