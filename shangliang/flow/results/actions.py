"""A result is drafted, and published with its evidence, which finishes the consultation."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.files import queries as file_queries
from shangliang.base.people.actor import Actor
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.consultations import proposers
from shangliang.flow.consultations import queries as consultation_queries
from shangliang.flow.consultations.models import State as ConsultationState

from . import queries, rules
from .models import Result
from .states import CHART

SHORTEST, LONGEST = 10, 3000


@transaction.atomic
def draft(consultation: str, *, by: Actor, text: str, evidence: Sequence[UploadedFile] = ()) -> Result:
    """Write the draft of a consultation's result. NotNow before they are out, or for a second."""
    topic = consultation_queries.lock(consultation, by=by)
    made = Result(consultation=topic, text=_fits(text), drafted_by=by.key)
    untimely = topic.state != ConsultationState.SENT or Result.objects.filter(consultation=topic).exists()
    if untimely and rules.publishes(by, made):
        raise NotNow(_("建议送出以后、公布以前，一个题目起草一份成果。"))
    CHART.start("draft", made, by=by)
    _keep(made, evidence, by)
    return made


@transaction.atomic
def redraft(
    code: str, *, by: Actor, seen: int | None, text: str, evidence: Sequence[UploadedFile] = ()
) -> Result:
    """Change the draft's text and add evidence."""
    found = queries.lock(code, by=by)
    CHART.check("redraft", found, by=by, seen=seen)
    found.text = _fits(text)
    _keep(found, evidence, by)
    return CHART.move("redraft", found, by=by, seen=seen)


@transaction.atomic
def publish(code: str, *, by: Actor, seen: int | None) -> Result:
    """Publish the result and finish its consultation. ValidationError without evidence, or while a
    recommendation is neither answered nor, once adopted, done or past its promised day."""
    found = queries.lock(code, by=by)
    CHART.check("publish", found, by=by, seen=seen)
    evidence = len(file_queries.of([found.subject]).get(found.subject, ()))
    if not evidence:
        raise ValidationError({"evidence": _("至少附一张照片或一份材料，再公布。")})
    consultations.finish(found.consultation.code, by=by, seen=None)
    found.consultation.refresh_from_db()
    found.published_on = clock.today()
    tally = proposers.tally_of(found.consultation)
    CHART.move(
        "publish", found, by=by, seen=seen, evidence=evidence, proposers=tally.all, solved=tally.solved
    )
    search.put("result", found.pk, queries.text_of(found), found.committee_path)
    return found


def _fits(text: str) -> str:
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise ValidationError({"text": _("写明办成了什么、还差什么，10 到 3,000 个字。")})
    return text


def _keep(found: Result, evidence: Sequence[UploadedFile], by: Actor) -> None:
    if evidence:
        files.keep(list(evidence), subject=found.subject, by=by)
