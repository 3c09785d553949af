"""The rows "may see". A thing that has no row here is seen by nobody, and fails the test."""

from .columns import EVERYBODY

ALL = EVERYBODY
NONE = "–  ––  ––  ––  ––  –  –  ––  –  –  –  ––"
INSIDE = "–  ––  ––  ✓✓  ✓✓  ✓  ✓  ––  ✓  –  –  ––"  # the committee's own people
WORKS = "–  ––  ––  ✓–  ✓–  ✓  –  ––  ✓  –  –  ––"  # a studio's people, the office, the auditor
BY_ITS_WRITER = "–  ––  ––  ✓–  ––  –  –  ––  –  –  –  ––"
REPORTED = "–  ––  ––  ✓–  ✓–  ✓  ✓  ––  ✓  –  –  ––"  # its writer, the studio's conveners, the office
FILED = "–  ––  ––  ✓–  ––  ✓  ✓  ––  ✓  –  –  ––"  # whoever leads a proposal, the committee's office
HANDED = "–  ––  ––  ✓–  ––  ✓  ✓  ✓–  ✓  –  –  ––"  # … and the department once it was given to it
URGED = "–  ––  ––  ––  ––  ✓  ✓  ✓–  ✓  –  –  ––"  # by the office, for the department alone
BY_ITS_TEAM = "–  ––  ––  ✓–  –✓  –  –  ––  –  –  –  ––"  # who writes a report, and who is named in it
STUDIED = "–  ––  ––  ✓–  –✓  ✓  ✓  ––  ✓  –  –  ––"  # … and the office, once it is handed in
JOINED = "–  ––  ––  ✓–  ✓✓  ✓  ✓  ––  ✓  –  –  ––"  # … and the conveners of a studio that joined
PARTS = ("invited", "signed", "waiting", "leave", "came", "absent", "struck")
KEPT = "–  ✓–  ––  ✓–  ✓–  ✓  ✓  ––  ✓  –  –  ––"  # a voice that is not shown
ASKED = "–  ✓–  ––  ✓–  ✓–  ✓  ✓  ✓–  ✓  –  –  ––"  # … once a department was asked: for good
SHARED = "–  ✓–  ––  ✓–  ✓–  ✓  ✓  ✓✓  ✓  –  –  ––"  # … and "handler: other" beside the host
UPPER = "–  ✓–  ––  ✓–  ✓–  ✓  ✓  ––  ✓  –  –  –✓"  # … once it was sent up: for good
OF_CITY = "–  ✓–  ––  ✓–  ✓–  ✓  ✓  ✓–  ✓  –  –  –✓"  # … and given there to a department of its own
LEVELS = "–  ✓–  ––  ✓–  ✓–  ✓  ✓  ––  ✓  –  –  ✓✓"  # … and sent on to the next: both, for good

# A voice, not shown (private, waiting, withheld, appealed); its dialogue and photos whatever the review says.
# State, with the history that tells: who was asked before, who answered.
VOICE = {
    "received": KEPT,
    "refused": KEPT,
    "taken_up": KEPT,
    "taken_up, sent back": ASKED,
    "taken_up, sent down": UPPER,
    "taken_up, proposed": KEPT,  # an answer waits for a second look
    "assigned": ASKED,
    "assigned, with others": SHARED,
    "assigned, by the city": OF_CITY,  # "handler: own" is of the city; those of the county read nothing
    "sent_up": UPPER,
    "sent_up, proposed": UPPER,
    "sent_up, to the province": LEVELS,
    "sent_up, back from the province": LEVELS,
    # Passed by the city to the neighbour: "above" is the city's office, "above, sent up" the neighbour's.
    "sent_up, across": LEVELS,
    "in_consultation": KEPT,
    "answered by studio": KEPT,
    "answered by department": ASKED,
    "answered by department, of the city": OF_CITY,
    "answered by upper": UPPER,
    "answered by upper, the province": LEVELS,
    "answered by consultation": KEPT,
    "closed": ASKED,  # answered by the department
    "merged": KEPT,  # the host's department learns its number, not its words
    "withdrawn": KEPT,
}

