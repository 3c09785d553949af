"""What a committee may set for itself, and what holds while it has set nothing.

Days are working days. Sources: the clocks of product.md 2 and 6; a committee's own rule book may say
otherwise."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_  # noqa: N812


@dataclass(frozen=True)
class Number:
    """A telephone number with the words that stand before it."""

    who: str
    number: str


PRESETS: dict[str, Any] = {
    "mark": "",  # the sign in its case numbers, 溪政留2026-000123; empty: the first character of its name
    "accept_days": 3,
    "answer_days": 10,
    "send_back_days": 5,
    "opinion_days": 5,  # for whoever is asked beside the host; never past the answer day
    "extension_days": 10,
    "verdict_reminder_days": 10,
    "topic_days": 10,
    "recommendation_days": 15,
    "recommendation_send_back_days": 5,
    "recommendation_extension_days": 15,
    "report_reply_days": 20,  # working days, of a department to whom an opinion report is passed: a sample
    # Proposals: calendar months, and working days to send one back; sources in flow/proposals/settings.py.
    "proposal_send_back_days": 5,
    "proposal_answer_months": 3,
    "proposal_answer_months_most": 6,
    "proposal_opinion_months": 1,
    # Working days to speak with the filers: before handling as one county has it (Chongyi, anchors.md);
    # during it, and after the answer went out, no source gives a number: samples.
    "proposal_contact_before_days": 15,
    "proposal_contact_during_days": 40,
    "proposal_contact_after_days": 15,
    "proposal_class_d": False,  # whether answers have a fourth class, kept for reference
    "proposal_sessions": [],  # [{"name": "十二届三次会议", "opens": "2026-01-12", "until": "2026-01-14"}]
    "proposal_session_months": 3,  # a session takes proposals from so many months before its opening
    "objection_days": 10,  # to answer a member's doubt of their points
    "receptions_a_month": 2,
    "standards": [],  # keys of the checklists that hold for its studios
    "booking_minutes": 20,
    "booking_days": 21,  # how far ahead a reception day can be booked
    "activity_notice_days": 2,  # calendar days between the notice of an activity and its day
    "activity_kinds_off": [],  # keys of the kinds of activities that it does not use
    "activity_study": [],  # kinds before which something is studied
    "unclear_days": 5,
    "second_look": [],  # kinds of voice whose answers wait for another person: ["complaint"]
    # The ladder of a late voice, in working days past its day; 0: that rung is left out. Named in public
    # after five, as one bureau's rule has it (platforms-cn.md 4); the letter a little later than there.
    "remind_days": 1,
    "urge_days": 3,
    "list_days": 5,
    "office_hours": ["09:00", "17:30"],  # nothing of the ladder happens outside them, or on a rest day
    "numbers_danger": [[N_("报警"), "110"], [N_("火警"), "119"], [N_("急救"), "120"]],
    "numbers_accusation": [[N_("纪委监委举报"), "12388"], [N_("报警"), "110"]],
    "numbers_court": [[N_("人民法院"), "12368"], [N_("法律援助"), "12348"], [N_("信访"), "12345"]],
}


def numbers(pairs: list[list[str]]) -> list[Number]:
    """A setting such as `numbers_danger` as numbers to print, our own words in the reader's language."""
    return [Number(gettext(who) if who else "", number) for who, number in pairs]
