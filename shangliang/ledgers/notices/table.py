"""Which act tells whom: the whole of it, in one place. Printed into docs/notices.md.

`to` names seats (`who`); `kind` is what staff choose by; `sms`: a result, for which the author's phone was
left; `text`: what a phone is told too since the consent says so, `given` a fact of the act: only with it;
`public`: subscribers are told, once everybody may see it; `fresh`: a word is looked for in it;
`thread`: of the subscribers only those are told who asked for this very thing; `gone`: so are those, and
only that it is not public any more."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

KINDS = {
    "new": _("新来的事"),
    "step": _("办理的进展"),
    "late": _("提醒和超期"),
    "review": _("审核和申诉"),
    "topic": _("协商和建议"),
    "studio": _("工作室和预约"),
}
# In words, for the printed table.
SEATS = {
    "author": "留言人", "merged": "和它一起办的留言人", "givers": "给了线索的留言人",
    "merged_givers": "给了并进来的那件线索的留言人",
    "booker": "约了时间的人",
    "officers": "本级政协干部", "hosts": "工作室召集人、副召集人", "team": "工作室的人",
    "holder": "现在办的单位或上级", "asker": "把它转给承办单位的别级政协",
    "beside": "会办的单位", "leaders": "领导",
    "above": "请来定的上级政协干部", "writer": "说这一条的人", "raiser": "提题目的人",
    "founders": "出题的留言人", "participants": "在协商里说过话的人", "department": "接建议的承办单位",
    "joined": "名单上的委员", "researchers": "调研组的人",
    "signers": "提案的签名人", "lead": "领衔的委员", "named": "这一步说到的委员", "unit": "承办的单位",
    "promised": "答应的日子过了的，还有工作室召集人、副召集人和本级政协干部",
    "units": "这件提案的各承办单位",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One act's line."""

    kind: str
    to: tuple[str, ...]
    sms: bool = False
    text: bool = False
    given: str = ""
    public: bool = False
    fresh: bool = False
    thread: bool = False
    gone: bool = False


