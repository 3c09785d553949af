"""A proposal and an activity that name the voice they came from, in one step from its page at the desk."""

import pytest
from django.urls import reverse

from shangliang.flow.activities import actions as activities
from shangliang.flow.activities.models import Activity
from shangliang.flow.activities.tests.story import planned_for
from shangliang.flow.proposals import actions as proposals
from shangliang.flow.proposals.models import Proposal
from shangliang.flow.proposals.tests.story import TEXT
from shangliang.flow.voices.tests.conftest import Story
from stories.pages import Signed

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
HIDDEN = "我叫王秀英，住七里巷三号，巷口的灯坏了"


@pytest.fixture
def voice(world):
    return Story(world).leave(words=HIDDEN)


def test_a_proposal_begins_at_the_voice_and_both_pages_link(world, client, voice):
    person = Signed(client, world)
    link = reverse("workbench:proposal_write") + f"?voice={voice.code}"
    assert link in person("member").get("desk:voice", voice.code).text
    page = client.get(link).text
    assert voice.number in page
    assert "王秀英" not in page
    assert "七里巷" not in page
    said = {**TEXT, "kind": "individual", "committee": world.county.code, "may_publish": "on"}
    wrong = person.post("workbench:proposal_write", voice=voice.code, **{**said, "title": ""})
    assert wrong.status_code == 422
    assert f'name="voice" value="{voice.code}"' in wrong.text, "a slip does not lose where it came from"
    assert person.post("workbench:proposal_write", voice=voice.code, **said).status_code == 302
    made = Proposal.objects.get()
    assert made.voice == voice
    assert reverse("desk:voice", args=[voice.code]) in person.get("workbench:proposal", made.code).text
    desk = person("officer")
    assert made.code not in desk.get("desk:voice", voice.code).text, "a draft is its writer's own"
    proposals.send(made.code, by=world.member, seen=made.version)
    assert reverse("desk:proposal", args=[made.code]) in desk.get("desk:voice", voice.code).text
    assert reverse("desk:voice", args=[voice.code]) in desk.get("desk:proposal", made.code).text
    own = person("member").get("desk:voice", voice.code).text
    assert reverse("workbench:proposal", args=[made.code]) in own


def test_an_activity_begins_at_the_voice_and_both_pages_link(world, client, voice):
    person = Signed(client, world)("convener")
    link = reverse("desk:activity_plan") + f"?voice={voice.code}"
    assert link in person.get("desk:voice", voice.code).text
    page = client.get(link).text
    assert voice.number in page
    assert "王秀英" not in page
    wrong = person.post("desk:activity_plan", voice=voice.code)
    assert wrong.status_code == 422
    assert f'name="voice" value="{voice.code}"' in wrong.text
    made = activities.plan(world.studio, by=world.convener, said=planned_for(), voice=voice.code)
    assert made.code not in person.get("desk:voice", voice.code).text, "as long as it is only a plan"
    activities.announce(made.code, by=world.convener, seen=made.version)
    assert reverse("desk:activity", args=[made.code]) in person.get("desk:voice", voice.code).text
    assert voice.number in person.get("desk:activity", made.code).text


def test_a_voice_of_another_place_begins_nothing(world, client):
    far = Story(world).leave(studio=world.far_studio, words="邻县桥上有个洞。")
    person = Signed(client, world)
    person("member")
    assert client.get(reverse("workbench:proposal_write") + f"?voice={far.code}").status_code == 404
    person("convener")
    assert client.get(reverse("desk:activity_plan") + f"?voice={far.code}").status_code == 404
    assert not Proposal.objects.exists()
    assert not Activity.objects.exists()
