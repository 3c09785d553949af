"""From an act to the seats that should know of it, by the journal alone: so posting it anew, years later,
names the same. What an act does not say itself stands in earlier acts of its subject or thread."""

from collections.abc import Callable, Iterable

from shangliang.base.journal import queries as journal
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.flow.activities.models import Activity
from shangliang.flow.proposals.models import Proposal
from shangliang.flow.voices.ladder import PROMISE
from shangliang.flow.voices.models import Merging, Voice

from .table import TELLS

# A post of a role sits in these seats of its place: its department, its studio, or its committee.
SITS: dict[str, tuple[str, ...]] = {
    Role.OFFICER: ("officers",),
    Role.LEADER: ("leaders",),
    Role.HANDLER: ("department",),
    Role.CONVENER: ("hosts", "team"),
    Role.DEPUTY: ("hosts", "team"),
    Role.STATIONED: ("team",),
}


def seats(act: Act) -> list[str]:
    """Who should know, each once, in a fixed order. Whoever did it themselves is not told."""
    line = TELLS.get(act.name)
    found = [seat for name in line.to for seat in FINDERS[name](act)] if line else []
    return sorted(set(found) - {f"person:{act.by}"})


def seats_of(actor: Actor) -> list[str]:
    """The seats of somebody with an account, as their posts stand today."""
    found = {f"person:{actor.key}"}
    for post in actor.posts:
        found |= seats_at(post.role, _code(post.committee), post.studio, post.department)
    return sorted(found)


def seats_at(role: str, committee: str, studio: str, department: str) -> set[str]:
    """The seats of a post; each place by its code, empty where it has none."""
    return {f"{name}:{department or studio or committee}" for name in SITS.get(role, ())}


