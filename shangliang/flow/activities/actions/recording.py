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
from shangliang.base.places.models import Committee
from shangliang.flow.studios.models import Studio

from .. import queries
from ..models import Activity, Measured, Outcome, Standing
from ..states import CHART, PARTICIPATION
from .arriving import ticked
from .joining import fresh
from .planning import Plan, blank, put

LARGEST = 1_000_000_000


@dataclass(frozen=True)
class Record:
    """How it was. `measures`: key → number, None where nobody counted: empty is not 0. `came` and `lead`:
    pseudonyms of members. `helpers`: names of others who helped, one a line. Who was helped is counted."""

    measures: Mapping[str, int | None]
    came: Sequence[str] = ()
    lead: Sequence[str] = ()
    helpers: str = ""
    minutes: str = ""
    outcome: str = ""
    consent: str = ""
    photos: Sequence[UploadedFile] = field(default=())


@transaction.atomic
def record_held(code: str, *, by: Actor, seen: int | None, said: Record) -> Activity:
    """Record an announced activity. Whoever signed up and neither came nor asked for leave was absent."""
    found = queries.lock(code, by)
    CHART.check("record", found, by=by, seen=seen)
    if found.starts_at > clock.now():
        raise ValidationError(_("活动还没开始，办过再记。"))
    facts = _kept(found, said, by)
    ticked(found, by, [*said.came, *said.lead])
    absent = _missed(found, by)
    facts |= _people(found, said.lead) | {"absent": absent}
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
    helpers = [" ".join(line.split()) for line in said.helpers.splitlines() if line.strip()]
    if len(helpers) > 200 or any(len(name) > 30 for name in helpers):
        faults["helpers"] = _("一行写一个名字，最多 200 位。")
    if len(said.minutes) > 5000:
        faults["minutes"] = _("纪要最多 5,000 个字。")
    if faults:
        raise ValidationError(faults)
    found.outcome = said.outcome if kind.outcome else ""
    found.helpers, found.helpers_count = "\n".join(helpers), len(helpers)
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


def _people(found: Activity, lead: Sequence[str]) -> dict[str, Any]:
    """Who came, leaders apart; marks the leaders."""
    came = [part for part in queries.parts(found) if part.state == Standing.CAME]
    leads = sorted({part.person for part in came} & set(lead))
    for part in came:
        if part.person in leads and not part.lead:
            part.lead = True
            part.save(update_fields=["lead"])
    if not came:
        raise ValidationError({"came": _("写上到了的委员，至少一位。")})
    return {"members": sorted({part.person for part in came} - set(leads)), "lead": leads}


def _missed(found: Activity, by: Actor) -> list[str]:
    absent = [part for part in queries.parts(found) if part.state == Standing.SIGNED]
    for part in absent:
        PARTICIPATION.move("miss", part, by=by, seen=None, member=part.person)
    return sorted(part.person for part in absent)


def _measured(found: Activity, measures: Mapping[str, int | None]) -> None:
    rows = [
        Measured(activity=found, key=key, value=value) for key, value in measures.items() if value is not None
    ]
    Measured.objects.filter(activity=found).delete()
    Measured.objects.bulk_create(rows)
