"""What is counted, as data: each metric once, with its definition. The pages, the command and the roll-up
read this list and nothing else."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .kinds import Metric as Metric
from .kinds import Rule
from .of_activities import activities
from .of_consultations import consultations, recommendations
from .of_proposals import proposals
from .of_reports import opinions
from .of_research import research
from .of_reviews import reviews
from .of_studios import studios
from .of_voices import voices

GROUPS = {
    "voices": pgettext_lazy("how many", "群众留言"),
    "consultations": _("协商"),
    "recommendations": _("协商建议和成果"),
    "opinions": _("社情民意信息"),
    "research": _("调研"),
    "activities": _("履职活动"),
    "proposals": _("提案"),
    "studios": _("工作室和委员"),
    "reviews": _("审核"),
}

METRICS: dict[str, Metric] = {
    m.name: m
    for m in (
        *voices(), *consultations(), *recommendations(), *opinions(), *research(), *activities(),
        *proposals(), *studios(), *reviews(),
    )
}  # fmt: skip
RULES: dict[str, list[tuple[Metric, Rule]]] = {}  # by act
for _metric in METRICS.values():
    for _rule in _metric.rules:
        for _act in _rule.acts:
            RULES.setdefault(_act, []).append((_metric, _rule))

# Every other act is decided on too: it moves no number. A test finds an act in neither list.
NOT_COUNTED = frozenset({
    "committee_entered", "town_entered", "zone_entered", "session_entered", "session_struck", "posts_entered",
    "studio_passed_up", "studio_rechecked", "studio_made_model", "studio_model_ended", "voice_studio_changed",
    "task_sheet_set", "standards_written", "studio_recheck_near",
    "post_granted", "post_ended", "home_noted", "contact_revealed", "person_erased",
    "voice_handed_over", "voice_answer_proposed", "voice_answer_held_back", "voice_answer_retracted",
    "voice_noted", "voice_note_struck", "photo_shown", "photo_hidden", "template_made", "template_changed",
    "template_dropped",
    "batch_carried_out",
    "voice_phone_corrected", "voice_follow_up_due", "voice_follow_up_set", "voice_merge_proposed",
    "voice_merge_declined", "review_made_private",
    "voice_reminded", "paper_forms_printed",
    "account_erased", "total_reported", "evidence_linked",
    "account_invited", "invitation_withdrawn", "account_opened", "account_closed", "account_reopened",
    "second_factor_set", "second_factor_reset",
    "voice_assigned", "voice_sent_back", "voice_sent_up", "voice_sent_down", "voice_raised",
    "voice_passed_down",
    "voice_given_back", "voice_called_in", "voice_called_off", "voice_opinion_given", "voice_part_returned",
    "voice_part_extended", "voice_settling_found", "assistance_started", "assistance_ended",
    "assistance_expired", "assistance_refused",
    "voice_extended", "voice_promise_moved", "voice_clock_reckoned", "voice_progress_reported", "voice_said",
    "voice_replied",
    "review_mended", "review_appeal_due", "review_appeal_late", "report_lapsed",
    "topic_declined", "post_left", "door_codes_printed", "consultation_minuted", "consultation_sent",
    "consultation_finished", "recommendation_returned", "recommendation_extended",
    "topic_clock_reckoned", "recommendation_clock_reckoned",
    "recommendation_progress_reported", "recommendation_judged", "result_drafted",
    "studio_planned", "studio_edited", "studio_applied", "studio_not_approved",
    "convener_appointed", "member_stationed", "member_left", "roster_read", "roster_taken",
    "booking_made", "booking_waits", "booking_walked_in", "booking_moved_up", "booking_cancelled",
    "booking_called_off", "booking_came", "booking_missed", "booking_told", "duty_set",
    "rule_entered", "rule_replaced", "rule_published", "rule_repealed",
    "opinion_report_drafted", "opinion_report_redrafted", "opinion_report_readdressed",
    "opinion_report_begun",
    "opinion_report_returned", "opinion_report_edited", "opinion_report_signed", "opinion_report_held_back",
    "opinion_report_kept", "opinion_report_withdrawn", "opinion_report_referred", "opinion_report_fed_back",
    "voice_taken_into_report", "voice_taken_into_proposal", "voice_taken_into_activity",
    "research_drafted", "research_redrafted", "research_named", "research_dropped", "research_left",
    "research_visit_added", "research_visit_dropped", "research_submitted", "research_returned",
    "research_accepted", "research_withdrawn", "research_declined", "research_put_right", "research_shown",
    "activity_planned", "activity_changed", "activity_announced", "activity_cancelled", "activity_drafted",
    "activity_published", "activity_taken_down", "activity_closed", "participation_invited",
    "participation_signed", "participation_waits", "participation_moved_up", "participation_on_leave",
    "participation_studied", "participation_came", "participation_missed", "series_begun",
    "participation_struck", "participation_added",
    "activity_rules_set", "activity_photo_covered", "activity_photo_uncovered",
    "proposal_sealed", "proposal_readdressed", "proposal_letter_sent", "proposal_letter_replied",
    "proposal_letter_urged",
    "proposal_drafted", "proposal_redrafted", "proposal_put_up", "proposal_taken_back", "proposal_withdrawn",
    "proposal_checked", "proposal_looked_again", "proposal_returned", "proposal_not_filed",
    "proposal_assigned", "proposal_added_to", "proposal_given_up", "proposal_waits_again", "proposal_ended",
    "proposal_nominated", "proposal_shortlisted", "proposal_deliberated", "proposal_not_chosen",
    "proposal_rated", "proposal_rating_refused",
    "signature_led", "signature_asked", "signature_signed", "signature_declined", "signature_called_off",
    "signature_voided", "signature_lapsed",
    "handling_given", "handling_returned", "handling_extended", "handling_contacted", "handling_opined",
    "handling_countersigned", "handling_drafted", "handling_held_back", "handling_answered",
    "handling_redone", "handling_urged", "handling_reviewed",
    "message_written", "message_read", "message_answered", "message_added", "message_closed",
    "tariff_chosen", "points_closed", "points_objected", "points_objection_upheld",
    "points_objection_dismissed", "points_objection_withdrawn",
    "standards_chosen", "standard_marked", "inspection_found", "inspection_clear", "inspection_put_right",
})  # fmt: skip
