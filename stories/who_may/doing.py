"""The rows "may do": every move of every chart from every state in which it starts, and every other action.

The cells are those of a thing that is visible; where it is not, – takes their place (`columns.hidden`)."""

from .columns import EVERYBODY, NOBODY

ANY = EVERYBODY
HOUSE = NOBODY  # made by a consultation's own action, which asked its own rule; or by the clock
AUTHOR = "·  ✓·  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··"
AUTHOR_OR_OFFICER = "·  ✓·  ··  ··  ··  ✓  ·  ··  ·  ·  ·  ··"
HOSTS = "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ··"
HOSTS_AND_ABOVE = "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ·✓"
RECEIVES = "·  ··  ··  ✓·  ✓·  ✓  ·  ··  ·  ·  ·  ··"
OFFICER = "·  ··  ··  ··  ··  ✓  ·  ··  ·  ·  ·  ··"
CONVENER = "·  ··  ··  ··  ✓·  ·  ·  ··  ·  ·  ·  ··"
LEADER = "·  ··  ··  ··  ··  ·  ✓  ··  ·  ·  ·  ··"
HANDLER = "·  ··  ··  ··  ··  ·  ·  ✓·  ·  ·  ·  ··"
UPPER = "·  ··  ··  ··  ··  ·  ·  ··  ·  ·  ·  ·✓"
PROVINCE = "·  ··  ··  ··  ··  ·  ·  ··  ·  ·  ·  ✓·"
TALKS = "·  ··  ··  ✓·  ✓·  ✓  ·  ✓·  ·  ·  ·  ··"
TALKS_ABOVE = "·  ··  ··  ✓·  ✓·  ✓  ·  ··  ·  ·  ·  ·✓"
# Held by one of those who hold a voice in some state; the others are told "not now" rather than "not yours".
STUDIO_HOLDS = HOSTS
STUDIO_HOLDS_AGAIN = "·  ··  ··  ··  ✓·  ✓  ·  ○·  ·  ·  ·  ··"
STUDIO_HOLDS_FROM_ABOVE = "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ·○"
DEPARTMENT_HOLDS = "·  ··  ··  ··  ○·  ○  ·  ✓·  ·  ·  ·  ··"
UPPER_HOLDS = "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ·✓"
CONSULTATION_HOLDS = "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ··"
BY_MEMBER = "·  ··  ··  ✓·  ··  ·  ·  ··  ·  ·  ·  ··"
MEMBERS = "·  ··  ··  ✓✓  ✓✓  ·  ·  ··  ·  ·  ·  ··"

ANSWERED = {
    "answered by studio": HOSTS,
    "answered by department": HANDLER,
    "answered by upper": UPPER,
    "answered by consultation": HOUSE,
}
BESIDE = "·  ··  ··  ··  ··  ·  ·  ·✓  ·  ·  ·  ··"
IN_DEPARTMENTS = ("assigned", "assigned, with others")
TAKEN_UP = ("taken_up", "taken_up, sent back", "taken_up, sent down", "taken_up, proposed")
SENT_UP = ("sent_up", "sent_up, proposed")
# While an answer waits for a second look, the desk that holds the voice gives no other.
STUDIO_WAITS = "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ··"
UPPER_WAITS = "·  ··  ··  ··  ··  ·  ·  ··  ·  ·  ·  ·○"
NONE_WAITS = dict.fromkeys(TAKEN_UP[:3], STUDIO_WAITS) | {"sent_up": UPPER_WAITS}
HELD = {
    "taken_up": STUDIO_HOLDS,
    "taken_up, sent back": STUDIO_HOLDS_AGAIN,
    "taken_up, sent down": STUDIO_HOLDS_FROM_ABOVE,
    "taken_up, proposed": STUDIO_HOLDS,
    **dict.fromkeys(IN_DEPARTMENTS, DEPARTMENT_HOLDS),  # who stands beside the host answers nothing
    "sent_up": UPPER_HOLDS,
    "sent_up, proposed": UPPER_HOLDS,
}
NOT_CLOSED = (
    "received", "refused", *TAKEN_UP, *IN_DEPARTMENTS, *SENT_UP, "in_consultation", *ANSWERED, "merged",
)  # fmt: skip
WITHDRAWABLE = ("received", *TAKEN_UP, *IN_DEPARTMENTS, *SENT_UP, *ANSWERED, "merged")