def _code(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _author(act: Act) -> Iterable[str]:
    kind, _colon, code = act.subject.partition(":")
    return [f"author:{code}"] if kind == "voice" else []


def _booker(act: Act) -> Iterable[str]:
    return [f"booker:{act.subject.partition(':')[2]}"]


def _merged(act: Act) -> Iterable[str]:
    """Whoever agreed that theirs is dealt with together with this voice, and had not left it by then."""
    asked = Merging.objects.filter(into__code=act.subject.partition(":")[2]).values_list(
        "voice__code", flat=True
    )
    subjects = {f"voice:{code}" for code in asked}
    if not subjects:
        return []
    names = ("voice_merged", "voice_unmerged", "voice_withdrawn", "person_erased")
    rows = Act.objects.filter(subject__in=subjects, name__in=names, id__lte=act.id).order_by("id")
    last = {one.subject: one for one in rows}
    together = (
        one for one in last.values() if one.name == "voice_merged" and one.facts["into"] == act.thread
    )
    return [f"author:{one.subject.partition(':')[2]}" for one in together]


def _studio(name: str) -> Callable[[Act], Iterable[str]]:
    return lambda act: [f"{name}:{act.studio}"] if act.studio else []


def _office(name: str) -> Callable[[Act], Iterable[str]]:
    return lambda act: [f"{name}:{_code(act.committee)}"] if act.committee else []


def _before(act: Act, *names: str) -> list[Act]:
    """Earlier acts about the same subject, and itself, oldest first."""
    rows = Act.objects.filter(subject=act.subject, id__lte=act.id, name__in=names)
    return list(rows.order_by("id"))


HANDS = ("voice_assigned", "voice_sent_back", "voice_sent_up", "voice_sent_down", "voice_passed_down")


def _holder(act: Act) -> Iterable[str]:
    """The department or the level above that had the voice when this happened. The ladder's acts name it."""
    said = str(act.facts.get("holder", ""))
    kind, _colon, code = said.partition(":")
    if said:
        return {"department": [f"department:{code}"], "committee": [f"officers:{code}"]}.get(
            kind, [f"hosts:{code}"]
        )
    held: list[str] = []
    for one in _before(act, *HANDS):
        if one.name == "voice_assigned":
            held = [f"department:{one.facts['department']}"]
        elif one.name == "voice_sent_up":
            held = [f"officers:{one.facts['upper']}"]
        elif "to" in one.facts:  # passed down, or returned one level of several
            held = [f"officers:{one.facts['to']}"]
        else:
            held = []
    return held


def _asker(act: Act) -> Iterable[str]:
    """The office of another level that asked the department which has the voice, or had it until now."""
    before = [one for one in _before(act, *HANDS) if one.id != act.id]
    office = before[-1].facts.get("office") if before and before[-1].name == "voice_assigned" else None
    return [f"officers:{office}"] if office else []


def _promised(act: Act) -> Iterable[str]:
    """Of a promise whose day has passed the studio and its office are told too: after the answer nobody there
    waits for anything."""
    if act.facts.get("kind") != PROMISE:
        return []
    return [*_studio("hosts")(act), *_office("officers")(act)]


def _above(act: Act) -> Iterable[str]:
    """The office of the level above that an appeal went up to."""
    return [f"officers:{act.facts['to']}"] if act.facts.get("to") else []


def _beside(act: Act) -> Iterable[str]:
    """Who is asked to support the host, or is so no more, by this very act."""
    named = act.facts.get("beside", []) if act.name == "voice_assigned" else [act.facts["department"]]
    return [f"department:{code}" for code in named]


def _department(act: Act) -> Iterable[str]:
    """Whom the recommendation was sent to last."""
    sent = _before(act, "recommendation_sent")
    return [f"department:{sent[-1].facts['department']}"] if sent else []


def _writer(act: Act) -> Iterable[str]:
    if act.subject.startswith("voice:"):
        return _author(act)
    if act.subject.startswith("message:"):
        return [f"person:{one.by}" for one in _before(act, "message_written")[:1]]
    if act.subject.startswith("opinion_report:"):
        begun = _before(act, "opinion_report_drafted", "opinion_report_begun")[:1]
        return [f"person:{one.facts.get('member', one.by)}" for one in begun]
    if act.subject.startswith("objection:"):
        return [f"person:{act.facts['member']}"]
    return _participating(_before(act, "post_left")[:1])


def _raiser(act: Act) -> Iterable[str]:
    """Whoever raised the topic, unless it came from voices: those are told as founders."""
    raised = _on_thread(act, "topic_raised")[:1]
    return [f"person:{one.by}" for one in raised if one.facts.get("source") != "voices"]


def _founders(act: Act) -> Iterable[str]:
    """Authors of the voices that the topic was made of, unless they were given back before."""
    threads = journal.from_(act.thread) if act.thread else []
    names = ("voice_raised", "voice_given_back")
    rows = Act.objects.filter(thread__in=threads, name__in=names, id__lte=act.id).order_by("id")
    last = {one.subject: one for one in rows}
    mine = (subject for subject, one in last.items() if one.facts.get("into") == act.thread)
    return [f"author:{subject.partition(':')[2]}" for subject in mine]


def _givers(act: Act) -> Iterable[str]:
    """Authors of the voices that a report, a proposal or an activity rests on. A report that began as a
    proposal which was not filed rests on what that one did."""
    if act.subject.startswith("activity:"):
        return _gave_to_activity(act)
    threads = [act.thread, *journal.from_(act.thread)] if act.thread else []
    names = ("voice_taken_into_report", "voice_taken_into_proposal")
    rows = Act.objects.filter(thread__in=threads, name__in=names, id__lte=act.id)
    return [seat for one in rows if one.facts["into"] in threads for seat in _author(one)]


def _gave_to_activity(act: Act) -> Iterable[str]:
    """An activity has no thread that its voice could run into: the voice stands with it."""
    voice = Activity.objects.filter(code=act.subject.partition(":")[2]).values_list("voice__code", flat=True)
    subjects = [f"voice:{code}" for code in voice if code]
    if not subjects:
        return []
    told = Act.objects.filter(subject__in=subjects, name="voice_taken_into_activity", id__lte=act.id)
    return [seat for one in told if one.facts["into"] == act.subject for seat in _author(one)]


def _merged_givers(act: Act) -> Iterable[str]:
    """The same of the proposals that were merged into this one by then: what is given to a department and put
    off is this one alone."""
    threads = list(Proposal.objects.filter(into__thread=act.thread).values_list("thread", flat=True))
    merged = Act.objects.filter(thread__in=threads, name="proposal_merged", id__lte=act.id)
    return [seat for one in merged for seat in _givers(one)]


def _participants(act: Act) -> Iterable[str]:
    return _participating(_on_thread(act, "post_left"))


def _participating(posts: Iterable[Act]) -> list[str]:
    """Members by their key, holders of a tracking code by their voice. Guests of a door code left nothing by
    which they could be told: they read the page, or subscribe to it."""
    members = {one.by for one in posts if one.facts.get("participant") == "member"}
    codes = {one.by for one in posts if one.facts.get("participant") == "code"}
    authors = Voice.objects.filter(person__in=codes).values_list("code", flat=True) if codes else []
    return [*(f"person:{key}" for key in members), *(f"author:{code}" for code in authors)]


def _on_thread(act: Act, name: str) -> list[Act]:
    if not act.thread:
        return []
    return list(Act.objects.filter(thread=act.thread, name=name, id__lte=act.id).order_by("id"))


def _named(act: Act) -> Iterable[str]:
    """The member of whom the act tells."""
    return [f"person:{act.facts['member']}"] if act.facts.get("member") else []


def _joined(act: Act) -> Iterable[str]:
    """Whoever was invited to an activity, signed up or waits, and has not asked for leave since."""
    names = ("participation_invited", "participation_signed", "participation_waits", "participation_on_leave")
    last = {one.facts.get("member"): one.name for one in _before(act, *names)}
    return [f"person:{member}" for member, name in last.items() if member and name != names[-1]]


def _signers(act: Act) -> Iterable[str]:
    """Who signed the proposal by then, and did not have to sign anew since."""
    signed: dict[str, bool] = {}
    names = ("signature_led", "signature_signed", "signature_voided")
    for one in Act.objects.filter(thread=act.thread, name__in=names, id__lte=act.id).order_by("id"):
        signed[str(one.facts.get("member", one.by))] = one.name != "signature_voided"
    return [f"person:{key}" for key, stands in signed.items() if stands]


def _lead(act: Act) -> Iterable[str]:
    return [f"person:{one.by}" for one in _on_thread(act, "signature_led")[:1]]


def _researchers(act: Act) -> Iterable[str]:
    """The team of a research report, as the act names it."""
    return [f"person:{key}" for role in ("lead", "writers", "team") for key in act.facts.get(role, [])]


def _unit(act: Act) -> Iterable[str]:
    return [f"department:{act.facts['department']}"]


def _units(act: Act) -> Iterable[str]:
    """All to whom the proposal was given, but for whoever sent it back."""
    given = {str(one.facts["department"]) for one in _on_thread(act, "handling_given")}
    back = {str(one.facts["department"]) for one in _on_thread(act, "handling_returned")}
    return [f"department:{code}" for code in sorted(given - back)]


FINDERS: dict[str, Callable[[Act], Iterable[str]]] = {
    "author": _author,
    "booker": _booker,
    "merged": _merged,
    "hosts": _studio("hosts"),
    "team": _studio("team"),
    "officers": _office("officers"),
    "leaders": _office("leaders"),
    "holder": _holder,
    "asker": _asker,
    "beside": _beside,
    "promised": _promised,
    "above": _above,
    "department": _department,
    "writer": _writer,
    "raiser": _raiser,
    "founders": _founders,
    "givers": _givers,
    "merged_givers": _merged_givers,
    "participants": _participants,
    "named": _named,
    "joined": _joined,
    "signers": _signers,
    "lead": _lead,
    "unit": _unit,
    "units": _units,
    "researchers": _researchers,
}
