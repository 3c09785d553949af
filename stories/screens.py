"""The pages and papers of the loop, for the eyes: what axe looks at, what is drawn into docs/screens/."""

from dataclasses import dataclass
from typing import Any

from shangliang.base.journal.codes import meant
from shangliang.flow.voices import tracking

from .site import Site

STUDIO = "SELECT code FROM studios_studio WHERE name = '城关委员工作室'"
TOPIC = "SELECT code FROM consultations_consultation WHERE title LIKE '{}%'"
VOICE = "SELECT code FROM voices_voice WHERE code_hash = '{}'"  # its words lie locked
ENTRY = """SELECT e.code FROM points_entry e JOIN people_person p ON p.key = e.member
WHERE p.username = 'member' AND e.reverses = '' AND NOT EXISTS
(SELECT 1 FROM points_entry r WHERE r.reverses = e.code)"""
PHOTO = """SELECT v.code || '/photos/' || p.photo
FROM voices_shownphoto p JOIN voices_voice v ON v.id = p.voice_id"""
REPORT = """SELECT r.code FROM reports_opinionreport r JOIN reports_endorsement e ON e.report_id = r.id
ORDER BY r.id"""  # its words lie locked
LAMPS = "JOIN places_department d ON d.id = {}.department_id WHERE d.name = '城管局'"


@dataclass(frozen=True)
class Page:
    """`who`: a sign-in name, "" a stranger, or "code:label" for the holder of that voice's tracking code."""

    name: str
    address: str
    who: str = ""


