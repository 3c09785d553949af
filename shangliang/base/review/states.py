"""The charts of what is shown, the same for a public voice and for a post, and of what readers say of it."""

from django.utils.translation import gettext_lazy as _

from ..charts.chart import Chart, Move
from ..journal.acts import ActKind
from . import rules
from .models import ReportState, Review

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

ACTS = (
    ActKind("review_appeal_due", _("申诉今天该答复了，提醒能定的人")),
    ActKind("review_appeal_late", _("申诉过了日子还没答复")),
)

OPEN = frozenset({"open"})
REPORT = Chart(
    "report",
    [(r.value, r.label) for r in ReportState],
    Move(
        "make",
        "report_made",
        _("说它有问题"),
        frozenset(),
        "open",
        rules.anybody,
        _("有读者说公开的一段话有问题"),
    ),
    Move(
        "keep",
        "report_kept",
        _("看过了，没有问题"),
        OPEN,
        "kept",
        rules.looks_over,
        _("再看过，没有问题"),
    ),
    Move(
        "act",
        "report_acted",
        _("先不公开"),
        OPEN,
        "acted",
        rules.looks_over,
        _("再看过，先不公开了"),
    ),
    Move(
        "lapse",
        "report_lapsed",
        _("用不着看了"),
        OPEN,
        "lapsed",
        rules.the_clock,
        _("本人改了或收回了，不用再看"),
    ),
    about="A report hides nothing. It is withheld, or kept shown, by whoever looks it over; ten reports do "
    "no more than one.",
)