OPEN_ROOMS = tuple(f"open, {way}" for way in ("offline", "applied", "city", "province", "online"))

# chart → move → the state it starts in ("new" makes the thing) → cells.
DOES: dict[str, dict[str, dict[str, str]]] = {
    "voice": {
        "leave": {"new": ANY},  # staff too: as anybody, under a pseudonym of the voice's own
        "record": {"new": RECEIVES},
        "take_up": {"received": HOSTS},
        "refuse": {"received": HOSTS},
        "reconsider": {"refused": HOSTS},
        "assign": dict.fromkeys(TAKEN_UP, HOSTS),
        "send_back": dict.fromkeys(IN_DEPARTMENTS, HANDLER),
        "call_in": dict.fromkeys(IN_DEPARTMENTS, HOSTS),
        "call_off": dict.fromkeys(IN_DEPARTMENTS, HOSTS),
        "give_opinion": {"assigned": NOBODY, "assigned, with others": BESIDE},
        "return_part": {"assigned": NOBODY, "assigned, with others": BESIDE},
        "extend_part": {"assigned": NOBODY, "assigned, with others": BESIDE},
        "send_up": dict.fromkeys(TAKEN_UP, OFFICER),
        "send_down": dict.fromkeys(SENT_UP, UPPER),
        "raise": dict.fromkeys(TAKEN_UP, HOSTS),
        "give_back": {"in_consultation": HOUSE},
        "extend": HELD,
        "answer": HELD
        | {"in_consultation": CONSULTATION_HOLDS, "taken_up, proposed": STUDIO_WAITS}
        | {"sent_up, proposed": "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ·○"},
        # What `answer` does when somebody else is to look first: it has no page of its own.
        "propose": dict.fromkeys(TAKEN_UP[:3], HOSTS)
        | {"sent_up": UPPER, "taken_up, proposed": STUDIO_WAITS, "sent_up, proposed": UPPER_WAITS},
        # Not its writer, who here is somebody else; they alone may take it back.
        "let_through": NONE_WAITS | {"taken_up, proposed": HOSTS, "sent_up, proposed": UPPER},
        "hold_back": NONE_WAITS | {"taken_up, proposed": HOSTS, "sent_up, proposed": UPPER},
        "retract": NONE_WAITS | {"taken_up, proposed": HOUSE, "sent_up, proposed": HOUSE},
        "hand_over": dict.fromkeys(("received", *TAKEN_UP, *IN_DEPARTMENTS, *ANSWERED), HOSTS)
        | {"in_consultation": HOSTS}
        | dict.fromkeys(SENT_UP, "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ·✓"),
        "report_progress": ANSWERED,
        "report_done": ANSWERED,
        "remind": dict.fromkeys(("received", *TAKEN_UP, *IN_DEPARTMENTS, *SENT_UP), OFFICER),
        "urge": dict.fromkeys(("received", *TAKEN_UP, *IN_DEPARTMENTS), OFFICER),
        "list": dict.fromkeys(("received", *TAKEN_UP, *IN_DEPARTMENTS, *SENT_UP), HOUSE),
        "confirm": dict.fromkeys(ANSWERED, AUTHOR),
        "judge_partly": dict.fromkeys(ANSWERED, AUTHOR),
        "judge_not": dict.fromkeys(ANSWERED, AUTHOR),
        "reopen": dict.fromkeys(ANSWERED, AUTHOR),
        "change_verdict": {"closed": AUTHOR},
        "follow_up": {"closed": AUTHOR},
        "relapse": {"closed": AUTHOR},
        # The office asks, the author decides; either of them undoes it.
        "propose_merge": dict.fromkeys(TAKEN_UP, HOSTS),
        "agree_merge": dict.fromkeys(TAKEN_UP, AUTHOR),
        "decline_merge": dict.fromkeys(TAKEN_UP, AUTHOR),
        "unmerge": {"merged": "·  ✓·  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ··"},
        "withdraw": dict.fromkeys(WITHDRAWABLE, AUTHOR),
        # With all that lies open in a studio which stops.
        "change_studio": dict.fromkeys(
            ("received", *TAKEN_UP, *IN_DEPARTMENTS, "sent_up", "in_consultation", *ANSWERED, "merged"),
            OFFICER,
        ),
        "say": dict.fromkeys(NOT_CLOSED, AUTHOR),
        # A department talks from being asked until it sends the voice back or its answer is judged; the level
        # above while it has the voice, or has answered it.
        "reply": dict.fromkeys(NOT_CLOSED, RECEIVES)
        | {
            **dict.fromkeys(IN_DEPARTMENTS, TALKS),
            "answered by department": TALKS,
            **dict.fromkeys(SENT_UP, TALKS_ABOVE),
            "answered by upper": TALKS_ABOVE,
        },
    },
    # A voice's public wording; posts stand below by whose they are.
    "review": {
        "show": {"waiting": HOSTS, "withheld": HOSTS},
        "withhold": {"waiting": HOSTS, "shown": HOSTS},
        "appeal": {"withheld": AUTHOR},
        # Where nobody else was there, the officer of the committee above decides, of this one thing.
        "uphold": {"appealed": HOSTS, "appealed, above": HOSTS_AND_ABOVE},
        "dismiss": {"appealed": HOSTS, "appealed, above": HOSTS_AND_ABOVE},
        "mend": dict.fromkeys(("waiting", "withheld", "shown"), AUTHOR),
        "make_private": dict.fromkeys(
            ("waiting", "withheld", "appealed", "appealed, above", "shown"), AUTHOR
        ),
    },
    # What a reader says of something shown. It lapses with the wording: nobody's move.
    "report": {
        "make": {"new": ANY},
        "keep": {"open": HOSTS},
        "act": {"open": HOSTS},
        "lapse": {"open": HOUSE},
    },
    "consultation": {
        # "new, …" by where the topic comes from. From voices: any convener of the committee, each from the
        # voices that they may `raise`, which their own row says.
        "raise_topic": {
            "new, leader": LEADER,
            "new, leader's paper": OFFICER,
            "new, voices": "·  ··  ··  ··  ✓✓  ✓  ·  ··  ·  ·  ·  ··",
            "new, member": MEMBERS,
        },
        # While no studio is named, whoever convenes one of the committee may take the topic into their own.
        "open": {
            "raised": HOSTS,
            "raised, no host yet": "·  ··  ··  ··  ✓✓  ✓  ·  ··  ·  ·  ·  ··",
            "raised by the officer": HOSTS,
            "raised by the convener": HOSTS,
        },
        # Not who raised it: the other host decides. (The deputy of a convener is not the convener.)
        "decline": {
            "raised": HOSTS,
            "raised, no host yet": OFFICER,
            "raised by the officer": CONVENER,
            "raised by the convener": OFFICER,
        },
        "post": {"open": "·  ✓✓  ✓·  ✓✓  ✓✓  ·  ·  ··  ·  ·  ·  ··"},
        "hold_meeting": {"open": HOSTS},
        "minute": {"open": HOSTS},
        "send": {"minuted": OFFICER},
        "finish": {"sent": OFFICER},
    },
    "recommendation": {
        "send": {"new": OFFICER},
        "send_back": {"sent": HANDLER},
        "send_again": {"returned": OFFICER},
        "extend": {"sent": HANDLER},
        "answer": {"sent": HANDLER},
        "report_progress": {"answered": HANDLER},
        "report_done": {"answered": HANDLER},
        # The proposers here: another code's holder, the guest, the member, the convener. The author of the
        # founding voice ("author: own") is asked in their own thread, and not twice.
        "judge": dict.fromkeys(("answered", "done"), "·  ·✓  ✓·  ✓·  ✓·  ·  ·  ··  ·  ·  ·  ··"),
    },
    "studio": {
        "plan": {"new": OFFICER},
        "open": {"planned, offline": OFFICER},
        "suspend": dict.fromkeys(OPEN_ROOMS, OFFICER),
        "resume": {"suspended, online": OFFICER},
        "close": dict.fromkeys((*OPEN_ROOMS, "suspended, online"), OFFICER),
        "edit": dict.fromkeys(("planned, offline", *OPEN_ROOMS, "suspended, online"), HOSTS),
        "make_model": dict.fromkeys(OPEN_ROOMS, OFFICER),
        "end_model": dict.fromkeys((*OPEN_ROOMS, "suspended, online"), OFFICER),
    },
    "studio_online": {
        "apply": dict.fromkeys(("planned, offline", "open, offline", "closed, offline"), CONVENER),
        # Level by level: the leader of its own committee, the city's office, the province's.
        "to_city": {"open, applied": LEADER},
        "to_province": {"open, applied": LEADER, "open, city": UPPER},
        "approve": {"open, applied": LEADER, "open, city": UPPER, "open, province": PROVINCE},
        "refuse": {"open, applied": LEADER, "open, city": UPPER, "open, province": PROVINCE},
        "recheck": {"open, online": OFFICER, "suspended, online": OFFICER},
        "take_offline": {"open, online": OFFICER, "suspended, online": OFFICER},
    },
    # A list of members: who brings it, and who takes it in.
    "roster": {"read": {"new": OFFICER}, "take": {"read": OFFICER}},
    "rule": {
        "enter": {"new": OFFICER},
        "replace": {"in_force": OFFICER},
        "publish": {"in_force": OFFICER},
        "repeal": {"in_force": OFFICER},
    },
    # Any member writes to any studio that they may know of, those of other counties too.
    "message": {
        "write": {"new": MEMBERS},
        "read": {"waiting": HOSTS},
        "answer": dict.fromkeys(("waiting", "read", "answered"), HOSTS),
        "add": dict.fromkeys(("waiting", "read", "answered", "closed"), BY_MEMBER),
        "close": dict.fromkeys(("waiting", "read", "answered"), BY_MEMBER),
    },
    # Whoever books does so as a resident, staff too; "author: own" holds the booking's code.
    "booking": {
        "book": {"new": ANY},
        "wait": {"new": ANY},
        "walk_in": {"new": RECEIVES},
        "move_up": {"waiting": HOUSE},
        "cancel": dict.fromkeys(("booked", "waiting"), AUTHOR),
        "call_off": dict.fromkeys(("booked", "waiting"), RECEIVES),
        "come": dict.fromkeys(("booked", "waiting"), RECEIVES),
        "miss": {"booked": RECEIVES},
        "tell": dict.fromkeys(("booked", "called_off"), RECEIVES),
    },
    # The convener here helps a resident to write; nobody else ends it.
    "assistance": {"start": {"new": RECEIVES}, "end": {"open": CONVENER}, "expire": {"open": HOUSE}},
    # The same phone, once written down for somebody and once by itself.
    "settling": {
        "find": {"new": HOUSE},
        "same": dict.fromkeys(("waiting", "different"), OFFICER),
        "different": dict.fromkeys(("waiting", "same"), OFFICER),
    },
    # A visit of the office to a studio, with findings or without.
    "inspection": {"find": {"new": OFFICER}, "clear": {"new": OFFICER}, "put_right": {"open": HOSTS}},
    "result": {
        "draft": {"new": OFFICER},
        "redraft": {"draft": OFFICER},
        "publish": {"draft": OFFICER},
    },
}

