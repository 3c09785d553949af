"""Which pages are measured, as whom, by what kind of budget. Addresses are made from the sample records."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from demo.told import Told
from shangliang.flow.activities.models import Activity
from shangliang.flow.consultations.models import Recommendation
from shangliang.flow.proposals.models import Handling, Proposal
from shangliang.flow.reports.models import Bulletin, OpinionReport
from shangliang.flow.research.models import Research
from shangliang.flow.results.models import Result
from shangliang.flow.voices.models import Voice
from shangliang.ledgers.points.models import Entry


@dataclass(frozen=True)
class Page:
    name: str
    kind: str
    address: str
    who: str = ""  # a sign-in name; "" is a stranger, "author" the holder of a tracking code
    part: bool = False  # asked for by htmx: the inside of the pane alone


def pages(told: Told) -> list[Page]:
    """Every page of the loop."""
    voice, topic = told.codes["lamps_lane"], told.codes["ibis"]
    studio = told.studios["chengguan"]
    mine = Voice.objects.filter(committee__code="990101", state="received").order_by("pk").first()
    judged = Voice.objects.filter(committee__code="990101", state="closed").order_by("pk").first()
    waits = Voice.objects.filter(committee__code="990101", review="waiting").order_by("pk").first()
    looked = Voice.objects.exclude(proposed_by="").first()
    asked = Voice.objects.filter(department=told.departments["lamps"], state="assigned").first()
    advice = Recommendation.objects.filter(department=told.departments["lamps"]).first()
    result = Result.objects.filter(state="published").first()
    entry = Entry.objects.filter(member=told.people["member"].key).first()
    if not (mine and judged and waits and looked and asked and advice and result and entry):
        raise LookupError("The demonstration lacks a record that a measured page shows.")
    return [
        _page("home", "list", "portal:home"),
        _page("studios", "list", "portal:studios"),
        _page("studio", "detail", "portal:studio", studio),
        _page("door", "door", "voices:door", studio),
        _page("track", "door", "portal:track"),
        _page("thread", "own", "portal:thread", who="author"),
        _page("voice", "detail", "voices:voice", voice),
        _page("consultations", "list", "consultations:list"),
        _page("consultation", "detail", "consultations:consultation", topic),
        _page("results", "list", "results:list"),
        _page("result", "detail", "results:result", result.code),
        _page("search", "list", "portal:search", query="?" + urlencode({"q": "路灯"})),
        _page("data", "data", "figures:index"),
        _page("data of a county", "data", "figures:committee", "990101"),
        _page("data of a real county", "data", "figures:committee", "610825"),
        _page("a figure", "data", "figures:metric", "990101", "voices_received"),
        _page("about", "list", "portal:about"),
        _page("journal", "list", "journal:index"),
        _page("desk", "desk", "desk:queue", who="officer"),
        _page("desk voice, the pane", "desk", "desk:voice", mine.code, who="officer", part=True),
        _page("desk similar, the part", "desk", "desk:similar", mine.code, who="officer", part=True),
        _page("desk voice, whole", "desk", "desk:voice", mine.code, who="officer"),
        _page("desk voice, answered", "desk", "desk:voice", judged.code, who="officer"),
        _page("desk list, the part", "desk", "desk:queue", who="officer", part=True),
        _page("desk filters", "desk", "desk:filters", who="officer"),
        _page("desk many", "desk", "desk:many", who="officer", query="?all=1&tab=received"),
        _page("desk templates", "desk", "desk:templates", who="officer"),
        _page("desk workload", "desk", "desk:workload", who="officer"),
        _page("desk voice, second look", "desk", "desk:voice", looked.code, who="officer"),
        _page("desk record", "desk", "desk:record", who="officer"),
        _page("desk review", "desk", "desk:review", who="officer"),
        _page("desk review, one", "desk", "desk:review_item", "voice", waits.code, who="officer"),
        _page("desk topics", "desk", "desk:topics", who="officer"),
        _page("desk consultation", "desk", "desk:consultation", topic, who="officer"),
        *_parts("desk consultation", "desk:consultation", topic, "papers", "talk"),
        _page("desk studios", "desk", "desk:studios", who="officer"),
        _page("desk studio", "desk", "desk:studio", studio, who="officer"),
        _page("desk figures", "desk", "desk:figures", who="officer"),
        _page("handle", "desk", "departments:list", who="handler"),
        _page("handle list, the part", "desk", "departments:list", who="handler", part=True),
        _page("handle voice", "desk", "departments:voice", asked.code, who="handler"),
        _page("handle recommendation", "desk", "departments:recommendation", advice.code, who="handler"),
        _page("lead", "desk", "leaders:home", who="leader"),
        _page("lead topics", "desk", "leaders:topics", who="leader"),
        _page("lead studios", "desk", "leaders:studios", who="leader"),
        _page("work", "desk", "workbench:today", who="member"),
        _page("work topics", "desk", "workbench:topics", who="member"),
        _page("statement", "desk", "workbench:statement", who="member"),
        _page("an entry", "desk", "workbench:entry", entry.code, who="member"),
        *_duty(told.people["member"].key),
    ]


def _duty(member: str) -> list[Page]:
    """Reports, research, proposals and activities: of each one with much on it, for those who work on it and,
    where something of it is public, for a stranger."""
    report = OpinionReport.objects.filter(person=member, state="issued").latest("last_at")
    research = Research.objects.filter(person=member, state="sent").latest("last_at")
    proposal = Proposal.objects.filter(excellence="announced").latest("pk")
    part = Handling.objects.filter(state="drafted").latest("pk")
    held = Activity.objects.filter(committee__code="990101", state="published", private=False).latest("pk")
    own = Proposal.objects.filter(person=member).latest("pk")
    return [
        _page("proposals", "list", "proposals:list"),
        _page("proposal", "detail", "proposals:proposal", proposal.code),
        _page("activities", "list", "activities:list"),
        _page("activity", "detail", "activities:activity", held.code),
        _page("desk reports", "desk", "desk:reports", who="officer"),
        _page("desk report", "desk", "desk:report", report.code, who="officer"),
        *_parts("desk report", "desk:report", report.code, "versions", "alike"),
        _page("desk bulletin", "desk", "desk:bulletin", Bulletin.objects.latest("pk").code, who="officer"),
        _page("desk researches", "desk", "desk:researches", who="officer"),
        _page("desk research", "desk", "desk:research", research.code, who="officer"),
        *_parts("desk research", "desk:research", research.code, "versions"),
        _page("desk proposals", "desk", "desk:proposals", who="officer"),
        _page("desk proposal", "desk", "desk:proposal", proposal.code, who="officer"),
        *_parts("desk proposal", "desk:proposal", proposal.code, "versions", "alike"),
        _page("desk proposal meeting", "desk", "desk:proposal_meeting", who="officer"),
        _page("desk activities", "desk", "desk:activities", who="officer"),
        _page("desk activity", "desk", "desk:activity", held.code, who="officer"),
        _page("handle proposals", "desk", "departments:proposals", who="handler"),
        _page("handle proposal", "desk", "departments:proposal", part.code, who="handler"),
        _page("work reports", "desk", "workbench:reports", who="member"),
        _page("work report", "desk", "workbench:report", report.code, who="member"),
        _page("work researches", "desk", "workbench:researches", who="member"),
        _page("work research", "desk", "workbench:research", research.code, who="member"),
        _page("work proposals", "desk", "workbench:proposals", who="member"),
        _page("work proposal", "desk", "workbench:proposal", own.code, who="member"),
        *_parts("work proposal", "workbench:proposal", own.code, "alike", who="member"),
        _page("work activities", "desk", "workbench:activities", who="member"),
        _page("work activity", "desk", "workbench:activity", held.code, who="member"),
    ]


def _parts(name: str, view: str, code: str, *parts: str, who: str = "officer") -> Iterator[Page]:
    """Parts of a page that are fetched apart."""
    for part in parts:
        yield _page(f"{name}, {part}", "desk", view, code, who=who, query=f"?part={part}", part=True)


def _page(
    name: str, kind: str, view: str, *parts: Any, who: str = "", query: str = "", part: bool = False
) -> Page:
    return Page(name, kind, reverse(view, args=parts) + query, who, part)
