"""A voice told in person: written down once, by whoever belongs to the studio, its code handed over once."""

import re
import secrets

import pytest

from shangliang.base import clock
from shangliang.base.journal.codes import meant
from shangliang.flow.voices import queries, tracking
from shangliang.flow.voices.models import Voice
from stories.pages import photo

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

TOLD = {"words": "儿子跟邻居为宅基地打官司，问政协能不能帮着说句话", "channel": "reception", "consent": "on"}


def told(world, **more):
    return TOLD | {"studio": world.studio.code, "said_on": clock.today().isoformat()} | more


@pytest.mark.parametrize("name", ["officer", "convener", "deputy", "member"])
def test_whoever_belongs_to_the_studio_writes_it_down(world, at_desk, name):
    answer = at_desk(name).post("desk:record", **told(world, phone="13812345678", photos=photo()))
    assert (answer.status_code, answer["Location"]) == (302, "/desk/record/slip/")
    voice = Voice.objects.get()
    assert (voice.channel, voice.consent, voice.recorded_by) == ("reception", True, world.accounts[name].key)
    slip = at_desk.client.get(answer["Location"])
    code = re.search(r'data-code="([^"]+)"', slip.text).group(1)
    assert queries.by_tracking_code(meant(code)) == voice
    assert voice.number in slip.text
    assert "no-store" in slip["Cache-Control"]
    again = at_desk.client.get(answer["Location"]).text
    assert code not in again
    assert "只显示一次" in again


def test_counted_once_when_the_form_is_sent_twice(world, at_desk):
    key = secrets.token_urlsafe(16)
    answers = [at_desk("convener").post("desk:record", key=key, **told(world)) for _ in range(2)]
    assert [a["Location"] for a in answers] == ["/desk/record/slip/"] * 2
    assert Voice.objects.count() == 1


def test_going_back_and_pressing_again_asks_whether_it_is_somebody_else(world, at_desk):
    desk = at_desk("convener")
    desk.post("desk:record", **told(world))
    back = desk.post("desk:record", **told(world))  # the page was drawn again, with a key of its own
    assert (back.status_code, Voice.objects.count()) == (422, 1)
    assert Voice.objects.get().number in back.text
    assert 'type="checkbox" name="again"' in back.text
    assert TOLD["words"] in back.text
    assert desk.post("desk:record", **told(world, again="on")).status_code == 302
    assert at_desk("member").post("desk:record", **told(world)).status_code == 302  # another one's own
    assert Voice.objects.count() == 3


def test_a_form_whose_answer_was_lost_gives_the_slip_when_it_is_sent_again(world, at_desk):
    key = secrets.token_urlsafe(16)
    desk = at_desk("convener")
    desk.post("desk:record", key=key, **told(world))
    desk.client.get("/desk/record/slip/")  # stands for the answer that the crash swallowed, session and all
    answer = desk.post("desk:record", key=key, **told(world))
    assert tracking.grouped(tracking.make(key)) in desk.client.get(answer["Location"]).text.upper()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"consent": ""}, "先问过本人"),
        ({"channel": ""}, "怎么说的"),
        ({"words": ""}, "写下他说的事"),
        ({"said_on": "2099-01-01"}, "今天，或一年以内"),
        ({"phone": "打我手机"}, "这个号码看着不对"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_kept(world, at_desk, fault, said):
    page = at_desk("officer").post("desk:record", **told(world, place="河口镇渠首村", **fault))
    assert page.status_code == 422
    assert said in page.text
    assert "河口镇渠首村" in page.text
    assert not Voice.objects.exists()


def test_not_in_a_studio_of_others(world, at_desk):
    assert at_desk("convener").post("desk:record", **told(world, studio=world.other.code)).status_code == 422
    assert at_desk("neighbour_officer").post("desk:record", **told(world)).status_code == 422
    for name in ("handler", "leader", "auditor", "member2"):
        assert at_desk(name).get("desk:record").status_code == 403
        assert at_desk(name).post("desk:record", **told(world)).status_code == 403
    assert not Voice.objects.exists()
