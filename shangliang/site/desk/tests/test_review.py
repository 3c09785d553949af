"""What may be shown: looked over by the convener or an officer, kept back only for a listed reason."""

from secrets import token_urlsafe

import pytest
from django.urls import reverse

from shangliang.base.journal.models import Act
from shangliang.base.review.models import Review
from stories.pages import leave

WHY = {"reason": "personal", "detail": "「赵某某」三个字"}


@pytest.fixture
def voice(world):
    return leave(world.studio, "村医赵某某常不在，打电话也不接", public=True)


def reviewed(voice):
    voice.refresh_from_db()
    return voice.review


@pytest.mark.parametrize("name", ["convener", "deputy", "officer"])
def test_shown(voice, at_desk, name):
    assert voice.code in at_desk(name).get("desk:review").text
    item = at_desk.get("desk:review_item", "voice", voice.code)
    assert "村医赵某某常不在" in item.text
    assert at_desk.post("desk:review_move", "voice", voice.code, "show").status_code == 302
    assert reviewed(voice) == Review.SHOWN
    assert voice.code not in at_desk.get("desk:review").text


def test_withheld_with_a_reason_and_shown_after_all(voice, at_desk):
    assert (
        at_desk("convener").post("desk:review_move", "voice", voice.code, "withhold", **WHY).status_code
        == 302
    )
    assert reviewed(voice) == Review.WITHHELD
    assert voice.state == "received"  # the matter goes on
    assert voice.code in at_desk("officer").get("desk:review", tab="voices_withheld").text
    assert "赵某某" in at_desk.get("desk:review_item", "voice", voice.code).text
    assert at_desk.post("desk:review_move", "voice", voice.code, "show", seen=2).status_code == 302
    assert reviewed(voice) == Review.SHOWN


@pytest.mark.parametrize("fault", [{"reason": ""}, {"reason": "criticism"}, {"detail": ""}])
def test_no_reason_beside_the_list_and_none_without_words(voice, at_desk, fault):
    page = at_desk("officer").post("desk:review_move", "voice", voice.code, "withhold", **WHY | fault)
    assert page.status_code == 422
    assert reviewed(voice) == Review.WAITING


def test_a_fault_is_no_success_in_the_pane_either(voice, at_desk):
    address = reverse("desk:review_move", args=["voice", voice.code, "withhold"])
    said = {"key": token_urlsafe(16), "seen": 1}
    page = at_desk("officer").client.post(address, said, headers={"HX-Request": "true"})
    assert page.status_code == 422
    assert "<!doctype" not in page.text.lower()


def test_a_stale_look_changes_nothing(voice, at_desk):
    at_desk("convener").post("desk:review_move", "voice", voice.code, "show")
    page = at_desk("officer").post("desk:review_move", "voice", voice.code, "withhold", **WHY)
    assert page.status_code == 409
    assert "赵某某" in page.text
    assert reviewed(voice) == Review.SHOWN


def test_not_for_others(voice, at_desk):
    acts = Act.objects.count()
    for name, status in {
        "member": 403, "leader": 403, "auditor": 403,
        "other_convener": 404, "neighbour_officer": 404, "city_officer": 404, "handler": 404, "member2": 404,
    }.items():  # fmt: skip
        for move in ("show", "withhold"):
            found = at_desk(name).post("desk:review_move", "voice", voice.code, move, **WHY)
            assert (name, move, found.status_code) == (name, move, status)
    for name in ("member", "leader", "handler"):
        assert at_desk(name).get("desk:review").status_code == 403
    assert at_desk("officer").post("desk:review_move", "voice", voice.code, "mend").status_code == 404
    assert at_desk("officer").get("desk:review_item", "picture", voice.code).status_code == 404
    assert Act.objects.count() == acts
