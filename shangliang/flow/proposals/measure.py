"""How long a proposal may be, and when a band of marks begins."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TITLE = (4, 50)
PART = 3000  # characters of each part at most (research/platforms-cn.md 3a, C3)
SHORTEST = 10  # of situation and advice once it is signed or sent; the analysis may be left out
ASKED = 20  # invitations of one proposal at most
BANDS = ((90, gettext_lazy("优秀")), (75, gettext_lazy("良好")), (60, gettext_lazy("一般")))  # T9


def band(mark: int) -> str:
    """The word for a mark of 0 to 100: 优秀 from 90, 良好 from 75, 一般 from 60."""
    return next((str(label) for least, label in BANDS if mark >= least), _("较差"))
