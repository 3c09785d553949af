"""The chart of what is shown: the same for a public voice and for a post."""

from django.utils.translation import gettext_lazy as _

from ..charts.chart import Chart, Move
from . import rules
from .models import Review

NOT_SHOWN = frozenset({"waiting", "withheld"})
NOT_WITHHELD = frozenset({"waiting", "shown"})
NOT_APPEALED = frozenset({"waiting", "withheld", "shown"})
WITHHELD = frozenset({"withheld"})
APPEALED = frozenset({"appealed"})
PUBLIC = NOT_SHOWN | NOT_WITHHELD | APPEALED

CHART = Chart(
    "review",
    [(r.value or "private", r.label) for r in Review],
    Move("show", "review_shown", _("公开"), NOT_SHOWN, "shown", rules.looks_over, _("公开了一段话")),
    Move(
        "withhold",
        "review_withheld",
        _("先不公开"),
        NOT_WITHHELD,
        "withheld",
        rules.looks_over,
        _("一段话先不公开"),
    ),
    Move(
        "appeal",
        "review_appealed",
        _("我要申诉"),
        WITHHELD,
        "appealed",
        rules.appeals,
        _("不同意先不公开，提了申诉"),
    ),
    Move("uphold", "review_shown", _("申诉成立，公开"), APPEALED, "shown", rules.decides, _("公开了一段话")),
    Move(
        "dismiss",
        "review_appeal_dismissed",
        _("还是先不公开"),
        APPEALED,
        "withheld",
        rules.decides,
        _("换人看过，还是先不公开"),
    ),
    Move(
        "mend",
        "review_mended",
        _("我改一下"),
        NOT_APPEALED,
        "waiting",
        rules.wrote,
        _("留言人改了公开的说法"),
    ),
    Move(
        "make_private",
        "review_made_private",
        _("不公开了"),
        PUBLIC,
        Review.NONE,
        rules.wrote,
        _("留言人不公开了"),
    ),
    state="review",
    version="review_version",
)