def pages(site: Site) -> list[Page]:
    studio = site.one(STUDIO)
    members_home = site.one(STUDIO.replace("城关委员工作室", "清溪县委员之家"))
    stopped = site.one("SELECT code FROM studios_studio WHERE state = 'closed'")
    garden, ibis = (site.one(TOPIC.format(title)) for title in ("搬迁户", "朱鹮"))
    lamps = site.one(VOICE.format(tracking.digest(meant(site.code("lamps_lane")))))
    waiting = site.one("SELECT code FROM voices_voice WHERE state = 'received' ORDER BY due_by, id")
    asked = site.one(f"SELECT v.code FROM voices_voice v {LAMPS.format('v')} AND v.state = 'assigned'")
    looked = site.one("SELECT code FROM voices_voice WHERE proposed_by != ''")
    advice = site.one(f"SELECT r.code FROM consultations_recommendation r {LAMPS.format('r')}")
    result = site.one("SELECT code FROM results_result WHERE state = 'published'")
    entry = site.one(ENTRY)
    rule = site.one("SELECT code FROM rulebook_rule WHERE title LIKE '%（修订）'")
    message = site.one("SELECT code FROM correspondence_message WHERE state = 'answered'")
    report = site.one(REPORT)
    written_by = "SELECT r.code FROM research_research r JOIN people_person p ON p.key = r.person "
    researched = site.one(
        f"{written_by} WHERE p.username = 'member' AND r.kind = 'report' AND r.state = 'sent'"
    )
    study = site.one("SELECT code FROM research_research WHERE kind = 'study' AND state = 'closed'")
    clinic = site.one("SELECT code FROM activities_activity WHERE title LIKE '河堤%'")
    coming = site.one("SELECT code FROM activities_activity WHERE title LIKE '东关%'")
    flood = site.one("SELECT code FROM activities_activity WHERE title LIKE '暴雨%'")
    trips = site.one("SELECT code FROM activities_series WHERE form = 'series'")
    bulletin = site.one("SELECT code FROM reports_bulletin ORDER BY id")
    issued = site.one("SELECT max(year) FROM reports_bulletin")
    of_proposal = "SELECT p.code FROM proposals_proposal p WHERE p."
    proposal = site.one(f"{of_proposal}excellence = 'announced'")
    asked_to_sign = site.one(f"{of_proposal}state = 'signing'")
    part = site.one("SELECT h.code FROM proposals_handling h WHERE h.state = 'drafted'")
    doubt = site.one("SELECT code FROM points_objection WHERE state = 'open'")
    upheld = site.one("SELECT code FROM points_objection WHERE state = 'upheld'")
    closing = site.one("SELECT code FROM points_closing ORDER BY id")
    return [
        Page("proposals", "/proposals/"),
        Page("proposal", f"/proposals/{proposal}/"),
        Page("work-proposals", "/work/proposals/", "member"),
        Page("work-proposal-write", "/work/proposals/write/", "member"),
        Page("work-proposal", f"/work/proposals/{asked_to_sign}/", "member"),
        Page("desk-proposals", "/desk/proposals/", "officer"),
        Page("desk-proposal", f"/desk/proposals/{proposal}/", "officer"),
        Page("desk-proposal-meeting", "/desk/proposals/meeting/", "officer"),
        Page("desk-proposal-sessions", "/desk/proposals/sessions/", "officer"),
        Page("desk-proposal-overdue", "/desk/proposals/overdue/", "officer"),
        Page("handle-proposals", "/handle/proposals/", "handler"),
        Page("handle-proposal", f"/handle/proposals/{part}/", "handler"),
        Page("home", "/"),
        Page("studios", "/studios/"),
        Page("find", "/studios/?place=城关"),
        Page("studio", f"/studios/{studio}/"),
        Page("activities", "/activities/"),
        Page("activity", f"/activities/{clinic}/"),
        Page("door", f"/s/{studio}/"),
        Page("book", f"/studios/{studio}/book/"),
        Page("ticket", "/bookings/"),
        Page("overdue", "/overdue/"),
        Page("track", "/track/"),
        Page("thread", "/track/thread/", "code:stalls"),
        Page("thread-closed", "/track/thread/", "code:lamps_lane"),
        Page("voice", f"/voices/{lamps}/"),
        Page("report", f"/report/voice/{lamps}/"),
        Page("report-thanks", "/report/thanks/"),
        Page("guest-data", f"/consultations/{garden}/data/"),
        Page("consultations", "/consultations/"),
        Page("consultation", f"/consultations/{ibis}/"),
        Page("consultation-open", f"/consultations/{garden}/", "code:stalls"),
        Page("results", "/results/"),
        Page("result", f"/results/{result}/"),
        Page("search", "/search/?q=路灯"),
        Page("data", "/data/"),
        Page("data-county", "/data/990101/"),
        Page("data-real", "/data/611026/"),
        Page("figure", "/data/990101/voices_confirmed_solved/"),
        Page("about", "/about/"),
        Page("limits", "/about/limits/"),
        Page("privacy", "/privacy/"),
        Page("journal", "/journal/"),
        Page("receipt", "/journal/receipt/0/"),
        Page("rules", "/rules/"),
        Page("rule", f"/rules/{rule}/"),
        Page("values", "/rules/values/990101/"),
        Page("login", "/accounts/login/"),
        Page("missing", "/no-such-page/"),
        Page("desk", "/desk/", "officer"),
        Page("desk-voice", f"/desk/voices/{waiting}/", "officer"),
        Page("desk-filters", "/desk/filters/?tab=all&turn=us", "officer"),
        Page("desk-many", "/desk/many/?all=1&tab=all&turn=us", "officer"),
        Page("desk-templates", "/desk/templates/", "officer"),
        Page("desk-workload", "/desk/workload/", "officer"),
        Page("desk-second-look", f"/desk/voices/{looked}/", "convener"),
        Page("desk-record", "/desk/record/", "officer"),
        Page("desk-review", "/desk/review/", "officer"),
        Page("desk-tariff", "/desk/tariff/", "officer"),
        Page("desk-review-photo", f"/desk/review/voice/{site.one(PHOTO)}/", "officer"),
        Page("desk-reported", "/desk/review/?tab=voices_reported", "officer"),
        Page("desk-topics", "/desk/topics/", "officer"),
        Page("desk-consultation", f"/desk/consultations/{garden}/", "officer"),
        Page("desk-studios", "/desk/studios/", "officer"),
        Page("desk-studio", f"/desk/studios/{studio}/", "convener"),
        Page("desk-forms", f"/desk/studios/{studio}/forms/", "convener"),
        Page("desk-day", f"/desk/studios/{studio}/day/", "convener"),
        Page("desk-standards", f"/desk/studios/{studio}/standards/", "convener"),
        Page("desk-tasks", f"/desk/studios/{studio}/tasks/", "convener"),
        Page("desk-task-sheet", "/desk/studios/tasks/", "officer"),
        Page("desk-approvals", "/desk/studios/approvals/", "city"),
        Page("desk-towns", "/desk/studios/towns/", "officer"),
        Page("desk-standards-write", "/desk/studios/standards/write/?from=xixiang_wall", "officer"),
        Page("home-of-members", f"/studios/{members_home}/"),
        Page("door-gone", f"/s/{stopped}/"),
        Page("studio-number", f"/data/studios/{studio}/receptions/"),
        Page("desk-coverage", "/desk/studios/coverage/", "officer"),
        Page("desk-rosters", "/desk/studios/rosters/", "officer"),
        Page("desk-people", "/desk/people/", "officer"),
        Page("desk-figures", "/desk/figures/", "officer"),
        Page("desk-rules", "/desk/rules/", "officer"),
        Page("desk-rule", f"/desk/rules/{rule}/", "officer"),
        Page("desk-messages", "/desk/messages/", "convener"),
        Page("desk-message", f"/desk/messages/{message}/", "convener"),
        Page("desk-reports", "/desk/reports/", "officer"),
        Page("desk-report", f"/desk/reports/{report}/", "officer"),
        Page("desk-researches", "/desk/research/?tab=sent", "officer"),
        Page("desk-research", f"/desk/research/{study}/", "officer"),
        Page("desk-bulletins", "/desk/bulletins/", "officer"),
        Page("desk-bulletin", f"/desk/bulletins/{bulletin}/", "officer"),
        Page("desk-circular", f"/desk/bulletins/year/{issued}/", "officer"),
        Page("desk-activities", "/desk/activities/?tab=announced", "convener"),
        Page("desk-activity", f"/desk/activities/{flood}/", "convener"),
        Page("desk-activity-coming", f"/desk/activities/{coming}/", "convener"),
        Page("desk-activity-plan", "/desk/activities/plan/", "convener"),
        Page("desk-activity-afterwards", "/desk/activities/afterwards/", "convener"),
        Page("desk-activity-code", f"/desk/activities/{coming}/code/", "convener"),
        Page("desk-activity-lines", "/desk/activities/series/", "convener"),
        Page("desk-activity-line", f"/desk/activities/series/{trips}/", "convener"),
        Page("desk-activity-kinds", "/desk/activities/kinds/", "officer"),
        Page("desk-tariff-choose", "/desk/tariff/choose/", "officer"),
        Page("desk-objections", "/desk/objections/", "leader"),
        Page("desk-objection", f"/desk/objections/{doubt}/", "leader"),
        Page("desk-points", "/desk/points/", "officer"),
        Page("desk-points-closing", f"/desk/points/{closing}/", "officer"),
        Page("guide", "/guide/", "officer"),
        Page("handle", "/handle/", "handler"),
        Page("handle-voice", f"/handle/voices/{asked}/", "handler"),
        Page("handle-recommendation", f"/handle/recommendations/{advice}/", "handler"),
        Page("lead", "/lead/", "leader"),
        Page("lead-topics", "/lead/topics/", "leader"),
        Page("lead-studios", "/lead/studios/", "leader"),
        Page("work", "/work/", "member"),
        Page("work-topics", "/work/topics/", "member"),
        Page("work-messages", "/work/messages/", "member"),
        Page("work-message", f"/work/messages/{message}/", "member"),
        Page("work-write", f"/work/messages/write/?studio={studio}", "member"),
        Page("work-reports", "/work/reports/", "member"),
        Page("work-report", f"/work/reports/{report}/", "member"),
        Page("work-researches", "/work/research/", "member"),
        Page("work-research", f"/work/research/{researched}/", "member"),
        Page("work-research-write", "/work/research/write/?kind=study", "member"),
        Page("work-report-write", "/work/reports/write/", "member"),
        Page("work-activities", "/work/activities/", "member"),
        Page("work-activity", f"/work/activities/{coming}/", "member"),
        Page("work-here", f"/work/activities/{coming}/here/", "member"),
        Page("statement", "/work/statement/", "member"),
        Page("entry", f"/work/statement/{entry}/", "member"),
        Page("work-objections", "/work/objections/", "member"),
        Page("work-objection", f"/work/objections/{upheld}/", "member"),
        Page("work-objection-write", f"/work/objections/write/?entry={entry}", "member"),
        Page("points-check", "/points/check/"),
    ]