# The review of a post, by whose it is: nobody looks over their own words.
BY_GUEST = "·  ··  ✓·  ··  ··  ·  ·  ··  ·  ·  ·  ··"
REVIEWS = {
    kind: {
        **dict.fromkeys(("show", "withhold", "uphold", "dismiss"), hosts),
        **dict.fromkeys(("appeal", "mend"), writer),
    }
    for kind, hosts, writer in (
        ("post of a code", HOSTS, AUTHOR),
        ("post of a guest", HOSTS, BY_GUEST),
        ("post of a member", HOSTS, BY_MEMBER),
        ("post of the convener", OFFICER, CONVENER),
    )
}

# What is no chart's move: the action's full name → thing and state it is asked of → cells.
ACTIONS = {
    "voices.reveal_phone": {
        "voice, received": HOSTS,
        "voice, assigned": HOSTS,
        "voice, sent_up": "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ·✓",
        "voice, taken_up, sent down": "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ·✓",
    },
    "voices.note": {
        "voice, received": HOSTS,
        "voice, sent_up": "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ·✓",
    },
    # Who looks the wording over; what is kept private has nothing to show.
    "voices.show_photo": {"voice, received, waiting": HOSTS},
    "voices.hide_photo": {"voice, received, waiting": HOSTS},
    # Written by somebody else: an officer strikes it.
    "voices.strike_note": {"private note, of the county": OFFICER},
    "voices.make_template": {"committee": OFFICER},
    "voices.change_template": {"common answer": OFFICER},
    "voices.drop_template": {"common answer": OFFICER},
    "voices.erase": {f"voice, {stage}": AUTHOR_OR_OFFICER for stage in ("received", "answered by studio")},
    "voices.correct_phone": {"voice, received": AUTHOR},
    "voices.agree": {"voice, received": AUTHOR},
    "voices.set_follow_up": {"voice, closed": AUTHOR},
    # Residents, whatever code they hold; who is signed in acts in office. What is not shown is not supported.
    "voices.support": {
        "voice, taken_up, shown": "✓  ·✓  ✓✓  ··  ··  ·  ·  ··  ·  ·  ·  ··",
        "voice, taken_up, private": "–  ·–  ––  ··  ··  ·  ·  ··  ·  ·  ·  ··",
    },
    "voices.withdraw_support": {
        "voice, taken_up, shown": "✓  ·✓  ✓✓  ··  ··  ·  ·  ··  ·  ·  ·  ··",
        "voice, taken_up, private": "–  ·–  ––  ··  ··  ·  ·  ··  ·  ·  ·  ··",
    },
    "voices.print_forms": {"studio, open, online": HOSTS},
    "consultations.raise_from_voices": {
        "voice, taken_up, private": HOSTS,
        "voice, taken_up, shown": HOSTS,
    },
    "consultations.erase_guest": {"consultation, open": "·  ··  ✓·  ··  ··  ·  ·  ··  ·  ·  ·  ··"},
    "consultations.print_door_codes": {"consultation, open": HOSTS},
    "studios.appoint": {"studio, open, online": OFFICER, "studio, planned, offline": OFFICER},
    "studios.station": {"studio, open, online": OFFICER},
    "studios.record_task": {"studio, open, online": HOSTS},
    "studios.strike_task": {"task record": HOSTS},
    "studios.set_task_sheet": {"committee": OFFICER},
    "studios.write_standards": {"committee": OFFICER},
    "studios.enter_town": {"committee": OFFICER},
    "studios.release": {"studio, open, online": OFFICER},
    "studios.set_timetable": {"studio, open, online": HOSTS},
    "studios.choose_standards": {"committee": OFFICER},
    "studios.mark": {"studio, open, online": HOSTS},
    "studios.set_duty": {"studio, open, online": HOSTS},
    "studios.reveal_phone": {"booking, booked": RECEIVES},
    "studios.erase_booking": {"booking, booked": AUTHOR},
    "studios.hold_reception": {"studio, open, online": RECEIVES},
    "people.invite": {"committee": OFFICER},
    "people.take_back": {"post of a member": OFFICER},
    "people.send_link": {"account of a member": OFFICER, "account of a member, also of the province": NOBODY},
    "people.withdraw": {"account of a member": OFFICER, "account of a member, also of the province": NOBODY},
    "people.close_account": {
        "account of a member": OFFICER,
        "account of a member, also of the province": NOBODY,
    },
    "people.reopen_account": {
        "account of a member": OFFICER,
        "account of a member, also of the province": NOBODY,
    },
    "people.reset_second_factor": {
        "account of a member": OFFICER,
        "account of a member, also of the province": NOBODY,
    },
    "figures.report_total": {"committee": OFFICER},
    "figures.link_evidence": {"reported total": OFFICER},
}

