"""What is sent to an address that is no move of a chart: who may, and what stands in the form."""

from . import doing
from .columns import EVERYBODY as ALL
from .marks import (
    ASKED,
    DESK,
    HOSTS,
    LEADER,
    MEMBERS,
    NO_BOOKING,
    NOBODY,
    OF_ONES_OWN,
    OFFICER,
    OFFICERS,
    PERSON,
    RECEIVES,
    RESIDENTS,
    REVIEWS,
    SIGNED_IN,
    STAFF,
)

STUDIO = {"appoint": OFFICER, "station": OFFICER, "release": OFFICER, "timetable": HOSTS}
# (name, what its arguments are made from) → (marks, what is sent). ✓: not refused; what was sent may
# still have a fault (422) or come at the wrong time (409).
POSTS: dict[tuple[str, ...], tuple[str, dict[str, str]]] = {
    ("portal:track",): (ALL, {"code": "7k2m 0qxt 9dhw"}),
    ("portal:thread_move", "say"): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", {"words": "还没修"}),
    ("portal:thread_move", "judge"): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", {"verdict": "solved"}),
    ("portal:thread_move", "mend"): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", {"words": "灯坏了"}),
    ("portal:thread_move", "appeal"): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", {"words": "没有说谁"}),
    **{
        ("portal:thread_move", name): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", said)
        for name, said in {
            "change": {"verdict": "partly"},
            "later": {"said": "solved"},
            "ask_later": {},
            "never_later": {},
            "private": {},
            "withdraw": {"sure": "on"},
            "agree_merge": {},
            "decline_merge": {},
            "unmerge": {},
        }.items()
    },
    ("portal:thread_move", "close"): (ALL, {}),
    ("portal:data_phone",): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", {"phone": "13900000000"}),
    ("portal:data_mail",): (
        "·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··",
        {"email": "wang@example.org", "how": "daily"},
    ),
    ("notices:read",): (SIGNED_IN, {"upto": "0"}),
    ("notices:settings",): (SIGNED_IN, {"how_new": "daily"}),
    ("notices:subscribe",): (ALL, {"word": "井盖", "email": "a@example.org", "how": "daily"}),
    ("notices:confirm", "mail_confirm"): (ALL, {}),
    ("notices:confirm", "no_link"): (NOBODY, {}),
    ("notices:mine", "mail_list"): (ALL, {"how": "weekly"}),
    ("notices:off", "mail_list"): (ALL, {}),
    ("portal:data_agree",): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", {}),
    ("portal:data_copy",): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", {}),
    ("portal:erase",): ("·  ✓✓  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··", {}),
    ("portal:mode",): (ALL, {"elder": "1"}),
    ("portal:language",): (ALL, {"language": "en"}),
    **{
        ("voices:voice_move", "voice_shown", name): (RESIDENTS, {})
        for name in ("support", "withdraw_support")
    },
    ("voices:voice_move", "voice_hidden", "support"): ("–  ·–  ––  ·–  ·–  ·  ·  ·–  ·  –  –  ––", {}),
    ("files:photo",): (ALL, {}),  # a photo ahead of its form: nobody's until a form keeps it
    ("voices:door", "studio"): (doing.DOES["voice"]["leave"]["new"], {}),
    ("voices:door", "studio_planned"): (NOBODY, {}),
    ("voices:member_door", "studio", "seat_here"): (doing.DOES["voice"]["leave"]["new"], {}),
    ("voices:member_door", "studio_planned", "seat_here"): (NOBODY, {}),
    ("voices:member_alike", "studio", "seat_here"): (ALL, {"words": "巷口的路灯坏了"}),
    ("voices:member_alike", "studio_planned", "seat_here"): (NOBODY, {}),
    ("voices:alike", "studio"): (ALL, {"words": "巷口的路灯坏了"}),
    ("voices:alike", "studio_planned"): (NOBODY, {}),
    ("voices:slip",): (ALL, {"code": "7k2m 0qxt 9dhw"}),  # the code is the right
    ("portal:report", "kind_voice", "voice_shown"): (ALL, {"reason": "personal", "words": "写了是谁家"}),
    ("portal:report", "kind_voice", "voice_hidden"): (NOBODY, {"reason": "personal"}),
    ("portal:report", "kind_post", "post_waiting"): (NOBODY, {"reason": "personal"}),
    ("desk:review_move", "kind_voice", "voice_reported", "keep"): (
        ASKED + "·–  ✓–  ✓  ·  ––  ·  –  –  ––",
        {"known": "1"},
    ),
    ("consultations:data", "topic_open"): (ALL, {"code": "7k2m0qxt"}),
    ("consultations:data_copy", "topic_open"): ("·  ··  ✓·  ··  ··  ·  ·  ··  ·  ·  ·  ··", {}),
    ("consultations:data_erase", "topic_open"): ("·  ··  ✓·  ··  ··  ·  ·  ··  ·  ·  ·  ··", {}),
    ("consultations:post", "topic_open"): (
        doing.DOES["consultation"]["post"]["open"],
        {"words": "一户一户数"},
    ),
    ("consultations:post", "topic_raised"): (
        "–  ○–  ––  ○○  ○○  ·  ·  ––  ·  –  –  ––",
        {"words": "一户一户数"},
    ),
    ("consultations:enter", "topic_open"): (ALL, {"code": "7k2m0qxt"}),
    ("consultations:mend", "topic_open", "post_withheld"): (
        "–  ✓–  ––  ––  ·–  ·  –  ––  ·  –  –  ––",
        {"words": "数清楚了再谈"},
    ),
    ("consultations:appeal", "topic_open", "post_withheld"): (
        "–  ✓–  ––  ––  ·–  ·  –  ––  ·  –  –  ––",
        {"words": "这里没有谁的名字"},
    ),
    ("consultations:judge", "topic_sent", "recommendation_done"): (
        "·  ·✓  ··  ✓·  ✓·  ·  ·  ··  ·  ·  ·  ··",  # the guest's code is of the open consultation
        {"verdict": "solved"},
    ),
    ("desk:filters",): (DESK, {"listed": "tab=late"}),
    **{
        ("desk:filter_move", "filter", name): (ASKED + "––  ––  ✓  ·  ··  ·  ·  –  ––", {})
        for name in ("rename", "delete")
    },
    ("desk:templates",): (OFFICERS, {}),
    **{
        ("desk:template_move", "template", name): (ASKED + "··  ··  ✓  ·  ··  ·  ·  –  ––", {})
        for name in ("change", "drop")
    },
    ("desk:many",): (STAFF, {"deed": "take_up", "chosen": "all=1&tab=received"}),
    **{
        ("desk:batch_move", "batch", name): (ASKED + "··  ––  ✓  ·  ··  ·  ·  –  ––", {})
        for name in ("carry_out", "look_again", "rewrite")
    },
    ("desk:voice_note", "voice_hidden"): (ASKED + "·–  ✓–  ✓  ·  ·–  ·  –  –  ––", {"words": "上回来过"}),
    ("desk:note_strike", "note"): (ASKED + "––  ·–  ✓  –  ––  ·  –  –  ––", {}),
    ("account_keys",): (SIGNED_IN, {"on": "0"}),
    ("desk:record",): (DESK, {}),
    ("desk:assist",): (DESK, {}),
    ("desk:assist_end",): (DESK, {}),
    **{
        ("desk:settle_move", "settling", name): (ASKED + "··  ··  ✓  ·  ··  ·  ·  –  ––", {})
        for name in ("same", "different")
    },
    ("desk:reveal", "voice_hidden"): (
        ASKED + "·–  ✓–  ✓  ·  ·–  ·  –  –  ––",
        {"reason": "要回电话"},
    ),
    ("desk:erase", "voice_hidden"): (ASKED + "·–  ·–  ✓  ·  ·–  ·  –  –  ––", {}),
    ("desk:review_move", "kind_post", "post_waiting", "show"): (ASKED + "––  ✓–  ✓  –  ––  ·  –  –  ––", {}),
    ("desk:review_move", "kind_post", "post_waiting", "withhold"): (
        ASKED + "––  ✓–  ✓  –  ––  ·  –  –  ––",
        {},
    ),
    ("desk:review_move", "kind_post", "post_waiting", "uphold"): (
        ASKED + "––  ✓–  ✓  –  ––  ·  –  –  ––",
        {},
    ),
    ("desk:review_move", "kind_post", "post_waiting", "dismiss"): (
        ASKED + "––  ✓–  ✓  –  ––  ·  –  –  ––",
        {},
    ),
    **{
        ("desk:review_photo_move", "voice_waiting", "photo_waiting", name): (REVIEWS, {})
        for name in ("show", "hide")
    },
    ("desk:topic_raise",): (STAFF, {}),
    ("desk:topic_paper",): (OFFICERS, {}),
    ("desk:consultation_move", "topic_sent", "send_again"): (
        OFFICER,
        {"recommendation": "recommendation_returned"},
    ),
    ("desk:consultation_move", "topic_sent", "result"): (OFFICER, {}),
    # A draft is for the officer to know of: 404 for the host; who is no host is refused before.
    ("desk:consultation_move", "topic_sent", "publish"): (ASKED + "··  –·  ✓  ·  ··  ·  ·  ·  ··", {}),
    ("desk:consultation_move", "topic_open", "codes"): (HOSTS, {"number": "2"}),
    ("desk:studio_forms", "studio"): (HOSTS, {"count": "2"}),
    ("desk:total_report",): (OFFICERS, {}),
    ("desk:evidence_link", "total"): (OFFICER, {}),
    ("desk:studio_plan",): (OFFICERS, {}),
    ("desk:task_sheet",): (OFFICERS, {}),
    ("desk:towns",): (OFFICERS, {}),
    ("desk:standards_write",): (OFFICERS, {}),
    ("desk:task_record", "studio"): (HOSTS, {}),
    ("desk:task_strike", "task_record"): (ASKED + "·–  ✓–  ✓  –  ––  ·  –  –  ––", {}),
    **{("desk:studio_move", "studio", name): (marks, {}) for name, marks in STUDIO.items()},
    ("desk:studio_move", "studio", "reception"): (ASKED + "✓·  ✓·  ✓  ·  ··  ·  ·  ·  ··", {}),
    ("portal:book", "studio"): (ALL, {}),
    ("portal:book", "studio_planned"): (NOBODY, {}),
    ("portal:ticket",): (ALL, {"code": "7k2m0qxt"}),
    ("portal:booking_move", "cancel"): (NO_BOOKING, {}),
    ("portal:booking_move", "erase"): (NO_BOOKING, {}),
    ("portal:booking_move", "close"): (ALL, {}),
    ("desk:rules",): (OFFICERS, {}),
    ("workbench:report_write",): (MEMBERS, {"studio": "studio"}),
    ("workbench:research_write",): (MEMBERS, {}),
    ("desk:bulletins",): (OFFICERS, {}),
    **{
        ("desk:activity_photo_move", "activity_held", "activity_photo", name): (HOSTS, {})
        for name in ("cover", "uncover")
    },
    ("departments:report_reply", "referral"): (
        ASKED + "··  ··  ·  ·  ✓–  ·  ·  ·  ··",
        {"words": "已列入计划"},
    ),
    ("departments:letter_reply", "letter"): (
        ASKED + "··  ··  ·  ·  ✓–  ·  ·  ·  ··",
        {"words": "已列入计划"},
    ),
    ("desk:activity_plan",): (STAFF, {}),
    ("desk:activity_afterwards",): (STAFF, {}),
    ("desk:activity_lines",): (STAFF, {}),
    ("desk:activity_ways",): (OFFICERS, {}),
    ("desk:activity_invite", "activity_announced"): (HOSTS, {}),
    ("desk:activity_tick", "activity_announced"): (ASKED + "··  ○·  ○  ·  ··  ·  ·  ·  ··", {}),
    **{("desk:activity_people_move", "activity_held", name): (HOSTS, {}) for name in ("strike", "add")},
    ("workbench:here", "activity_announced"): (
        ASKED + "○○  ○○  ·  ·  ··  ·  ·  ·  ··",  # not the day of the activity
        {"c": "0"},
    ),
    # Whoever is no member is refused by the rule; who is on no list, is told so.
    ("workbench:activity_move", "activity_announced", "sign_up"): (
        ASKED + "✓✓  ✓✓  ·  ·  ··  ·  ·  ·  ··",
        {},
    ),
    ("workbench:activity_move", "activity_announced", "ask_leave"): (
        ASKED + "○○  ○○  ○  ○  ○○  ○  ○  ○  ○○",
        {"reason": "出差"},
    ),
    ("workbench:activity_move", "activity_announced", "study"): (
        ASKED + "○○  ○○  ○  ○  ○○  ○  ○  ○  ○○",
        {},
    ),
    ("workbench:proposal_write",): (MEMBERS, {"committee": "990101"}),
    ("desk:proposal_meeting",): (OFFICERS, {}),
    ("desk:proposal_sessions",): (OFFICERS, {}),
    **{
        ("workbench:proposal_move", "proposal_signing", move): (
            "→  →→  →→  ✓–  –✓  –  –  ––  –  –  –  ––",
            {},
        )
        for move in ("sign", "decline")
    },
    ("workbench:proposal_move", "proposal_public", "rate"): (
        # Whoever signed it, and nobody for them; whose department handled it is told why, and that is kept.
        "→  →→  →→  ✓–  ––  –  –  ·–  –  –  –  ––",
        {},
    ),
    ("workbench:proposal_move", "proposal_signing", "call_off"): (
        "→  →→  →→  ·–  –✓  –  –  ––  –  –  –  ––",
        {"signature": "signature_invited"},
    ),
    ("workbench:message_write",): (MEMBERS, {"studio": "studio"}),
    ("desk:tariff_choose",): (OFFICERS, {}),
    ("desk:points",): (OFFICERS, {}),
    ("workbench:objection_write",): (OF_ONES_OWN, {}),
    ("points:check",): (ALL, {"code": "1234", "name": "某"}),
    ("guide:away",): (SIGNED_IN, {}),
    ("desk:rosters",): (OFFICERS, {}),
    ("desk:roster_take", "roster"): (ASKED + "··  ··  ✓  ·  ··  ·  ·  –  ––", {}),
    ("desk:standards_pick",): (OFFICERS, {}),
    ("desk:standard_mark", "studio"): (HOSTS, {"item": "xixiang_haves:0"}),
    ("desk:inspect", "studio"): (OFFICER, {}),
    ("desk:inspection_put_right", "inspection"): (ASKED + "·–  ✓–  ✓  –  ––  ·  –  –  ––", {}),
    ("desk:walk_in", "studio"): (RECEIVES, {}),
    ("desk:studio_duty", "studio"): (HOSTS, {}),
    **{
        ("desk:booking_move", "booking", name): (ASKED + "✓–  ✓–  ✓  –  ––  ·  –  –  ––", {})
        for name in ("come", "miss", "call_off", "reveal")
    },
    # Nobody moved this one: there is nothing to tell.
    ("desk:booking_move", "booking", "tell"): (ASKED + "○–  ○–  ○  –  ––  ·  –  –  ––", {}),
    ("desk:person_invite",): (OFFICERS, {}),
    **{
        ("desk:person_move", "person_here", name): (PERSON, {})
        for name in ("link", "withdraw", "close", "reopen", "reset", "end", "home")
    },
    ("office_login",): (NOBODY, {}),
    ("account_sessions",): (SIGNED_IN, {"which": "others"}),
    ("leaders:topics",): (LEADER, {}),
    ("workbench:topics",): (MEMBERS, {}),
}
