"""What changes a committee's rule book."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from . import queries
from .models import Edition, Rule
from .states import CHART
from .values import known

WRITTEN = ("title", "document", "issuer", "issued_on", "since", "until", "text", "source", "governs")


@transaction.atomic
def enter(
    committee: Committee, *, by: Actor, public: bool = False, paper: Sequence[UploadedFile] = (), **said: Any
) -> Rule:
    """Enter a rule with its first edition (`WRITTEN`), for the committee's people or (`public`) everybody.

    ValidationError without text or paper, for days out of order, or for a setting that there is not."""
    rule = Rule(committee=committee, title=str(said.get("title", "")).strip())
    CHART.check_new("enter", rule, by=by)
    edition = _edition(rule, 1, by, said, paper)
    CHART.start("enter", rule, by=by, governs=edition.governs)
    _save(rule, edition, by, paper)
    return publish(rule.code, by=by, seen=None) if public else rule


@transaction.atomic
def replace(
    code: str, *, by: Actor, seen: int | None, reason: str, paper: Sequence[UploadedFile] = (), **said: Any
) -> Rule:
    """A new edition in place of the one before, which stays readable, with the reason. ValidationError as in
    `enter`, and without a reason, or for an edition that would begin before the one it replaces."""
    rule = queries.lock(code, by)
    CHART.check("replace", rule, by=by, seen=seen)
    before = queries.editions(rule)[0]
    edition = _edition(rule, before.number + 1, by, said | {"reason": reason}, paper)
    if edition.since < before.since:
        raise ValidationError({"since": _("新版不能早于它换下的那一版。")})
    rule.title = edition.title
    CHART.move("replace", rule, by=by, seen=seen, edition=edition.number, governs=edition.governs)
    _save(rule, edition, by, paper)
    return rule


@transaction.atomic
def publish(code: str, *, by: Actor, seen: int | None) -> Rule:
    """Everybody may read the rule and all its editions from now on. NotNow when it is so already."""
    rule = queries.lock(code, by)
    CHART.check("publish", rule, by=by, seen=seen)
    if rule.public:
        raise NotNow(_("这件制度已经公开了。"))
    rule.public = True
    return CHART.move("publish", rule, by=by, seen=seen)


@transaction.atomic
def repeal(code: str, *, by: Actor, seen: int | None, reason: str, on: date | None = None) -> Rule:
    """The rule no longer holds from today, or since the day that is named; it stays readable.
    ValidationError without a reason, or for a day to come."""
    rule = queries.lock(code, by)
    CHART.check("repeal", rule, by=by, seen=seen)
    day = on or clock.today()
    if day > clock.today():
        raise ValidationError({"on": _("这一天还没到，到了再来废止。")})
    rule.repealed_from, rule.repeal_reason = day, _words(reason, "reason", _("写明为什么废止。"))
    return CHART.move("repeal", rule, by=by, seen=seen, day=day.isoformat())


def _edition(
    rule: Rule, number: int, by: Actor, said: dict[str, Any], paper: Sequence[UploadedFile]
) -> Edition:
    written = {name: said[name] for name in (*WRITTEN, "reason") if name in said}
    words = {name: value.strip() if isinstance(value, str) else value for name, value in written.items()}
    edition = Edition(rule=rule, number=number, by=by.key, at=clock.now(), **words)
    edition.title = _words(edition.title, "title", _("写明制度的名称。"))
    edition.issuer = _words(edition.issuer, "issuer", _("写明是哪个单位发的。"))
    if number > 1:
        edition.reason = _words(edition.reason, "reason", _("写明为什么换。"))
    if not (edition.text or paper):
        raise ValidationError({"text": _("写上正文，或者附上文件。")})
    if unknown := set(edition.governs) - set(known()):
        raise ValidationError(
            {"governs": _("没有「%(said)s」这项设定。") % {"said": sorted(unknown)[0][:40]}}
        )
    edition.clean_fields(exclude=["rule"])
    edition.governs = [key for key in known() if key in set(edition.governs)]
    if edition.until and edition.until < edition.since:
        raise ValidationError({"until": _("「施行到哪天」不能早于「从哪天起施行」。")})
    return edition


def _save(rule: Rule, edition: Edition, by: Actor, paper: Sequence[UploadedFile]) -> None:
    edition.rule = rule
    edition.save(force_insert=True)
    if paper:
        files.keep(list(paper), subject=edition.subject, by=by)


def _words(said: str, field: str, ask: str) -> str:
    if len(said.strip()) < 2:
        raise ValidationError({field: ask})
    return said.strip()
