"""What ties a voice to others and to later: who supports it, which other it may be merged into, and what its
author said four weeks on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..lists import Rung
from ..scales import Later


class Support(models.Model):
    """That somebody supports a public voice (附议). Nobody knows who: the digest belongs to one browser and
    this one voice, so two supports of one person have nothing in common. None once it can't be taken back."""

    voice = models.ForeignKey("voices.Voice", models.CASCADE, related_name="supports")
    digest = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001  None is "nobody's any more"
    on = models.DateField("哪天")

    class Meta:
        verbose_name = "附议"
        constraints = [
            models.UniqueConstraint(fields=["voice", "digest"], name="voice_supported_once_a_browser")
        ]


class Merging(models.Model):
    """That the office asked an author whether their voice may be dealt with together with another (一起办),
    what they said, and whether it was undone. Nothing is merged before they say yes.

    `rung`, `rung_on`, `proposed_by`: what stood on the voice when it was merged. While it is merged nobody
    is named for it and no answer of its own waits; undone, it stands there again."""

    class Said(models.TextChoices):
        NOTHING = "", _("还没回话")
        AGREED = "agreed", _("同意")
        DECLINED = "declined", _("不同意")
        DROPPED = "dropped", _("不问了")  # another was proposed, or the voice went its own way

    voice = models.ForeignKey("voices.Voice", models.CASCADE, related_name="mergings")
    into = models.ForeignKey("voices.Voice", models.PROTECT, related_name="mergings_in")
    by = models.CharField("谁提的", max_length=16)
    at = models.DateTimeField("何时提的")
    words = models.CharField("为什么", max_length=500)
    said = models.CharField("本人怎么说", max_length=8, choices=Said, blank=True)
    said_at = models.DateTimeField("何时说的", null=True, blank=True)
    undone_at = models.DateTimeField("何时拆开", null=True, blank=True)
    rung = models.CharField("并的时候催到哪一级", max_length=8, choices=Rung, blank=True)
    rung_on = models.DateField("并的时候是哪天催的", null=True, blank=True)
    proposed_by = models.CharField("并的时候谁写的答复在等复核", max_length=16, blank=True)

    class Meta:
        verbose_name = "一起办"
        constraints = [
            models.UniqueConstraint(
                fields=["voice"], condition=Q(said=""), name="voice_asked_of_one_merging_at_a_time"
            ),
            models.CheckConstraint(name="merging_not_into_itself", condition=~Q(voice=models.F("into"))),
        ]


class FollowUp(models.Model):
    """The question of four weeks later (四周回访): once a voice, and what its author said."""

    voice = models.OneToOneField("voices.Voice", models.CASCADE, related_name="follow_up")
    asked_on = models.DateField("哪天问的")
    said = models.CharField("怎么说", max_length=8, choices=Later, blank=True)
    said_at = models.DateTimeField("何时说的", null=True, blank=True)

    class Meta:
        verbose_name = "四周回访"