# Which action makes a move, where the names differ (package.action → chart.move).
CARRIED_OUT_BY = {
    "voices.record_told": "voice.record",
    "voices.raise_": "voice.raise",
    "voices.answer_from_consultation": "voice.answer",
    "voices.report_done_from_consultation": "voice.report_done",
    "voices.start_assistance": "assistance.start",
    "voices.end_assistance": "assistance.end",
    "voices.settle_same": "settling.same",
    "voices.settle_different": "settling.different",
    "consultations.raise_as_member": "consultation.raise_topic",
    "consultations.raise_as_leader": "consultation.raise_topic",
    "consultations.raise_on_paper": "consultation.raise_topic",
    "consultations.open_topic": "consultation.open",
    "consultations.leave_post": "consultation.post",
    "consultations.report_post": "report.make",
    "consultations.keep_post": "report.keep",
    "voices.report": "report.make",
    "voices.keep_shown": "report.keep",
    "consultations.show_post": "review.show",
    "consultations.withhold_post": "review.withhold",
    "consultations.mend_post": "review.mend",
    "consultations.appeal_post": "review.appeal",
    "consultations.uphold_post": "review.uphold",
    "consultations.dismiss_post": "review.dismiss",
    "studios.open_studio": "studio.open",
    "studios.read_roster": "roster.read",
    "studios.take_roster": "roster.take",
    "studios.inspect": "inspection.find",
}

