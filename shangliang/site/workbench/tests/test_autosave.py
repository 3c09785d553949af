"""A draft is kept while it is written, by the ordinary way; nobody's other text is written over."""

import pytest

from shangliang.base.people.models import Role
from shangliang.flow.proposals.models import Proposal
from shangliang.flow.proposals.models import Version as Put
from shangliang.flow.proposals.tests import story as proposals
from shangliang.flow.reports import actions
from shangliang.flow.reports.models import OpinionReport, Version
from shangliang.flow.reports.tests import story as reports
from stories.pages import Signed
from stories.world_people import grant

QUIET = {"X-Quiet": "1"}
REPORT = {name: getattr(reports.SAID, name) for name in ("title", "situation", "analysis", "advice")}
PROPOSAL = {**proposals.TEXT, "kind": "individual", "body": "", "may_publish": "on"}
KINDS = {
    "report": (OpinionReport, Version, REPORT, {"studio": "990101001"}),
    "proposal": (Proposal, Put, PROPOSAL, {"committee": "990101"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_saving_makes_the_draft_and_the_next_keep_it(kind, world, client):
    model, versions, form, to = KINDS[kind]
    to = {"studio": world.studio.code} if kind == "report" else to
    person = Signed(client, world)("member")
    answer = person.post(f"workbench:{kind}_write", headers=QUIET, **to, **form)
    row = model.objects.get()
    assert (answer.status_code, answer.text) == (204, "")
    assert answer["Location"] == f"/work/{kind}s/{row.code}/?seen={row.version}"
    said = {**form, "advice": form["advice"] + "明年春天前做完。"}
    move = (f"workbench:{kind}_move", row.code, "redraft")
    once = {"seen": row.version, "key": "k" * 22}
    answer = person.post(*move, headers=QUIET, **once, **said)
    kept = model.objects.get()
    assert str(kept.advice) == said["advice"]
    assert answer["Location"] == f"/work/{kind}s/{row.code}/?seen={kept.version}"
    again = person.post(*move, headers=QUIET, **once, **said)  # the answer was lost on its way
    assert (again.status_code, again["Location"]) == (204, answer["Location"])
    assert model.objects.get().version == kept.version
    assert not versions.objects.exists()  # a version is what was sent or put up, not every saving
    page = person.get(f"workbench:{kind}", row.code).text
    assert said["advice"] in page
    assert "存好了" not in page  # nothing was said behind the writer's back


@pytest.mark.parametrize("kind", KINDS)
def test_whose_a_draft_is_is_chosen_anew_in_its_form(kind, world, client):
    """Kept by itself, like the words; an older page, which does not name it, leaves it as it is."""
    model, _versions, form, _to = KINDS[kind]
    row = (reports if kind == "report" else proposals).drafted(world)
    person, field = Signed(client, world)("member"), "studio" if kind == "report" else "committee"
    move = (f"workbench:{kind}_move", row.code, "redraft")
    elsewhere = {field: world.far_studio.code if kind == "report" else "990102"}
    assert person.post(*move, seen=row.version, **form, **elsewhere).status_code == 422
    if kind == "report":
        grant(world, "member", "", Role.STATIONED, studio=world.other.code)
        to = world.other.code
    else:
        grant(world, "member", "", Role.MEMBER, committee=world.city)
        to = world.city.code
    said = {**form, "advice": form["advice"] + "明年春天前做完。"}
    answer = person.post(*move, headers=QUIET, seen=row.version, **said, **{field: to})
    kept = model.objects.get()
    assert answer["Location"].endswith(f"?seen={kept.version}")
    assert (getattr(kept, field).code, str(kept.advice)) == (to, said["advice"])
    page = person.get(f"workbench:{kind}", row.code).text
    assert f'<option value="{to}" selected>' in page
    person.post(f"workbench:{kind}_move", row.code, "send", seen=kept.version, **form)  # by an older page
    sent = model.objects.get()
    assert (sent.state, getattr(sent, field).code) == ("sent", to)


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_device_writes_over_nothing(kind, world, client):
    model, _versions, form, _to = KINDS[kind]
    row = (reports if kind == "report" else proposals).drafted(world)
    person = Signed(client, world)("member")
    move = (f"workbench:{kind}_move", row.code, "redraft")
    first = {**form, "advice": "先写的这一份建议，是在手机上写的。"}
    stale = {**form, "advice": "后写的这一份建议，是在电脑上写的。"}
    seen = model.objects.get().version
    assert person.post(*move, headers=QUIET, seen=seen, **first).status_code == 204
    answer = person.post(*move, headers=QUIET, seen=seen, **stale)
    assert answer.status_code == 409
    assert stale["advice"] in answer.text
    assert str(model.objects.get().advice) == first["advice"]
    short = person.post(*move, headers=QUIET, seen=model.objects.get().version, **{**form, "title": "短"})
    assert short.status_code == 422
    assert "题目要 4 到 50 个字" in short.text


def test_what_others_read_meanwhile_is_kept_when_pressed_only(world, client):
    person = Signed(client, world)("member")
    draft = reports.drafted(world)
    page = person.get("workbench:report", draft.code).text
    assert f'data-autosave="/work/reports/{draft.code}/redraft/"' in page
    assert "autosave.js" in page
    sent = actions.send(draft.code, by=world.member, seen=draft.version)
    actions.return_(sent.code, by=world.convener, seen=sent.version, words="请写明是哪几条巷子。")
    page = person.get("workbench:report", draft.code).text
    assert "autosave" not in page
    assert "<textarea" in page
