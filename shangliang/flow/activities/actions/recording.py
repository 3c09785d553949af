"""An activity is recorded: who came, what was measured, what was said; also one that nobody could plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import draw_key
from shangliang.base.places.models import Committee
from shangliang.flow.studios.models import Studio

from .. import queries
from ..models import Activity, Measured, Outcome, Participation, Standing
from ..said import doings, who_and_what
from ..states import CHART, PARTICIPATION
from .arriving import ticked
from .joining import fresh
from .planning import Plan, blank, put

LARGEST = 1_000_000_000
WHAT = 60  # characters to say what somebody did


@dataclass(frozen=True)
class Record:
    """How it was. `measures`: key → number, None where nobody counted: empty is not 0. `came` and `lead`:
    pseudonyms of members. `did`: pseudonym of one who came → what they did, in a few words. `helpers`: names
    of others who helped, one a line, after a colon what they did. Who was helped is counted."""

    measures: Mapping[str, int | None]
    came: Sequence[str] = ()
    lead: Sequence[str] = ()
    did: Mapping[str, str] = field(default_factory=dict)
    helpers: str = ""
    minutes: str = ""
    outcome: str = ""
    consent: str = ""
    photos: Sequence[UploadedFile] = field(default=())


@transaction.atomic
def record_held(code: str, *, by: Actor, seen: int | None, said: Record) -> Activity:
    """Record an announced activity. Whoever signed up and neither came nor asked for leave was absent;
    where whoever is invited is expected, so was who gave no answer. Each of them is told."""
    found = queries.lock(code, by)
    CHART.check("record", found, by=by, seen=seen)
    if found.starts_at > clock.now():
        raise ValidationError(_("活动还没开始，办过再记。"))
    facts = _kept(found, said, by)
    ticked(found, by, [*said.came, *said.lead])
    absent = _missed(found, by)
    facts |= _people(found, said) | {"absent": absent}
    CHART.move("record", found, by=by, seen=seen, **facts)
    _measured(found, said.measures)
    return found


@transaction.atomic
def record_afterwards(
    host: Studio | Committee, *, by: Actor, plan: Plan, said: Record, reason: str
) -> Activity:
    """Record what could not be planned (a flood, a lockdown), with the reason: neither announcement nor study
    is demanded of it."""
    made = blank(host, by, plan.kind)
    CHART.check_new("record_afterwards", made, by=by)
    put(made, plan)
    reason = reason.strip()
    if not 4 <= len(reason) <= 200:
        raise ValidationError({"reason": _("写一句为什么没有事先计划。")})
    if made.ends_at > clock.now():
        raise ValidationError({"ends_at": _("还没办完，办过再记。")})
    made.afterwards = reason
    facts = _kept(made, said, by)
    people = list(dict.fromkeys([*said.came, *said.lead]))
    if not people or not queries.are_members(people):
        raise ValidationError({"came": _("写上到了的委员，至少一位。")})
    lead = sorted(set(said.lead))
    facts |= {"members": sorted(set(people) - set(lead)), "lead": lead, "afterwards": True}
    CHART.start("record_afterwards", made, by=by, **facts)
    for person in people:
        row = fresh(made, person)
        row.lead = person in lead
        PARTICIPATION.start("come", row, by=by, member=person)
    _doings([part for part in queries.parts(made) if part.state == Standing.CAME], said.did)
    _measured(made, said.measures)
    if said.photos:
        files.keep(list(said.photos), subject=made.subject, by=by)
    return made


@transaction.atomic
def mend(code: str, *, by: Actor, seen: int | None, said: Record) -> Activity:
    """Correct a record before it is published: figures follow by the difference. Who came stays as it was."""
    found = queries.lock(code, by)
    CHART.check("mend", found, by=by, seen=seen)
    before, was = queries.measures([found])[found.pk], found.outcome
    _kept(found, said, by)
    after = {key: value for key, value in said.measures.items() if value is not None}
    facts: dict[str, Any] = {
        key: after.get(key, 0) - before.get(key, 0)
        for key in {*before, *after}
        if after.get(key, 0) != before.get(key, 0)
    }
    if found.outcome != was:
        facts |= {"outcome": found.outcome, "was": was}
    CHART.move("mend", found, by=by, seen=seen, kind=found.kind, **facts)
    _measured(found, said.measures)
    _doings([part for part in queries.parts(found) if part.state == Standing.CAME], said.did)
    return found


def _kept(found: Activity, said: Record, by: Actor) -> dict[str, Any]:
    """Set what was written and give the facts; ValidationError with the field."""
    kind, faults = found.sort, dict[str, str]()
    measures = {key: value for key, value in said.measures.items() if value is not None}
    for measure in kind.measures:
        value = measures.get(measure.key)
        if value is None and measure.key in kind.needs:
            faults[measure.key] = _("写上%(name)s；一个也没有写 0。") % {"name": measure}
        elif value is not None and not 0 <= value <= LARGEST:
            faults[measure.key] = _("写 0 到 10 亿的整数。")
    if set(measures) - {measure.key for measure in kind.measures}:
        raise ValidationError(_("这一类活动不量这一项。"))
    if kind.outcome and said.outcome not in Outcome.values:
        faults["outcome"] = _("选调解的结果。")
    helpers = [who_and_what(line) for line in said.helpers.splitlines() if line.strip()]
    if len(helpers) > 200 or any(not 1 <= len(name) <= 30 or len(what) > WHAT for name, what in helpers):
        faults["helpers"] = _("一行写一个名字，最多 200 位；冒号后面写做了什么，最多 %(n)s 个字。") % {
            "n": WHAT
        }
    if len(said.minutes) > 5000:
        faults["minutes"] = _("纪要最多 5,000 个字。")
    if faults:
        raise ValidationError(faults)
    found.outcome = said.outcome if kind.outcome else ""
    found.helpers = "\n".join(f"{name}：{what}" if what else name for name, what in helpers)
    found.helpers_count = len(helpers)
    found.minutes, found.consent = said.minutes.strip(), said.consent.strip()[:200]
    found.last_at = clock.now()
    found.recorded_on = found.recorded_on or clock.today()
    if said.photos and found.pk:  # of one that is not there yet, once it is
        files.keep(list(said.photos), subject=found.subject, by=by)
    facts: dict[str, Any] = {
        "kind": found.kind, "day": clock.local_day(found.starts_at).isoformat(),
        "helpers": found.helpers_count, **measures,
    }  # fmt: skip
    if found.outcome:
        facts["outcome"] = found.outcome
    if found.series:
        facts["series"] = found.series.code
    if found.campaign:
        facts["campaign"] = found.campaign.code
    return facts


def _people(found: Activity, said: Record) -> dict[str, Any]:
    """Who came, leaders apart; marks the leaders, and what each did."""
    came = [part for part in queries.parts(found) if part.state == Standing.CAME]
    leads = sorted({part.person for part in came} & set(said.lead))
    for part in came:
        if part.person in leads and not part.lead:
            part.lead = True
            part.save(update_fields=["lead"])
    if not came:
        raise ValidationError({"came": _("写上到了的委员，至少一位。")})
    _doings(came, said.did)
    return {"members": sorted({part.person for part in came} - set(leads)), "lead": leads}


def _doings(came: Sequence[Participation], did: Mapping[str, str]) -> None:
    """Set what each of those who came did; what somebody had erased stays so."""
    if set(did) - {part.person for part in came}:
        raise ValidationError({"did": _("写了做了什么的委员，要在到了的里面。")})
    before = doings(came)
    for part in came:
        words = " ".join(did.get(part.person, "").split())
        if len(words) > WHAT:
            raise ValidationError({"did": _("一位做了什么，最多写 %(n)s 个字。") % {"n": WHAT}})
        if words == before.get(part.person, ""):
            continue
        try:
            draw_key(part)
        except keyring.Erased:
            raise ValidationError({"did": _("有一位委员注销了账号，写不上他做了什么。")}) from None
        part.did = words
        part.save(update_fields=["did"])


def _missed(found: Activity, by: Actor) -> list[str]:
    """Those who should have come and did not: their pseudonyms."""
    due = (Standing.SIGNED, Standing.INVITED) if found.sort.expected else (Standing.SIGNED,)
    absent = [part for part in queries.parts(found) if part.state in due]
    for part in absent:
        PARTICIPATION.move("miss", part, by=by, seen=None, member=part.person)
    return sorted(part.person for part in absent)


def _measured(found: Activity, measures: Mapping[str, int | None]) -> None:
    rows = [
        Measured(activity=found, key=key, value=value) for key, value in measures.items() if value is not None
    ]
    Measured.objects.filter(activity=found).delete()
    Measured.objects.bulk_create(rows)
