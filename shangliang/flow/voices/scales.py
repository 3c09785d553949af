"""How an author judges what was done: three scales, each by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Judgement(models.TextChoices):
    SOLVED = "solved", _("解决了")
    PARTLY = "partly", _("解决了一部分")
    NOT = "not", _("没解决")


class Later(models.TextChoices):
    """What the author says four weeks after the verdict."""

    SOLVED = "solved", _("还是好的")
    PARTLY = "partly", _("好了一部分")
    NOT = "not", _("又不行了，或一直没好")
    UNKNOWN = "unknown", _("说不准")


class Attitude(models.IntegerChoices):
    """How whoever dealt with it treated the author; apart from the result. 1 is the best."""

    VERY_GOOD = 1, _("很好")
    GOOD = 2, _("好")
    FAIR = 3, _("一般")
    POOR = 4, _("不好")
    VERY_POOR = 5, _("很差")


class Result(models.IntegerChoices):
    """What the author thinks of what was done. 1 is the best."""

    VERY_SATISFIED = 1, _("很满意")
    SATISFIED = 2, _("满意")
    FAIR = 3, _("一般")
    DISSATISFIED = 4, _("不满意")
    VERY_DISSATISFIED = 5, _("很不满意")