ROOM = ("raiser", "founders", "participants")
TELLS: dict[str, Line] = {
    # A voice comes in, and is passed on.
    "voice_left": Line("new", ("hosts", "officers")),
    "voice_recorded": Line("new", ("hosts", "officers")),
    "voice_taken_up": Line("step", ("author",), thread=True),
    "voice_refused": Line("step", ("author",), sms=True, thread=True),
    "voice_reconsidered": Line("step", ("author",), thread=True),
    "voice_assigned": Line("new", ("author", "merged", "holder", "beside"), thread=True),
    "voice_called_in": Line("new", ("author", "merged", "holder", "beside"), thread=True),
    "voice_called_off": Line("step", ("author", "merged", "holder", "beside"), thread=True),
    "voice_opinion_given": Line("step", ("author", "merged", "holder", "hosts", "asker"), thread=True),
    "voice_part_returned": Line(
        "step", ("author", "merged", "holder", "hosts", "officers", "asker"), thread=True
    ),
    "voice_part_extended": Line("step", ("author", "merged", "holder", "hosts"), thread=True),
    "voice_settling_found": Line("new", ("officers",)),
    "voice_settled_same": Line("step", ("author",)),
    "voice_sent_back": Line("step", ("author", "merged", "hosts", "officers", "asker"), thread=True),
    "voice_sent_up": Line("new", ("author", "merged", "holder"), thread=True),
    "voice_passed_down": Line("new", ("author", "merged", "holder"), thread=True),
    "voice_sent_down": Line("step", ("author", "merged", "hosts", "officers", "holder"), thread=True),
    "voice_raised": Line("step", ("author", "merged"), thread=True),
    "voice_given_back": Line("step", ("author", "merged", "hosts"), thread=True),
    "voice_studio_changed": Line("new", ("author", "merged", "hosts", "officers"), thread=True),
    "voice_handed_over": Line("step", ("hosts", "officers")),
    "voice_answer_proposed": Line("review", ("hosts", "officers", "holder")),
    "voice_answer_held_back": Line("review", ("hosts", "officers", "holder")),
    "voice_extended": Line("step", ("author", "merged", "hosts", "asker"), text=True, thread=True),
    "voice_promise_moved": Line("step", ("author", "merged", "hosts"), text=True, thread=True),
    "voice_clock_reckoned": Line("step", ("author", "merged"), thread=True),
    # What came of it.
    "voice_answered": Line("step", ("author", "merged", "hosts", "asker"), sms=True, public=True),
    "voice_progress_reported": Line("step", ("author", "merged", "hosts"), public=True),
    "voice_done_reported": Line("step", ("author", "merged", "hosts", "asker"), sms=True, public=True),
    "voice_confirmed_solved": Line("step", ("hosts", "holder", "merged"), public=True),
    "voice_judged_partly": Line("step", ("hosts", "holder", "merged"), public=True),
    "voice_judged_not": Line("step", ("hosts", "holder", "merged"), public=True),
    "voice_verdict_changed": Line("step", ("hosts", "holder", "merged"), thread=True),
    "voice_reopened": Line("step", ("hosts", "holder", "officers", "merged"), public=True),
    "voice_reopened_after_all": Line("step", ("hosts", "holder", "officers", "merged"), public=True),
    "voice_follow_up_due": Line("step", ("author",), text=True),
    "voice_followed_up": Line("step", ("hosts", "merged"), thread=True),
    "voice_relapsed": Line("step", ("hosts", "holder", "officers", "merged"), public=True),
    "voice_said": Line("step", ("hosts", "holder")),
    "voice_replied": Line("step", ("author",), text=True, given="waits_until"),
    "voice_merge_proposed": Line("step", ("author",), text=True),
    "voice_merged": Line("step", ("hosts",), thread=True),
    "voice_merge_declined": Line("step", ("hosts",)),
    "voice_unmerged": Line("step", ("author", "hosts"), thread=True),
    "voice_withdrawn": Line("step", ("hosts", "holder")),
    # The ladder.
    "voice_reminded": Line("late", ("author", "merged", "holder", "promised"), thread=True),
    "voice_urged": Line("late", ("author", "merged", "holder", "promised"), thread=True),
    "voice_listed": Line("late", ("author", "merged", "holder", "officers", "promised"), thread=True),
    # The review. The writer: of a voice its author, of a post whoever said it.
    "review_shown": Line("review", ("writer",), public=True, fresh=True),
    "review_withheld": Line("review", ("writer",), gone=True),
    "review_made_private": Line("review", (), gone=True),
    "person_erased": Line("step", (), thread=True),
    "photo_shown": Line("review", ("author",)),
    "photo_hidden": Line("review", ("author",)),
    "review_mended": Line("review", ("hosts", "officers")),
    "review_appealed": Line("review", ("hosts", "officers", "above")),
    "review_appeal_due": Line("late", ("hosts", "officers", "above")),
    "review_appeal_late": Line("late", ("writer", "hosts", "officers", "above")),
    "review_appeal_dismissed": Line("review", ("writer",)),
    # Consultations, their recommendations and results.
    "topic_raised": Line("topic", ("officers", "leaders")),
    "topic_declined": Line("topic", ("raiser",)),
    "consultation_opened": Line("topic", ("raiser", "founders", "hosts"), public=True, fresh=True),
    "post_left": Line("topic", ("hosts",)),
    "meeting_held": Line("topic", ROOM, thread=True),
    "consultation_minuted": Line("topic", ROOM, public=True),
    "consultation_sent": Line("topic", ROOM, public=True),
    "consultation_finished": Line("topic", ROOM, public=True),
    "recommendation_sent": Line("new", ("department",)),
    "recommendation_returned": Line("topic", ("hosts", "officers")),
    "recommendation_extended": Line("topic", ("hosts", *ROOM), thread=True),
    "recommendation_clock_reckoned": Line("topic", ("department",)),
    "recommendation_answered": Line("topic", ("hosts", *ROOM), public=True),
    "recommendation_progress_reported": Line("topic", ROOM, public=True),
    "recommendation_done_reported": Line("topic", ("hosts", *ROOM), public=True),
    "recommendation_judged": Line("topic", ("department", "hosts")),
    "result_published": Line("topic", ("hosts", *ROOM), public=True, fresh=True),
    # Studios and bookings.
    "studio_applied": Line("studio", ("leaders", "officers")),
    "studio_approved": Line("studio", ("team",), public=True, fresh=True),
    "studio_not_approved": Line("studio", ("hosts",)),
    "studio_passed_up": Line("studio", ("team",)),
    "studio_recheck_near": Line("studio", ("officers",)),
    "studio_rechecked": Line("studio", ("team",)),
    "studio_made_model": Line("studio", ("team",)),
    "studio_model_ended": Line("studio", ("team",)),
    "studio_suspended": Line("studio", ("team",), public=True),
    "studio_resumed": Line("studio", ("team",), public=True),
    "studio_closed": Line("studio", ("team",), public=True),
    "studio_taken_offline": Line("studio", ("team",)),
    "inspection_found": Line("studio", ("hosts",)),
    "inspection_put_right": Line("studio", ("officers",)),
    "booking_made": Line("studio", ("hosts",)),
    "booking_waits": Line("studio", ("hosts",)),
    "booking_cancelled": Line("studio", ("hosts",)),
    "booking_moved_up": Line("studio", ("hosts", "booker"), text=True),
    "booking_called_off": Line("studio", ("booker",), text=True),
    # Between a member and a studio. The writer: the member who wrote first.
    "message_written": Line("new", ("hosts", "officers")),
    "message_added": Line("step", ("hosts",)),
    "message_answered": Line("step", ("writer",)),
    # A member's opinion report. The writer: who drafted it.
    "voice_taken_into_report": Line("step", ("author",)),
    "voice_taken_into_proposal": Line("step", ("author",)),
    "voice_taken_into_activity": Line("step", ("author",)),
    "opinion_report_begun": Line("new", ("writer",)),
    "opinion_report_sent": Line("new", ("hosts", "officers")),
    "opinion_report_passed_on": Line("step", ("writer", "officers")),
    "opinion_report_returned": Line("step", ("writer",)),
    "opinion_report_checked": Line("new", ("leaders", "officers")),
    "opinion_report_held_back": Line("step", ("officers",)),
    "opinion_report_issued": Line("step", ("writer", "hosts", "givers")),
    "opinion_report_kept": Line("step", ("writer",)),
    "opinion_report_withdrawn": Line("step", ("hosts", "officers")),
    "opinion_report_adopted": Line("step", ("writer", "hosts", "givers")),
    "opinion_report_endorsed": Line("step", ("writer", "hosts", "givers")),
    "opinion_report_referred": Line("step", ("writer", "unit")),
    "opinion_report_replied": Line("step", ("writer", "officers", "givers")),
    "opinion_report_fed_back": Line("step", ("writer",)),
    "bulletin_issued": Line("new", ("leaders",)),
    # A research report, or a supervision by study. The team: the lead writer, who wrote with them, who went
    # along, as the act names them. Of a name on the list, or off it, the member is told.
    "research_named": Line("new", ("named",)),
    "research_dropped": Line("step", ("named",)),
    "research_left": Line("step", ("named",)),
    "research_submitted": Line("new", ("officers", "researchers")),
    "research_returned": Line("step", ("researchers",)),
    "research_accepted": Line("new", ("leaders", "officers", "researchers")),
    "research_sent": Line("step", ("researchers", "leaders")),
    "research_withdrawn": Line("step", ("researchers", "officers")),
    "research_acknowledged": Line("step", ("researchers",)),
    "research_adopted": Line("step", ("researchers",)),
    "research_declined": Line("step", ("researchers",)),
    "research_taken_back": Line("step", ("researchers",)),
    "research_endorsed": Line("step", ("researchers",)),
    "research_put_right": Line("step", ("researchers", "officers")),
    "research_closed": Line("step", ("researchers",)),
    # Activities. The member: of whom the act tells; the joined: who is on the list when it happens. Who gave
    # the clue is told of the announcement by an act of their own voice.
    "activity_announced": Line("studio", ("team", "joined"), public=True, fresh=True),
    "activity_changed": Line("studio", ("joined", "givers")),
    "activity_cancelled": Line("studio", ("team", "joined", "givers"), public=True),
    "activity_recorded": Line("studio", ("givers",)),
    "activity_drafted": Line("studio", ("officers",)),
    "activity_published": Line("studio", ("team", "joined", "givers"), public=True, fresh=True),
    "participation_invited": Line("new", ("named",)),
    "participation_moved_up": Line("step", ("named",)),
    "participation_on_leave": Line("studio", ("hosts",)),
    "participation_missed": Line("step", ("named",)),
    "participation_struck": Line("step", ("named",)),
    "participation_added": Line("step", ("named",)),
    # A proposal. Departments learn nothing of a rating before they have rated the proposal. Who gave the clue
    # is told what was decided and done, not what the office and the departments have between them.
    "signature_asked": Line("new", ("named",)),
    "signature_called_off": Line("step", ("named",)),
    "signature_voided": Line("step", ("named",)),
    "signature_signed": Line("step", ("lead",)),
    "signature_declined": Line("step", ("lead",)),
    "proposal_sent": Line("new", ("officers",)),
    "proposal_withdrawn": Line("step", ("officers", "signers", "givers")),
    "proposal_checked": Line("new", ("leaders", "officers")),
    "proposal_looked_again": Line("step", ("officers",)),
    "proposal_returned": Line("step", ("signers",)),
    "proposal_filed": Line("step", ("signers", "givers")),
    "proposal_merged": Line("step", ("signers", "givers")),
    "proposal_not_filed": Line("step", ("signers", "givers")),
    "proposal_letter_sent": Line("new", ("signers", "unit", "givers")),
    "proposal_letter_urged": Line("late", ("unit",)),
    "proposal_letter_replied": Line("step", ("signers", "officers", "givers")),
    "proposal_assigned": Line("step", ("signers", "givers", "merged_givers")),
    "handling_given": Line("new", ("unit",)),
    "handling_returned": Line("new", ("officers",)),
    "handling_extended": Line("step", ("signers", "officers", "givers", "merged_givers")),
    "handling_opined": Line("step", ("units",)),
    "handling_drafted": Line("new", ("officers", "units")),
    "handling_countersigned": Line("step", ("officers", "units")),
    "handling_held_back": Line("step", ("unit",)),
    "handling_answered": Line("step", ("units",)),
    "handling_redone": Line("new", ("unit",)),
    "handling_urged": Line("late", ("unit",)),
    "handling_reviewed": Line("step", ("officers",)),
    "proposal_answered": Line("step", ("signers", "givers"), public=True),
    "proposal_rated": Line("step", ("officers",)),
    "proposal_redone": Line("step", ("officers", "signers", "givers")),
    "proposal_waits_again": Line("step", ("signers", "givers")),
    "proposal_closed": Line("step", ("officers", "signers", "givers")),
    "proposal_ended": Line("step", ("officers", "givers")),
    "proposal_marked_key": Line("step", ("signers", "units", "givers")),
    "proposal_rechecked": Line("step", ("signers", "units", "givers"), public=True),
    "proposal_excellent": Line("step", ("signers", "units", "givers")),
    # A member's doubt of an entry of their statement. The writer: the member.
    "points_objected": Line("new", ("officers", "leaders")),
    "points_objection_upheld": Line("step", ("writer",)),
    "points_objection_dismissed": Line("step", ("writer",)),
}
# Acts that tell nobody, on purpose, and why.
NOBODY: dict[str, tuple[str, ...]] = {
    "本人自己做的，页上看得到": (
        "voice_phone_corrected", "voice_follow_up_set",
        "voice_supported", "voice_support_withdrawn", "message_read", "message_closed",
        "opinion_report_drafted", "opinion_report_redrafted", "opinion_report_readdressed",
        "points_objection_withdrawn",
        "research_drafted", "research_redrafted", "research_visit_added", "research_visit_dropped",
        "participation_signed", "participation_waits", "participation_studied", "participation_came",
        "proposal_drafted", "proposal_redrafted", "proposal_readdressed", "proposal_sealed",
        "proposal_put_up", "proposal_taken_back", "signature_led",
        "signature_lapsed",
    ),
    "账号和登录，当场说": (
        "account_closed", "account_erased", "account_invited", "account_opened", "account_reopened",
        "invitation_withdrawn", "second_factor_reset", "second_factor_set",
    ),
    "任职和排班，任命的人当面说；以后的事跟着职务走": (
        "post_granted", "post_ended", "home_noted", "convener_appointed", "member_stationed", "member_left",
        "duty_set",
    ),
    "机关自己记的": (
        "committee_entered", "contact_revealed", "door_codes_printed", "paper_forms_printed",
        "evidence_linked", "total_reported", "inspection_clear", "standard_marked", "standards_chosen",
        "reception_held", "roster_read", "roster_taken", "result_drafted", "topic_clock_reckoned",
        "studio_planned", "studio_opened", "studio_edited", "voice_settled_different",
        "rule_entered", "rule_published", "rule_replaced", "rule_repealed", "standards_written",
        "posts_entered",
        "task_recorded", "task_sheet_set", "task_struck", "town_entered", "zone_entered",
        "session_entered", "session_struck",
        "template_changed", "template_dropped", "template_made",
        "opinion_report_edited", "opinion_report_signed", "tariff_chosen", "points_closed",
        "research_shown",
        "activity_planned", "activity_mended", "activity_taken_down", "activity_closed",
        "activity_rules_set", "series_begun", "activity_photo_covered", "activity_photo_uncovered",
        "proposal_added_to", "proposal_given_up", "proposal_nominated", "proposal_shortlisted",
        "proposal_deliberated", "proposal_not_chosen", "handling_contacted",
    ),
    "内部的话，和一次办多件时另有每一件自己的": (
        "voice_noted", "voice_note_struck", "voice_topic_set", "voice_answer_retracted", "batch_carried_out",
    ),
    "读者反映排在审核页上，看的人天天看得到": (
        "report_made", "report_kept", "report_acted", "report_lapsed",
    ),
    "当场办的，没有要等的人": (
        "assistance_started", "assistance_ended", "assistance_expired", "assistance_refused",
        "proposal_rating_refused",
        "booking_came", "booking_missed", "booking_told", "booking_walked_in",
    ),
}  # fmt: skip


def nobody() -> frozenset[str]:
    return frozenset(act for acts in NOBODY.values() for act in acts)


def printed() -> Iterator[str]:
    """The table as it stands in the docs, line by line; acts in the words of the journal."""
    from shangliang.base.journal.acts import declared

    kinds = declared()
    yield "| act | 记录 | 告诉谁 | 类 | 另外 |"
    yield "|---|---|---|---|---|"
    for act, line in TELLS.items():
        more = [
            words
            for words, there in (
                ("订阅人", line.public), ("订了这一件的", line.thread),
                ("订了这一件的，只说不再公开", line.gone), ("留了电话的，短信", line.sms or line.text),
                ("等本人回答时才发短信", line.given),
            )
            if there
        ]  # fmt: skip
        to = "、".join(SEATS[seat] for seat in line.to) or "–"
        yield f"| `{act}` | {kinds[act].words} | {to} | {KINDS[line.kind]} | {'、'.join(more) or '–'} |"
    yield ""
    for why, acts in NOBODY.items():
        yield f"- {why}：{'、'.join(f'`{act}`' for act in acts)}"
