"""The rows "may do": every move of every chart from every state in which it starts.

The cells are those of a thing that is visible; where it is not, – takes their place (`columns.hidden`)."""

from . import duty
from .columns import NOBODY
from .whose import (
    ANY,
    AUTHOR,
    BY_MEMBER,
    CONSULTATION_HOLDS,
    CONVENER,
    DEPARTMENT_HOLDS,
    HANDLER,
    HOSTS,
    HOSTS_AND_ABOVE,
    HOUSE,
    LEADER,
    MEMBERS,
    OFFICER,
    PROVINCE,
    RECEIVES,
    SIGNS,
    STUDIO_HOLDS,
    STUDIO_HOLDS_AGAIN,
    STUDIO_HOLDS_FROM_ABOVE,
    TALKS,
    TALKS_ABOVE,
    UPPER,
    UPPER_HOLDS,
)

ANSWERED = {
    "answered by studio": HOSTS,
    "answered by department": HANDLER,
    "answered by department, of the city": HANDLER,
    "answered by upper": UPPER,
    "answered by upper, the province": PROVINCE,
    "answered by consultation": HOUSE,
}
BESIDE = "·  ··  ··  ··  ··  ·  ·  ·✓  ·  ·  ·  ··"
OF_COUNTY = ("assigned", "assigned, with others")
OF_CITY = ("assigned, by the city", "answered by department, of the city")
IN_DEPARTMENTS = (*OF_COUNTY, OF_CITY[0])
TAKEN_UP = ("taken_up", "taken_up, sent back", "taken_up, sent down", "taken_up, proposed")
FURTHER = "sent_up, to the province"
AT_CITY = ("sent_up", "sent_up, proposed", "sent_up, back from the province")
ACROSS = "sent_up, across"  # "above, sent up" is the neighbour's office there, "above" the city's
SENT_UP = (*AT_CITY, FURTHER, ACROSS)
# While an answer waits for a second look, the desk that holds the voice gives no other.
STUDIO_WAITS = "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ··"
UPPER_WAITS = "·  ··  ··  ··  ··  ·  ·  ··  ·  ·  ·  ·○"
NONE_WAITS = dict.fromkeys(TAKEN_UP[:3], STUDIO_WAITS) | dict.fromkeys(
    ("sent_up", AT_CITY[2], ACROSS), UPPER_WAITS
)
NONE_WAITS |= {FURTHER: "·  ··  ··  ··  ··  ·  ·  ··  ·  ·  ·  ○·"}
HELD = {
    "taken_up": STUDIO_HOLDS,
    "taken_up, sent back": STUDIO_HOLDS_AGAIN,
    "taken_up, sent down": STUDIO_HOLDS_FROM_ABOVE,
    "taken_up, proposed": STUDIO_HOLDS,
    **dict.fromkeys(OF_COUNTY, DEPARTMENT_HOLDS),  # who stands beside the host answers nothing
    OF_CITY[0]: "·  ··  ··  ··  ○·  ○  ·  ✓·  ·  ·  ·  ·○",
    **dict.fromkeys((*AT_CITY, ACROSS), UPPER_HOLDS),
    FURTHER: "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ✓·",
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
        # Each desk asks departments of its own, and they send it back there.
        "assign": dict.fromkeys(TAKEN_UP, HOSTS)
        | dict.fromkeys((*AT_CITY, ACROSS), UPPER)
        | {FURTHER: PROVINCE},
        "send_back": dict.fromkeys(OF_COUNTY, HANDLER) | {OF_CITY[0]: NOBODY},
        "return_to_office": dict.fromkeys(OF_COUNTY, NOBODY) | {OF_CITY[0]: HANDLER},
        "call_in": dict.fromkeys(OF_COUNTY, HOSTS) | {OF_CITY[0]: UPPER},
        "call_off": dict.fromkeys(OF_COUNTY, HOSTS) | {OF_CITY[0]: UPPER},
        **dict.fromkeys(
            ("give_opinion", "return_part", "extend_part"),
            dict.fromkeys(IN_DEPARTMENTS, NOBODY) | {"assigned, with others": BESIDE},
        ),
        "send_up": dict.fromkeys(TAKEN_UP, OFFICER)
        | dict.fromkeys(AT_CITY, UPPER)
        | {FURTHER: PROVINCE, ACROSS: NOBODY},
        # To a committee below: a county has none, so its officers are told "not now" by the action.
        # From a level above: across, to a neighbour of where it came from, which gives it back there.
        "pass_down": dict.fromkeys(TAKEN_UP, OFFICER)
        | dict.fromkeys(AT_CITY, UPPER)
        | {FURTHER: PROVINCE, ACROSS: NOBODY},
        "send_down": dict.fromkeys(AT_CITY, UPPER) | dict.fromkeys((FURTHER, ACROSS), NOBODY),
        "return_down": dict.fromkeys((*AT_CITY, ACROSS), NOBODY) | {FURTHER: PROVINCE},
        "return_across": dict.fromkeys((*AT_CITY, FURTHER), NOBODY) | {ACROSS: UPPER},
        "raise": dict.fromkeys(TAKEN_UP, HOSTS),
        "give_back": {"in_consultation": HOUSE},
        "extend": HELD,
        "answer": HELD
        | {"in_consultation": CONSULTATION_HOLDS, "taken_up, proposed": STUDIO_WAITS}
        | {"sent_up, proposed": "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ·○"},
        # What `answer` does when somebody else is to look first: it has no page of its own.
        "propose": dict.fromkeys(TAKEN_UP[:3], HOSTS)
        | {"sent_up": UPPER, "taken_up, proposed": STUDIO_WAITS, "sent_up, proposed": UPPER_WAITS}
        | {AT_CITY[2]: UPPER, ACROSS: UPPER, FURTHER: PROVINCE},
        # Not its writer, who here is somebody else; they alone may take it back.
        "let_through": NONE_WAITS | {"taken_up, proposed": HOSTS, "sent_up, proposed": UPPER},
        "hold_back": NONE_WAITS | {"taken_up, proposed": HOSTS, "sent_up, proposed": UPPER},
        "retract": NONE_WAITS | {"taken_up, proposed": HOUSE, "sent_up, proposed": HOUSE},
        "hand_over": dict.fromkeys(("received", *TAKEN_UP, *OF_COUNTY, *ANSWERED), HOSTS)
        | {"in_consultation": HOSTS}
        | dict.fromkeys((*AT_CITY, ACROSS, OF_CITY[0]), HOSTS_AND_ABOVE)
        | {FURTHER: "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ✓·"},
        "set_topic": dict.fromkeys(
            (*TAKEN_UP, *IN_DEPARTMENTS, *SENT_UP, "in_consultation", *ANSWERED, "closed", "merged"), HOSTS
        ),
        "report_progress": ANSWERED,
        "move_promise": ANSWERED,
        "report_done": ANSWERED,
        # A department is urged in writing by whoever asked it.
        "remind": dict.fromkeys(("received", *TAKEN_UP, *IN_DEPARTMENTS, *SENT_UP, *ANSWERED), OFFICER)
        | dict.fromkeys(OF_CITY, "·  ··  ··  ··  ··  ✓  ·  ··  ·  ·  ·  ·✓"),
        "urge": dict.fromkeys(("received", *TAKEN_UP, *IN_DEPARTMENTS, *ANSWERED), OFFICER)
        | dict.fromkeys(OF_CITY, UPPER),
        "list": dict.fromkeys(("received", *TAKEN_UP, *IN_DEPARTMENTS, *SENT_UP, *ANSWERED), HOUSE),
        "confirm": dict.fromkeys(ANSWERED, AUTHOR),
        "judge_partly": dict.fromkeys(ANSWERED, AUTHOR),
        "judge_not": dict.fromkeys(ANSWERED, AUTHOR),
        "reopen": dict.fromkeys(ANSWERED, AUTHOR),
        "change_verdict": {"closed": AUTHOR},
        "reopen_after_all": {"closed": AUTHOR},
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
            ("received", *TAKEN_UP, *IN_DEPARTMENTS, *SENT_UP, "in_consultation", *ANSWERED, "merged"),
            OFFICER,
        ),
        "say": dict.fromkeys(NOT_CLOSED, AUTHOR),
        # A department talks from being asked until it sends the voice back or its answer is judged; the level
        # above while it has the voice, or has answered it.
        "reply": dict.fromkeys(NOT_CLOSED, RECEIVES)
        | {
            **dict.fromkeys((*OF_COUNTY, "answered by department"), TALKS),
            **dict.fromkeys(OF_CITY, "·  ··  ··  ✓·  ✓·  ✓  ·  ✓·  ·  ·  ·  ·✓"),
            **dict.fromkeys((*AT_CITY, ACROSS), TALKS_ABOVE),
            "answered by upper": TALKS_ABOVE,
            **dict.fromkeys(
                (FURTHER, "answered by upper, the province"), "·  ··  ··  ✓·  ✓·  ✓  ·  ··  ·  ·  ·  ✓·"
            ),
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
    # The writer here is the member stationed in the studio; who checked and signed stand in no column.
    # A doubt of the member stationed in the studio; whoever wrote the entry down stands in no column.
    **duty.DOES,
    "objection": {
        "object": {"new": BY_MEMBER},
        "uphold": {"open": SIGNS},
        "dismiss": {"open": SIGNS},
        "withdraw": {"open": BY_MEMBER},
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