# Thing, state → cells. A voice's state does not matter for what everybody reads of it.
SEES = {
    ("voice, its public wording", "private"): NONE,
    ("voice, its public wording", "waiting"): NONE,
    ("voice, its public wording", "withheld"): NONE,
    ("voice, its public wording", "appealed"): NONE,
    ("voice, its public wording", "shown"): ALL,
    ("voice, papers of its answer and evidence", "private"): ASKED,
    ("voice, papers of its answer and evidence", "waiting"): ASKED,
    ("voice, papers of its answer and evidence", "withheld"): ASKED,
    ("voice, papers of its answer and evidence", "appealed"): ASKED,
    ("voice, papers of its answer and evidence", "shown"): ALL,
    ("voice, its photos made to be shown", "private"): KEPT,
    ("voice, its photos made to be shown", "waiting"): KEPT,
    ("voice, its photos made to be shown", "withheld"): KEPT,
    ("voice, its photos made to be shown", "appealed"): KEPT,
    ("voice, its photos made to be shown", "shown"): ALL,
    # The author sees the masked number on the page of the thread. The hosts, and the level above once it was
    # asked, see it masked, and whole after a reason (below: reveal_phone).
    ("phone", "received"): "–  ✓–  ––  ––  ✓–  ✓  –  ––  –  –  –  ––",
    ("phone", "assigned"): "–  ✓–  ––  ––  ✓–  ✓  –  ––  –  –  –  ––",
    ("phone", "sent_up"): "–  ✓–  ––  ––  ✓–  ✓  –  ––  –  –  –  –✓",
    # "author: own" is the author of the voice that the topic came from.
    # Notes among colleagues, by whose they are. The author has them in the copy of what is kept of them, not
    # on a page; a member who only receives people, the leader and the other committee do not read them.
    ("private note", "of the county"): "–  ––  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("private note", "of the committee above"): "–  ––  ––  ––  ––  –  –  ––  –  –  –  –✓",
    # An answer that waits for a second look, with its papers: who would give it, and the auditor.
    ("waiting answer", "of the studio's desk"): "–  ––  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("waiting answer", "of the committee above"): "–  ––  ––  ––  ––  –  –  ––  –  –  –  –✓",
    ("common answer", "any"): "–  ––  ––  ––  ✓✓  ✓  –  ––  ✓  –  –  ––",
    ("saved filter", "any"): "–  ––  ––  ––  ––  ✓  –  ––  –  –  –  ––",  # one's own: here the officer's
    ("batch", "any"): "–  ––  ––  ––  ––  ✓  –  ––  –  –  –  ––",  # the same
    ("consultation", "raised"): "–  ✓–  ––  ✓✓  ✓✓  ✓  ✓  ––  ✓  –  –  ––",
    ("consultation", "declined"): ALL,
    ("consultation", "open"): ALL,
    ("consultation", "minuted"): ALL,
    ("consultation", "sent"): ALL,
    ("consultation", "finished"): ALL,
    # The leader's dated paper goes with its topic.
    ("paper of a topic", "raised"): "–  ✓–  ––  ✓✓  ✓✓  ✓  ✓  ––  ✓  –  –  ––",
    ("paper of a topic", "open"): ALL,
    # A post has its author's column as "own": the code's holder, the guest, the member.
    ("post of a code", "waiting"): "–  ✓–  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a code", "withheld"): "–  ✓–  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a code", "appealed"): "–  ✓–  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a code", "shown"): ALL,
    ("post of a guest", "waiting"): "–  ––  ✓–  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a guest", "withheld"): "–  ––  ✓–  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a guest", "appealed"): "–  ––  ✓–  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a guest", "shown"): ALL,
    ("post of a member", "waiting"): "–  ––  ––  ✓–  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a member", "withheld"): "–  ––  ––  ✓–  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a member", "appealed"): "–  ––  ––  ✓–  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of a member", "shown"): ALL,
    ("post of the convener", "waiting"): "–  ––  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of the convener", "withheld"): "–  ––  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of the convener", "appealed"): "–  ––  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("post of the convener", "shown"): ALL,
    ("recommendation", "sent"): ALL,
    ("recommendation", "returned"): ALL,
    ("recommendation", "answered"): ALL,
    ("recommendation", "done"): ALL,
    ("evidence of a recommendation", "done"): ALL,
    # Whoever may publish a result reads its draft, and nobody else before it is out: a draft is no word yet.
    ("result", "draft"): "–  ––  ––  ––  ––  ✓  –  ––  –  –  –  ––",
    ("result", "published"): ALL,
    ("evidence of a result", "draft"): "–  ––  ––  ––  ––  ✓  –  ––  –  –  –  ––",
    ("evidence of a result", "published"): ALL,
    ("studio", "planned, offline"): INSIDE,
    ("studio", "open, offline"): INSIDE,
    ("studio", "open, applied"): INSIDE,
    # The office of a level above, once it is asked to put a studio online.
    ("studio", "open, city"): "–  ––  ––  ✓✓  ✓✓  ✓  ✓  ––  ✓  –  –  –✓",
    ("studio", "open, province"): "–  ––  ––  ✓✓  ✓✓  ✓  ✓  ––  ✓  –  –  ✓✓",
    ("studio", "open, online"): ALL,
    ("studio", "suspended, online"): ALL,
    ("studio", "closed, offline"): INSIDE,
    ("reception", "of an online studio"): ALL,
    ("reception", "of one not online"): INSIDE,
    # A booking: its holder, the studio's people, the committee's office. The leader has no need of it.
    **{
        ("booking", state): "–  ✓–  ––  ✓–  ✓–  ✓  –  ––  ✓  –  –  ––"
        for state in ("booked", "waiting", "cancelled", "called_off", "came", "missed")
    },
    **{("inspection", state): WORKS for state in ("clear", "open", "put_right")},
    **{("assistance", state): WORKS for state in ("open", "ended", "expired")},
    **{
        ("settling", state): "–  ––  ––  ––  ––  ✓  ✓  ––  ✓  –  –  ––"
        for state in ("waiting", "same", "different")
    },
    ("evidence of a standard", "any"): WORKS,
    ("evidence of a repair", "put_right"): WORKS,
    ("evidence of a task", "any"): WORKS,
    ("task record", "any"): WORKS,
    ("roster", "read"): "–  ––  ––  ––  ––  ✓  –  ––  ✓  –  –  ––",
    ("roster", "taken"): "–  ––  ––  ––  ––  ✓  –  ––  ✓  –  –  ––",
    # A rule that is kept in; a public one is everybody's, repealed or not.
    ("rule", "in_force"): INSIDE,
    ("rule", "repealed"): INSIDE,
    ("rule, public", "in_force"): ALL,
    ("rule, public", "repealed"): ALL,
    ("paper of a rule", "in_force"): INSIDE,
    # Written by the member stationed there; the leader and other members have no need of it.
    **{("message", state): WORKS for state in ("waiting", "read", "answered", "closed")},
    # An opinion report: its writer's alone until it is sent. Other members learn the title and outcome of an
    # issued one that says the same as what they write, and nothing else of it.
    ("opinion_report", "draft"): BY_ITS_WRITER,
    **{
        ("opinion_report", state): REPORTED
        for state in ("sent", "returned", "office", "checked", "signed", "issued", "kept", "withdrawn")
    },
    ("scan of an endorsement", "any"): REPORTED,
    ("bulletin", "issued"): "–  ––  ––  ––  ––  ✓  ✓  ––  ✓  –  –  ––",
    ("bulletin, sent up", "issued"): "–  ––  ––  ––  ––  ✓  ✓  ––  ✓  –  –  –✓",
    # An activity: planned, it is for who holds or oversees it; announced, for everybody; of a private kind
    # for those who were there. Its photos are shown with the published page, else to those who were there.
    ("activity", "planned"): "–  ––  ––  ––  ✓–  ✓  ✓  ––  ✓  –  –  ––",
    **{("activity", state): ALL for state in ("announced", "held", "published", "closed", "cancelled")},
    ("activity", "held, private"): REPORTED,
    **{("participation", state): ALL for state in PARTS},
    ("photos of an activity", "held"): REPORTED,
    ("photos of an activity", "published"): ALL,
    **{("photos covered", state): REPORTED for state in ("held", "published")},
    # A research report: its team's until it is handed in: here the member stationed in the studio, and the
    # convener of the other studio. A study also by the conveners of the studios that joined it.
    ("research", "draft"): BY_ITS_TEAM,
    **{("research", state): STUDIED for state in ("submitted", "returned", "accepted", "sent", "withdrawn")},
    ("research", "sent, study"): JOINED,
    ("research", "closed, study"): JOINED,
    ("scan of an endorsed report", "any"): STUDIED,
    ("evidence of what was put right", "any"): JOINED,
    # A proposal: its leader's until it is sent; those asked to sign read it meanwhile. Handlers once it was
    # given to them. What was answered and is public is everybody's, its filed text and the answers alone.
    **{("proposal", state): BY_ITS_WRITER for state in ("draft", "signing")},
    **{
        ("proposal", state): FILED
        for state in ("sent", "checked", "returned", "filed", "merged", "not_filed", "withdrawn")
    },
    **{("proposal", state): HANDED for state in ("assigned", "answered", "closed")},
    ("seal on a proposal", "signing"): BY_ITS_WRITER,
    ("seal on a proposal", "answered"): HANDED,
    ("proposal, public", "answered"): ALL,
    **{
        ("proposal_excellence", state): HANDED
        for state in ("none", "nominated", "shortlisted", "deliberated", "announced")
    },
    # A signature: the member's own, on a proposal that the convener of the other studio leads.
    ("signature", "invited"): "–  ––  ––  ✓–  –✓  –  –  ––  –  –  –  ––",
    ("signature", "signed"): "–  ––  ––  ✓–  –✓  ✓  ✓  ––  ✓  –  –  ––",
    **{
        ("signature", state): "–  ––  ––  ––  –✓  –  –  ––  –  –  –  ––"
        for state in ("declined", "called_off", "lapsed")
    },
    **{
        ("handling", state): HANDED
        for state in ("given", "given, beside", "returned", "opined, beside", "drafted", "answered")
    },
    ("answer to a proposal", "drafted"): "–  ––  ––  ––  ––  ✓  ✓  ✓–  ✓  –  –  ––",
    # What readers say of something shown: whoever looks it over, nobody else, its author neither.
    **{
        ("report", state): "–  ––  ––  ––  ✓–  ✓  –  ––  –  –  –  ––"
        for state in ("open", "kept", "acted", "lapsed")
    },
    ("duty statement of a member", "any"): "–  ––  ––  ✓–  ––  ✓  ✓  ––  ✓  –  –  ––",
    ("entry of a statement", "any"): "–  ––  ––  ✓–  ––  ✓  ✓  ––  ✓  –  –  ––",
    **{
        ("objection", state): "–  ––  ––  ✓–  ––  ✓  ✓  ––  ✓  –  –  ––"
        for state in ("open", "upheld", "dismissed", "withdrawn")
    },
    ("closing of a quarter", "any"): "–  ––  ––  ––  ––  ✓  ✓  ––  ✓  –  –  ––",
    ("figure", "any"): ALL,
    ("reported total", "any"): ALL,
    # The rows behind a figure follow the record: one's own reach, and what everybody may read.
    ("row behind a figure: voice", "taken_up, not shown"): KEPT,
    ("row behind a figure: voice", "assigned, not shown"): ASKED,
    ("row behind a figure: voice", "sent_up, not shown"): UPPER,
    ("row behind a figure: voice", "shown"): ALL,
    ("row behind a figure: post", "waiting"): "–  ✓–  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––",
    ("row behind a figure: post", "shown"): ALL,
    ("row behind a figure: consultation", "raised"): "–  ✓–  ––  ✓✓  ✓✓  ✓  ✓  ––  ✓  –  –  ––",
    ("row behind a figure: consultation", "open"): ALL,
    ("row behind a figure: result", "draft"): "–  ––  ––  ––  ––  ✓  –  ––  –  –  –  ––",
    ("row behind a figure: result", "published"): ALL,
    ("row behind a figure: studio", "open, offline"): INSIDE,
    ("row behind a figure: studio", "open, online"): ALL,
    ("row behind a figure: reception", "of one not online"): INSIDE,
    ("row behind a figure: recommendation", "sent"): ALL,
    ("row behind a figure: task", "recorded"): WORKS,
    ("row behind a figure: opinion_report", "sent"): REPORTED,
    ("row behind a figure: research", "sent"): STUDIED,
    ("row behind a figure: activity", "published"): ALL,
    ("row behind a figure: activity", "held, private"): REPORTED,
    ("row behind a figure: proposal", "filed"): FILED,
    ("row behind a figure: bulletin", "issued"): "–  ––  ––  ––  ––  ✓  ✓  ––  ✓  –  –  ––",
}


def voice(stage: str, review: str) -> str:
    """Who may know of a voice at all."""
    return ALL if review == "shown" else VOICE[stage]


# Kind of file → whose row says who may open it.
FILES = {
    "voice": "voice",
    "line": "voice",
    "answer": "voice, papers of its answer and evidence",
    "progress": "voice, papers of its answer and evidence",
    "shown": "voice, its photos made to be shown",
    "consultation": "paper of a topic",
    "headway": "evidence of a recommendation",
    "result": "evidence of a result",
    "mark": "evidence of a standard",
    "inspection": "evidence of a repair",
    "task": "evidence of a task",
    "edition": "paper of a rule",
    "endorsement": "scan of an endorsement",
    "research_endorsement": "scan of an endorsed report",
    "proposal_seal": "seal on a proposal",
    "correction": "evidence of what was put right",
    "activity": "photos of an activity",
    "activity_covered": "photos covered",
}