LETTER = """SELECT p.code || '/letters/' || a.id FROM proposals_answer a
JOIN proposals_handling h ON h.id = a.handling_id JOIN proposals_proposal p ON p.id = h.proposal_id
WHERE a.number IS NOT NULL AND p.excellence = 'announced' ORDER BY a.id"""


def papers(site: Site) -> list[Page]:
    """Papers of the loop, as PDF."""
    bulletin = site.one("SELECT code FROM reports_bulletin ORDER BY id")
    ibis = site.one(TOPIC.format("朱鹮"))
    clinic = site.one("SELECT code FROM activities_activity WHERE title LIKE '河堤%'")
    return [
        Page("bulletin", f"/desk/bulletins/{bulletin}/pdf/", "officer"),
        Page("reply", f"/proposals/{site.one(LETTER)}/"),
        Page("minutes", f"/consultations/{ibis}/minutes/"),
        Page("activity-minutes", f"/activities/{clinic}/minutes/", "officer"),
        Page("statement", "/work/statement/pdf/", "member"),
    ]


def enter(page: Any, site: Site, who: str) -> None:
    """Sign in through the form, or open a thread by its code, in this browser page."""
    if who.startswith("code:"):
        page.goto(f"{site.address}/track/")
        page.fill("input[name=code]", site.code(who.removeprefix("code:")))
        page.locator("main form[method=post] button[type=submit]").first.click()
        page.wait_for_url("**/track/thread/")
    elif who:
        page.goto(f"{site.address}/accounts/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", site.password)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda address: "/accounts/login" not in address)
