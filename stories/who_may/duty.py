"""The rows "may do" of members' duty: reports, research, activities, proposals."""

from .columns import NOBODY
from .whose import (
    BY_LEADER,
    BY_MEMBER,
    FOLLOWS,
    HANDLER,
    HOSTS,
    HOUSE,
    LEADER,
    MEMBERS,
    OFFICER,
    RECEIVES,
    SIGNS,
)

OUTCOMES = ("adopt", "endorse", "refer", "note_reply", "feed_back")
ONCE_ISSUED = {"issued": OFFICER}  # of an opinion report

DOES: dict[str, dict[str, dict[str, str]]] = {
    "opinion_report": {
        "draft": {"new": MEMBERS},
        "begin": {"new": SIGNS},
        **dict.fromkeys(("redraft", "send"), dict.fromkeys(("draft", "returned"), BY_MEMBER)),
        "readdress": {"draft": BY_MEMBER},
        "pass_on": {"sent": HOSTS},
        "return": {"sent": HOSTS, "office": OFFICER, "checked": OFFICER},
        **dict.fromkeys(("edit", "keep"), dict.fromkeys(("office", "checked"), OFFICER)),
        "check": {"office": OFFICER},
        "sign": {"checked": SIGNS},
        "hold_back": dict.fromkeys(("checked", "signed"), SIGNS),
        "issue": {"signed": OFFICER},
        "withdraw": dict.fromkeys(("draft", "returned", "sent", "office", "checked"), BY_MEMBER),
        **dict.fromkeys(OUTCOMES, ONCE_ISSUED),
        "reply": {"issued": NOBODY},  # the one here was passed to nobody; see the addresses
    },
    "bulletin": {"issue": {"new": OFFICER}},
    # Led by the member stationed in the studio; the convener of the other studio is named in it. Who looked
    # it over stands in no column. A report has nothing that is put right, and no close.
    "research": {
        "draft": {"new": MEMBERS},
        **{
            move: dict.fromkeys(("draft", "returned"), BY_MEMBER)
            for move in ("redraft", "name", "drop", "add_visit", "drop_visit", "submit")
        },
        "leave": dict.fromkeys(("draft", "returned"), BY_LEADER),
        "return": dict.fromkeys(("submitted", "accepted"), SIGNS),
        "accept": {"submitted": OFFICER},
        "sign": {"accepted": SIGNS},
        "withdraw": dict.fromkeys(("draft", "returned", "submitted", "accepted"), BY_MEMBER),
        **{
            move: dict.fromkeys(("sent", "sent, study", "closed, study"), OFFICER)
            for move in ("acknowledge", "adopt", "decline", "take_back", "endorse")
        },
        **{move: {"sent": NOBODY, "sent, study": FOLLOWS} for move in ("put_right", "show")},
        "close": {"sent": NOBODY, "sent, study": OFFICER},
    },
    # Of a studio: its convener and deputy, and the office; the office alone publishes.
    "activity": {
        "plan": {"new": HOSTS},
        "record_afterwards": {"new": HOSTS},
        **dict.fromkeys(("change", "cancel"), dict.fromkeys(("planned", "announced"), HOSTS)),
        "announce": {"planned": HOSTS},
        "record": {"announced": HOSTS},
        **dict.fromkeys(("mend", "draft", "close"), dict.fromkeys(("held", "held, private"), HOSTS)),
        "publish": dict.fromkeys(("held", "held, private"), OFFICER),
        "take_down": {"published": OFFICER},
    },
    # The part here is that of the member stationed in the studio.
    "participation": {
        "invite": {"new": HOSTS},
        **dict.fromkeys(("sign_up", "wait"), dict.fromkeys(("new", "invited", "leave"), BY_MEMBER)),
        "move_up": {"waiting": HOUSE},
        "ask_leave": dict.fromkeys(("invited", "signed", "waiting"), BY_MEMBER),
        "study": dict.fromkeys(("invited", "signed", "waiting"), BY_MEMBER),
        "come": dict.fromkeys(("new", "invited", "signed", "waiting", "leave", "absent"), RECEIVES),
        "miss": dict.fromkeys(("invited", "signed"), HOSTS),
        "strike": {"came": HOSTS},
        "add": dict.fromkeys(("new", "invited", "signed", "waiting", "leave", "absent", "struck"), HOSTS),
    },
    # Led by the member stationed in the studio, who signed; who looked first stands in no column.
    "proposal": {
        "draft": {"new": MEMBERS},
        "redraft": dict.fromkeys(("draft", "returned"), BY_MEMBER),
        "readdress": {"draft": BY_MEMBER},
        **dict.fromkeys(
            ("invite", "seal", "send"), dict.fromkeys(("draft", "signing", "returned"), BY_MEMBER)
        ),
        "take_back": {"signing": BY_MEMBER},
        "withdraw": dict.fromkeys(("draft", "signing", "returned", "sent", "checked"), BY_MEMBER),
        "check": {"sent": OFFICER},
        **{move: {"checked": SIGNS} for move in ("look_again", "file", "merge", "refuse")},
        "return": dict.fromkeys(("sent", "checked"), SIGNS),
        "write_letter": {"not_filed": SIGNS},
        "reply_letter": {"not_filed": NOBODY},  # the one here went to nobody; see the addresses
        "urge_letter": {"not_filed": OFFICER},
        "assign": {"filed": OFFICER},
        "add": {"assigned": OFFICER},
        "give_up": {"assigned": HANDLER},  # by its own sending back
        "answer": dict.fromkeys(("assigned", "merged"), OFFICER),  # by passing the last answer
        **dict.fromkeys(("redo", "wait_again"), dict.fromkeys(("answered", "closed"), BY_MEMBER)),
        "close": {"answered": BY_MEMBER},
        "end": {"answered": HOUSE},
        "mark_key": dict.fromkeys(("filed", "assigned", "answered"), SIGNS),
        "recheck": dict.fromkeys(("answered", "closed"), OFFICER),
    },
    "proposal_excellence": {
        "nominate": {"none": OFFICER},
        "shortlist": {"nominated": OFFICER},
        "deliberate": {"shortlisted": LEADER},
        "announce": {"deliberated": OFFICER},
        "drop": dict.fromkeys(("nominated", "shortlisted", "deliberated"), SIGNS),
    },
    # The member's, asked by the convener of the other studio, who leads.
    "signature": {
        **{move: {"new": BY_MEMBER} for move in ("lead", "ask")},
        **{move: {"invited": BY_MEMBER} for move in ("sign", "decline")},
        **{move: {"invited": BY_LEADER} for move in ("call_off", "lapse")},
        "void": {"signed": BY_LEADER},
        "rate": {"signed": BY_MEMBER},
    },
    "handling": {
        "give": {"new": OFFICER},
        "send_back": dict.fromkeys(("given", "given, beside"), HANDLER),
        "extend": {"given": HANDLER, "given, beside": NOBODY},
        "contact": {"given": HANDLER, "given, beside": NOBODY, "drafted": HANDLER, "answered": HANDLER},
        "opine": {"given": NOBODY, "given, beside": HANDLER},
        "countersign": {"opined, beside": HANDLER},
        "draft_answer": {"given": HANDLER, "given, beside": NOBODY},
        **{move: {"drafted": OFFICER} for move in ("hold_back", "pass")},
        "redo": {"answered": BY_MEMBER},
        "urge": dict.fromkeys(("given", "given, beside", "drafted", "answered"), OFFICER),
        "review": {"answered": HANDLER},
    },
}
