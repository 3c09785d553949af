"""Reads of printed forms."""

from django.db.models import Count

from shangliang.flow.studios.models import Studio

from .. import tracking
from ..models import PaperForm


def batch(studio: Studio, form_key: str, count: int) -> list[tuple[str, str]]:
    """Number and tracking code of each form of the batch that was printed under this key, in order."""
    codes = [tracking.form_code(form_key, n) for n in range(count)]
    digests = [tracking.digest(code) for code in codes]
    numbers = dict(
        PaperForm.objects.filter(studio=studio, code_hash__in=digests).values_list("code_hash", "number")
    )
    return [(numbers[one], code) for one, code in zip(digests, codes, strict=True) if one in numbers]


def counted(studio: Studio) -> dict[str, int]:
    """How many forms were printed for a studio, and how many of them came in."""
    return PaperForm.objects.filter(studio=studio).aggregate(printed=Count("pk"), taken=Count("voice"))
