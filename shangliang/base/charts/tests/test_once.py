import secrets

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from shangliang.base.charts.models import Reply
from shangliang.base.charts.once import forget_old, once
from shangliang.base.places import actions
from shangliang.base.places.models import SpecialCommittee


@pytest.fixture
def send(world):
    """Send one form, as the officer, to a view that adds a special committee."""

    @once
    def view(request):
        if request.POST["name"] == "坏":
            return HttpResponse(status=422)
        if request.POST["name"] == "炸":
            actions.add(SpecialCommittee, world.county, "写了一半")
            raise ValidationError("不行")
        SpecialCommittee.objects.create(committee=world.county, name=request.POST["name"])
        return HttpResponseRedirect("/done/")

    def sending(name, key):
        request = RequestFactory().post("/form/", {"name": name, "key": key})
        request.user = world.accounts["officer"]
        return view(request)

    return sending


def names():
    return set(SpecialCommittee.objects.values_list("name", flat=True))


def test_a_form_sent_twice_works_once_and_is_answered_alike(send):
    key = secrets.token_urlsafe(16)
    answers = [send("提案委", key) for _ in range(3)]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, "/done/")}
    assert names() == {"提案委"}


def test_the_answer_is_found_before_photos_are_prepared_again(send, monkeypatch):
    prepared = []
    monkeypatch.setattr("shangliang.base.charts.once._before", lambda names: [prepared.append])
    key = secrets.token_urlsafe(16)
    assert [send("提案委", key).status_code for _ in range(3)] == [302, 302, 302]
    assert len(prepared) == 1


def test_a_long_way_to_go_on_is_kept_whole(world):
    where = "/done/?" + "x" * 400
    request = RequestFactory().post("/form/", {"key": secrets.token_urlsafe(16)})
    request.user = world.accounts["officer"]
    view = once(lambda request: HttpResponseRedirect(where))
    assert [view(request)["Location"] for _ in range(2)] == [where, where]


def test_another_text_under_the_same_key_is_not_taken(send):
    key = secrets.token_urlsafe(16)
    send("提案委", key)
    assert send("社法委", key).status_code == 422
    assert names() == {"提案委"}


def test_a_form_without_a_key_is_sent_back(send):
    assert send("提案委", "").status_code == 422
    assert names() == set()


def test_a_refused_form_may_be_mended_under_the_same_key(send):
    key = secrets.token_urlsafe(16)
    assert send("坏", key).status_code == 422
    assert send("提案委", key).status_code == 302


def test_what_a_failing_view_wrote_is_taken_back(send):
    with pytest.raises(ValidationError):
        send("炸", secrets.token_urlsafe(16))
    assert names() == set()
    assert not Reply.objects.exists()


def test_old_replies_go(send):
    send("提案委", secrets.token_urlsafe(16))
    assert forget_old() == 0
    from datetime import timedelta

    from shangliang.base import clock

    with clock.at(clock.now() + timedelta(hours=49)):
        assert forget_old() == 1