# Actions without an actor's right of their own, and why.
WITHOUT_A_RULE = {
    "consultations.returning": "a used door code is the right: whoever holds the paper",
    "consultations.enter": "the door code is the right: whoever holds one of this consultation",
    "studios.roster_template": "an empty list, the same for everybody",
    "studios.forget": "called by people.erase",
    "people.enter_all": "called by studios.take_roster, which asks its rule",
    "voices.change_studio": "called when a studio is suspended or closed, which asks its own rule",
    "studios.find_member": "only looks a name up for appoint and station",
    "voices.save_filter": "one's own only, seen by nobody else",
    "voices.rename_filter": "one's own only: asked for by the person",
    "voices.delete_filter": "one's own only: asked for by the person",
    "voices.prepare_batch": "only looks; each voice is asked by its own rule, and who has no desk is refused",
    "voices.rewrite_batch": "one's own only: asked for by the person",
    "voices.look_again": "one's own only: asked for by the person",
    "voices.carry_out": "one's own only; each voice is moved by its own action, which asks its rule",
    "voices.looked_through": "only reads, within the reader's sight",
    "people.set_keys": "one's own, on one's own pages",
    "voices.reckon_again": "a chore of the worker",
    "voices.ask_later": "a chore of the worker",
    "voices.expire_assistances": "a chore of the worker",
    "voices.refuse_assisted": "only writes a refusal down, in one's own help that goes on",
    "voices.climb": "a chore of the worker, in office hours only",
    "consultations.reckon_again": "a chore of the worker",
    "figures.roll_up": "a chore of the worker",
    "figures.repost": "a command on the server",
    "points.post": "called by the journal with every act",
    "points.repost": "a command on the server",
    "people.open_account": "a command on the server and the demonstration; no page",
    "people.grant": "called by studios.appoint and studios.station, which ask their rule",
    "people.end_post": "called by studios.appoint, release and close, and take_back, which ask their rule",
    "people.end_sessions": "one's own, on one's own page; and with a post, an account, a factor that ends",
    "people.end_session": "one's own only: asked for by the person",
    "people.use_link": "the link's code is the right: whoever holds it, once",
    "people.void_links": "one's own: called when one's password is set otherwise",
    "people.note_second_factor": "one's own: called when the page has proved it",
    "people.erase": "called by voices.erase, which asks its rule; a command on the server",
    "people.erase_account": "a command on the server; no page",
    "people.finish_erasures": "a chore of the worker",
    "people.replay_erasures": "a command on the server, after a restore",
    "correspondence.forget": "called by people.erase",
    "voices.forget": "called by people.erase",
    "consultations.forget": "called by people.erase",
    "consultations.own": "only reads, for the copy that a resident takes",
    "people.reveal": "called by voices.reveal_phone, which asks its rule",
}
