"""Every address, what it is made from, and what each column gets there.

In marks: ✓ 200 · "·" 403 · – 404 · → asked to sign in (or for the tracking code) · › sent on. What a chart's
move asks is declared in `doing`; here stands only which address carries it."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.urls import URLResolver, get_resolver, reverse

from . import posting, seeing
from .columns import EVERYBODY as ALL
from .marks import (
    ASKED,
    DESK,
    HANDLERS,
    HOSTS,
    LEADER,
    MEMBERS,
    NEWCOMERS,
    NOBODY,
    OF_ONES_OWN,
    OFFICERS,
    PERSON,
    REVIEWS,
    SENT_ON,
    SIGNED_IN,
    STAFF,
    WITHOUT_ONE,
    asked,
)

POSTS = posting.POSTS
LETTERS = ("letter", "letter_docx")
# (name, what its arguments are made from, the query) → marks of a GET.
GETS: dict[tuple[str, ...], str] = {
    ("portal:home",): ALL,
    ("portal:search",): ALL,
    ("portal:mine",): ASKED + "››  ››  ›  ›  ››  ›  ›  ›  ››",
    ("portal:studios",): ALL,
    ("portal:studio", "studio"): ALL,
    ("portal:studio", "studio_planned"): seeing.INSIDE,
    ("portal:book", "studio"): ALL,
    ("portal:book", "studio_planned"): NOBODY,
    ("portal:ticket",): ALL,
    ("portal:booking",): "›  ››  ››  ››  ››  ›  ›  ››  ›  ›  ›  ››",  # to the code
    ("portal:overdue",): ALL,
    ("portal:track",): ALL,
    ("portal:thread",): "→  ✓✓  →→  →→  →→  →  →  →→  →  →  →  →→",
    # Without a sealed act of the open thread there is nothing to be downloaded.
    ("portal:thread_act",): "→  ✓✓  →→  →→  →→  →  →  →→  →  →  →  →→",
    ("portal:data",): "→  ✓✓  →→  →→  →→  →  →  →→  →  →  →  →→",
    ("portal:erase",): "→  ✓✓  →→  →→  →→  →  →  →→  →  →  →  →→",
    ("portal:about",): ALL,
    ("portal:limits",): ALL,
    ("portal:security_txt",): NOBODY,  # the office of the tests names nobody to tell
    ("portal:worker",): ALL,
    ("portal:privacy",): ALL,
    ("portal:accessibility",): ALL,
    **dict.fromkeys((("voices:door", "studio"), ("voices:member_door", "studio", "seat_here")), ALL),
    ("voices:door", "studio_planned"): NOBODY,
    ("voices:receipt",): ALL,  # without a receipt in the session it says that it was shown
    ("voices:voice", "voice_shown"): ALL,
    ("voices:voice", "voice_hidden"): NOBODY,
    ("portal:report", "kind_voice", "voice_shown"): ALL,
    ("portal:report", "kind_voice", "voice_hidden"): NOBODY,
    ("portal:report", "kind_post", "post_shown"): ALL,
    ("portal:report", "kind_post", "post_waiting"): NOBODY,
    ("portal:report_thanks",): ALL,
    ("consultations:list",): ALL,
    ("consultations:consultation", "topic_open"): ALL,
    ("consultations:consultation", "topic_raised"): seeing.SEES["consultation", "raised"],
    ("consultations:minutes", "topic_sent"): ALL,
    ("consultations:minutes", "topic_open"): NOBODY,  # there are none yet
    ("consultations:enter", "topic_open"): ALL,
    ("consultations:enter", "topic_raised"): seeing.SEES["consultation", "raised"],
    ("consultations:data", "topic_open"): ALL,  # who is no guest is asked for the code
    ("consultations:data_erase", "topic_open"): "›  ››  ✓›  ››  ››  ›  ›  ››  ›  ›  ›  ››",
    ("results:list",): ALL,
    ("results:result", "result_published"): ALL,
    ("results:result", "result_draft"): seeing.SEES["result", "draft"],
    ("rulebook:list",): ALL,
    ("rulebook:values", "county"): ALL,
    ("rulebook:rule", "rule"): seeing.SEES["rule", "in_force"],
    ("figures:index",): ALL,
    ("figures:committee", "county"): ALL,
    ("figures:metric", "county", "metric"): ALL,
    ("figures:sheet", "county", "metric"): ALL,
    ("figures:of_studio", "studio", "count"): ALL,
    ("figures:of_studio", "studio", "people_count"): "–  ––  ––  ✓–  ✓–  ✓  ✓  ––  ✓  –  –  ✓✓",
    ("figures:of_studio", "studio_planned", "count"): seeing.INSIDE,
    ("journal:index",): ALL,
    ("journal:receipt", "first"): ALL,
    ("journal:receipt", "untold"): NOBODY,  # sealed or not: no checkpoint knows of it yet
    ("journal:proof", "first"): ALL,
    ("journal:checkpoint",): ALL,
    ("journal:checkpoints",): ALL,
    ("journal:keys",): ALL,
    ("journal:consistency", "one", "one"): ALL,
    ("journal:tile", "first", "one_leaf"): ALL,
    ("journal:verifier",): ALL,
    ("files:file", "photo_hidden", "small"): seeing.VOICE["assigned"],
    # The shown voice is of none of the authors: a photo stays in its thread, papers of the answer do not.
    ("files:file", "photo_shown", "small"): "–  ––  ––  ✓–  ✓–  ✓  ✓  ✓–  ✓  –  –  ––",
    ("files:file", "answer_shown", "small"): ALL,
    ("desk:queue",): DESK,
    ("desk:filters",): DESK,
    ("desk:templates",): ASKED + "··  ✓✓  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:template", "template"): ASKED + "··  ✓✓  ✓  ·  ··  ✓  ·  –  ––",
    ("desk:workload",): STAFF,
    ("desk:tariff",): OFFICERS,
    ("desk:tariff_choose",): OFFICERS,
    ("desk:points",): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:points_closing", "closing"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:objections",): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:objections", "?tab=answered"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:objection", "objection"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:many",): STAFF,
    ("desk:batch", "batch"): ASKED + "··  ––  ✓  ·  ··  ·  ·  –  ––",
    ("desk:voice", "voice_hidden"): asked(seeing.VOICE["assigned"]),
    ("desk:voice", "voice_up"): asked(seeing.VOICE["sent_up"]),
    ("desk:letter", "voice_hidden", "one"): ASKED + "––  ––  –  –  ––  –  –  –  ––",  # none was written
    ("departments:letter", "voice_hidden", "one"): ASKED + "··  ··  ·  ·  ––  ·  ·  ·  ··",
    ("desk:similar", "voice_hidden"): asked(seeing.VOICE["assigned"]),
    ("desk:erase", "voice_hidden"): ASKED + "·–  ·–  ✓  ·  ·–  ·  –  –  ––",
    ("desk:record",): DESK,
    ("desk:assist",): DESK,
    ("desk:settle",): OFFICERS,
    ("desk:slip",): DESK,
    ("desk:review",): STAFF,
    ("desk:review", "?tab=posts_withheld"): STAFF,
    ("desk:review", "?tab=posts_appealed"): STAFF,
    ("desk:review", "?tab=voices_reported"): STAFF,
    ("desk:review_item", "kind_voice", "voice_waiting"): asked(seeing.VOICE["received"]),
    ("desk:review_photo", "voice_waiting", "photo_waiting"): REVIEWS,
    ("desk:review_item", "kind_voice", "voice_reported"): asked(seeing.VOICE["received"]),
    ("desk:review_item", "kind_post", "post_waiting"): asked(seeing.SEES["post of a code", "waiting"]),
    ("desk:topics",): STAFF,
    ("desk:consultation", "topic_open"): HOSTS,
    # Who has no desk is refused at its door, before anything is looked up: 403 for any code tells nothing.
    ("desk:consultation", "topic_raised"): ASKED + "··  ✓·  ✓  ·  ··  ·  ·  –  ––",
    ("desk:door_codes", "topic_open"): ASKED + "··  ›·  ›  ·  ··  ·  ·  ·  ··",
    ("desk:door_codes_pdf", "topic_open"): ASKED + "··  ›·  ›  ·  ··  ·  ·  ·  ··",
    ("desk:figures",): OFFICERS,
    ("desk:people",): OFFICERS,
    ("desk:person", "person_here"): PERSON,
    ("desk:person_slip",): OFFICERS,
    ("desk:rules",): ASKED + "··  ··  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:rule", "rule"): ASKED + "··  ··  ✓  ·  ··  ✓  ·  –  ––",
    ("desk:messages",): ASKED + "··  ✓✓  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:messages", "?tab=all"): ASKED + "··  ✓✓  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:message", "message"): ASKED + "··  ✓–  ✓  ·  ··  ✓  ·  –  ––",
    ("desk:reports",): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:reports", "?tab=issued"): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:report", "report_sent"): ASKED + "··  ✓–  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:report", "report_issued"): ASKED + "··  ✓–  ✓  ✓  ··  ✓  ·  –  ––",
    **{(f"activities:{one}",): ALL for one in ("list", "scan")},
    ("activities:activity", "activity_published"): ALL,
    ("activities:activity", "activity_announced"): ALL,
    ("activities:activity", "activity_planned"): seeing.SEES["activity", "planned"],
    ("activities:activity", "activity_private"): seeing.REPORTED,
    **{("activities:minutes", one): seeing.REPORTED for one in ("activity_held", "activity_private")},
    ("activities:calendar", "county"): ALL,
    ("activities:studio_calendar", "studio"): ALL,
    ("activities:studio_calendar", "studio_planned"): NOBODY,
    ("activities:own_calendar", "person_here", "no_link"): NOBODY,  # the token is the key
    ("desk:activities",): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:activities", "?tab=held"): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:activity_plan",): STAFF,
    ("desk:activity_afterwards",): STAFF,
    ("desk:activity_lines",): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:activity_line", "activity_line"): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:activity_ways",): OFFICERS,
    ("desk:activity", "activity_planned"): ASKED + "··  ✓–  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:activity", "activity_held"): ASKED + "··  ✓–  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:activity", "activity_private"): ASKED + "··  ✓–  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:activity_code", "activity_announced"): HOSTS,
    ("desk:activity_poster_pdf", "activity_announced"): HOSTS,
    ("desk:activity_photo", "activity_held", "activity_photo"): HOSTS,
    ("workbench:activities",): MEMBERS,
    ("workbench:activity", "activity_announced"): MEMBERS,
    ("workbench:activity", "activity_held"): MEMBERS,
    ("workbench:activity", "activity_private"): ASKED + "✓–  ✓–  ·  ·  ··  ·  ·  ·  ··",
    ("workbench:here", "activity_announced"): MEMBERS,
    ("desk:bulletins",): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:bulletin", "bulletin"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:bulletin", "bulletin_up"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  –✓",
    ("desk:bulletin_pdf", "bulletin"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:bulletin_docx", "bulletin"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:circular", "year_issued"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:circular_pdf", "year_issued"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:circular_docx", "year_issued"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:researches",): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:researches", "?tab=sent"): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:research", "research_submitted"): ASKED + "··  –✓  ✓  ✓  ··  ✓  ·  –  ––",
    **{
        (name, "research_study"): ASKED + "··  ✓✓  ✓  ✓  ··  ✓  ·  –  ––"
        for name in ("desk:research", "desk:research_pdf", "desk:research_docx")
    },
    ("desk:proposals",): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:proposals", "?tab=assigned"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:proposal_meeting",): OFFICERS,
    ("desk:proposal_sessions",): OFFICERS,
    ("desk:proposal_overdue",): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:proposal_table",): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  ✓  ✓✓",
    ("desk:proposal_bound",): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",  # none of theirs is filed
    ("desk:proposal", "proposal_sent"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:proposal", "proposal_assigned"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("desk:proposal_urging", "proposal_assigned", "one"): ASKED + "··  ··  –  –  ··  –  ·  –  ––",  # none
    ("desk:proposal", "proposal_drafted"): ASKED + "··  ··  ✓  ✓  ··  ✓  ·  –  ––",
    ("departments:proposal", "handling_drafted"): ASKED + "··  ··  ·  ·  ✓–  ·  ·  ·  ··",
    ("departments:reports",): HANDLERS,
    ("departments:report", "referral"): ASKED + "··  ··  ·  ·  ✓–  ·  ·  ·  ··",
    ("departments:proposals",): HANDLERS,
    ("departments:letter_in", "letter"): ASKED + "··  ··  ·  ·  ✓–  ·  ·  ·  ··",
    ("departments:proposal", "handling_given"): ASKED + "··  ··  ·  ·  ✓–  ·  ·  ·  ··",
    ("proposals:list",): ALL,
    ("proposals:proposal", "proposal_public"): ALL,
    ("proposals:proposal", "proposal_assigned"): NOBODY,  # nothing of it is public
    **{(f"proposals:{one}", "proposal_public", "letter_number"): ALL for one in LETTERS},
    **{(f"proposals:{one}", "proposal_assigned", "letter_number"): NOBODY for one in LETTERS},
    ("proposals:passed", "proposal_passed"): seeing.HANDED,
    ("desk:studios",): ASKED + "··  ✓✓  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:approvals",): ASKED + "··  ··  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:task_sheet",): OFFICERS,
    ("desk:towns",): OFFICERS,
    ("desk:standards_write",): OFFICERS,
    ("desk:tasks", "studio"): ASKED + "✓·  ✓·  ✓  ·  ··  ✓  ·  ·  ··",
    ("desk:tasks", "studio_planned"): ASKED + "··  ··  ✓  ·  ––  ✓  –  –  ––",
    ("desk:coverage",): ASKED + "··  ··  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:rosters",): ASKED + "··  ··  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:roster_template", "csv"): ASKED + "··  ··  ✓  ·  ··  ✓  ·  ✓  ✓✓",
    ("desk:roster", "roster"): ASKED + "··  ··  ✓  ·  ··  ✓  ·  –  ––",
    ("desk:standards_pick",): OFFICERS,
    ("desk:standards", "studio"): ASKED + "✓·  ✓·  ✓  ·  ··  ✓  ·  ·  ··",
    ("desk:standards", "studio_planned"): ASKED + "··  ··  ✓  ·  ––  ✓  –  –  ––",
    ("desk:studio_day", "studio"): ASKED + "✓·  ✓·  ✓  ·  ··  ✓  ·  ·  ··",
    ("desk:studio_day", "studio_planned"): ASKED + "··  ··  ✓  ·  ––  ✓  –  –  ––",
    ("desk:studio", "studio"): ASKED + "✓·  ✓·  ✓  ·  ··  ✓  ·  ·  ··",
    ("desk:studio", "studio_planned"): ASKED + "··  ··  ✓  ·  ––  ✓  –  –  ––",
    ("desk:studio_poster", "studio"): ASKED + "✓·  ✓·  ✓  ·  ··  ✓  ·  ·  ··",
    ("desk:studio_poster_pdf", "studio"): ASKED + "✓·  ✓·  ✓  ·  ··  ✓  ·  ·  ··",
    ("desk:member_sheet", "studio", "person_here"): ASKED + "✓·  ✓·  ✓  ·  ··  ✓  ·  ·  ··",
    ("desk:studio_forms", "studio"): HOSTS,
    ("desk:studio_forms_pdf", "studio"): ASKED + "··  ›·  ›  ·  ··  ·  ·  ·  ··",  # none was just drawn
    ("departments:list",): HANDLERS,
    ("departments:voice", "voice_hidden"): ASKED + "··  ··  ·  ·  ✓–  ·  ·  ·  ··",
    ("departments:voice", "voice_beside"): ASKED + "··  ··  ·  ·  ✓✓  ·  ·  ·  ··",
    ("departments:recommendation", "recommendation_sent"): HANDLERS,
    ("notices:list",): SIGNED_IN,
    ("notices:settings",): SIGNED_IN,
    ("notices:outbox",): ASKED + "··  ··  ✓  ·  ··  ·  ✓  ✓  ✓✓",
    ("notices:subscribe",): ALL,
    ("notices:sent",): ALL,
    # Whoever has the link from the mail: it is the key.
    ("notices:confirm", "mail_confirm"): ALL,
    ("notices:confirm", "no_link"): NOBODY,
    ("notices:mine", "mail_list"): ALL,
    ("notices:mine", "no_link"): NOBODY,
    ("notices:off", "mail_list"): ALL,
    ("notices:off", "no_link"): NOBODY,
    ("leaders:home",): LEADER,
    ("leaders:topics",): LEADER,
    ("leaders:studios",): LEADER,
    ("workbench:today",): MEMBERS,
    ("workbench:sheet", "studio"): ASKED + "✓–  ✓–  ·  ·  ··  ·  ·  ·  ··",  # of who sits there
    ("workbench:topics",): MEMBERS,
    ("workbench:messages",): MEMBERS,
    ("workbench:message_write",): MEMBERS,
    ("workbench:message", "message"): ASKED + "✓–  ––  ·  ·  ··  ·  ·  ·  ··",  # one's own: others answer
    ("workbench:reports",): MEMBERS,
    ("workbench:report_write",): MEMBERS,
    ("workbench:report", "report_draft"): ASKED + "✓–  ––  ·  ·  ··  ·  ·  ·  ··",  # one's own
    ("workbench:report", "report_issued"): ASKED + "✓–  ––  ·  ·  ··  ·  ·  ·  ··",  # others: at the desk
    ("workbench:researches",): MEMBERS,
    ("workbench:research_write",): MEMBERS,
    ("workbench:research_write", "?kind=study"): MEMBERS,
    ("workbench:research", "research_draft"): ASKED + "✓–  –✓  ·  ·  ··  ·  ·  ·  ··",  # the team's
    **{
        (name, "research_study"): ASKED + "✓–  –✓  ·  ·  ··  ·  ·  ·  ··"  # others: at the desk
        for name in ("workbench:research", "workbench:research_pdf", "workbench:research_docx")
    },
    ("workbench:proposals",): MEMBERS,
    ("workbench:proposal_write",): MEMBERS,
    ("workbench:proposal", "proposal_draft"): ASKED + "✓–  ––  ·  ·  ··  ·  ·  ·  ··",  # one's own
    ("workbench:proposal", "proposal_drafted"): ASKED + "✓–  ––  ·  ·  ··  ·  ·  ·  ··",
    ("workbench:proposal", "proposal_public"): ASKED + "✓–  ––  ·  ·  ··  ·  ·  ·  ··",  # others: in public
    ("guide:index",): SIGNED_IN,
    ("guide:role", "officer_role"): SIGNED_IN,
    ("workbench:statement",): OF_ONES_OWN,
    ("workbench:statement", "?member"): asked(seeing.SEES["duty statement of a member", "any"]),
    **{
        (name, *more): marks
        for name in ("workbench:statement_pdf", "workbench:statement_xlsx")
        for more, marks in (
            ((), OF_ONES_OWN),
            (("?member",), asked(seeing.SEES["duty statement of a member", "any"])),
        )
    },
    ("workbench:objections",): OF_ONES_OWN,
    ("workbench:objection_write",): OF_ONES_OWN,
    ("workbench:objection", "objection"): ASKED + "✓–  ––  –  –  ––  –  –  –  ––",  # others: at the desk
    ("points:check",): ALL,
    ("workbench:entry", "entry"): asked(seeing.SEES["entry of a statement", "any"]),
    ("ui:kit",): ALL,
    ("account_login",): NEWCOMERS,
    ("office_callback",): NOBODY,  # no issuer is set up
    ("account_link", "no_link"): NOBODY,
    ("account_sessions",): SIGNED_IN,
    ("mfa_index",): SIGNED_IN,
    ("mfa_authenticate",): SENT_ON,
    ("mfa_reauthenticate",): SENT_ON,
    ("mfa_activate_totp",): SENT_ON,
    ("mfa_deactivate_totp",): WITHOUT_ONE,
    ("mfa_view_recovery_codes",): WITHOUT_ONE,
    ("mfa_generate_recovery_codes",): SENT_ON,
    ("mfa_download_recovery_codes",): WITHOUT_ONE,
    ("mfa_list_webauthn",): SIGNED_IN,
    ("mfa_add_webauthn",): SENT_ON,
    ("mfa_reauthenticate_webauthn",): SENT_ON,
    ("mfa_remove_webauthn", "key_number"): SENT_ON,
    ("mfa_edit_webauthn", "key_number"): SENT_ON,
    ("account_logout",): "›  ››  ››  ✓✓  ✓✓  ✓  ✓  ✓✓  ✓  ✓  ✓  ✓✓",
    ("account_change_password",): SIGNED_IN,
    ("account_reset_password",): ALL,
    ("account_reset_password_done",): ALL,
    ("account_reset_password_from_key", "uidb36", "reset_key"): ALL,  # says that the link is spent
    ("account_reset_password_from_key_done",): ALL,
    ("account_reauthenticate",): SIGNED_IN,
    ("account_inactive",): ALL,
    ("account_signup",): NEWCOMERS,  # says that nobody signs up
}

# Moves that an address carries: the chart, in which state the thing is, the address, what it is made from.
MOVES: tuple[tuple[str, ...], ...] = (
    ("voice", "assigned", "desk:voice_move", "voice_hidden"),
    ("voice", "answered by department", "desk:voice_move", "voice_shown"),
    ("voice", "assigned", "departments:voice_move", "voice_hidden"),
    ("voice", "assigned, with others", "departments:voice_move", "voice_beside"),
    ("recommendation", "sent", "departments:recommendation_move", "recommendation_sent"),
    ("review", "waiting", "desk:review_move", "kind_voice", "voice_waiting"),
    ("rule", "in_force", "desk:rule_move", "rule"),
    ("message", "waiting", "desk:message_move", "message"),
    ("message", "waiting", "workbench:message_move", "message"),
    ("opinion_report", "draft", "workbench:report_move", "report_draft"),
    ("opinion_report", "sent", "desk:report_move", "report_sent"),
    ("opinion_report", "issued", "desk:report_move", "report_issued"),
    ("research", "draft", "workbench:research_move", "research_draft"),
    ("research", "sent, study", "workbench:research_move", "research_study"),
    ("research", "submitted", "desk:research_move", "research_submitted"),
    ("research", "sent, study", "desk:research_move", "research_study"),
    ("activity", "planned", "desk:activity_move", "activity_planned"),
    ("activity", "announced", "desk:activity_move", "activity_announced"),
    ("activity", "held", "desk:activity_move", "activity_held"),
    ("activity", "published", "desk:activity_move", "activity_published"),
    ("proposal", "draft", "workbench:proposal_move", "proposal_draft"),
    ("proposal", "sent", "desk:proposal_move", "proposal_sent"),
    ("proposal", "assigned", "desk:proposal_move", "proposal_assigned"),
    ("proposal_excellence", "none", "desk:proposal_move", "proposal_public"),
    ("handling", "given", "departments:proposal_move", "handling_given"),
    ("handling", "drafted", "desk:proposal_part_move", "handling_drafted"),
    ("objection", "open", "desk:objection_move", "objection"),
    ("objection", "open", "workbench:objection_move", "objection"),
    ("studio", "open, online", "desk:studio_move", "studio"),
    ("studio_online", "open, online", "desk:studio_move", "studio"),
    ("studio_online", "open, applied", "leaders:studio_move", "studio_applied"),
    ("studio_online", "open, city", "desk:approval", "studio_city"),
    ("consultation", "open", "desk:consultation_move", "topic_open"),
)

# What an address is made from when it is no thing of the scene.
WORDS = {
    "metric": "voices_received", "small": "small", "paper": "paper",
    "count": "receptions", "people_count": "residents",
    "officer_role": "officer", "kind_voice": "voice", "kind_post": "post",
    "first": "0", "one": "1", "untold": "999999", "one_leaf": "000.p/1", "year_issued": "2026",
    "uidb36": "1", "reset_key": "set-password", "no_link": "0" * 20, "key_number": "1",
}  # fmt: skip


def address(scene: SimpleNamespace, name: str, *made_from: str) -> str:
    """An address by the table's words: things by their names, a query as it stands."""
    asked = "".join(part for part in made_from if part[0] == "?")
    query = f"?member={scene.world.member.key}" if asked == "?member" else asked
    return reverse(name, args=[word(scene, part) for part in made_from if part[0] != "?"]) + query


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every address that there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, ":".join(filter(None, (space, entry.namespace or ""))))
        else:
            assert entry.name, f"an address without a name: {entry.pattern}"
            yield ":".join(filter(None, (space, entry.name)))


def word(scene: SimpleNamespace, part: str) -> str:
    thing = scene.things.get(part)
    return str(thing.code) if thing is not None else WORDS.get(part, part)
