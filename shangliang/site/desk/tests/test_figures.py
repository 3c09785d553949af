"""/desk/figures/: an officer reports totals and links the committee's own records to them."""

import secrets

import pytest

from shangliang.ledgers.figures.models import Evidence, ReportedTotal
from stories import world_topics

SAID = {"metric": "problems_solved", "value": "6", "period": "2025年", "source": "2025 年工作总结"}


def post(client, address, **said):
    return client.post(address, {**said, "key": secrets.token_urlsafe(16)})


@pytest.fixture
def at_desk(client, world):
    client.force_login(world.accounts["officer"])
    return client


def test_an_officer_reports_a_total_and_the_public_sees_it(at_desk, world):
    assert post(at_desk, "/desk/figures/report/", **SAID).status_code == 302
    total = ReportedTotal.objects.get()
    assert (total.value, total.unit, total.committee) == (6, "problem", world.county)
    assert "推动解决难题" in at_desk.get("/desk/figures/").content.decode()
    assert "有据 0/6" in at_desk.get("/data/990101/").content.decode()


def test_what_is_lacking_is_said_and_what_was_typed_is_kept(at_desk, world):
    answer = post(at_desk, "/desk/figures/report/", **SAID | {"source": ""})
    assert answer.status_code == 422
    assert "2025年" in answer.content.decode()
    assert not ReportedTotal.objects.exists()


def test_a_total_is_corrected_by_a_new_one(at_desk, world):
    post(at_desk, "/desk/figures/report/", **SAID)
    old = ReportedTotal.objects.get()
    assert "2025 年工作总结" in at_desk.get(f"/desk/figures/?replaces={old.code}").content.decode()
    post(at_desk, "/desk/figures/report/", **SAID, replaces=old.code)
    assert ReportedTotal.objects.get(replaces=old).value == 6


def test_own_records_are_linked_others_are_not(at_desk, world):
    post(at_desk, "/desk/figures/report/", **SAID)
    total = ReportedTotal.objects.get()
    voice = world_topics.a_voice(world)
    page = at_desk.get(f"/desk/figures/?total={total.code}").content.decode()
    assert voice.title in page
    address = f"/desk/figures/{total.code}/link/"
    assert post(at_desk, address, subject=voice.subject).status_code == 302
    assert Evidence.objects.get().subject == voice.subject
    refused = post(at_desk, address, subject="voice:0000000000")
    assert refused.status_code == 422
    assert "本级政协自己的记录" in refused.content.decode()
    assert "有据 1/6" in at_desk.get("/data/990101/").content.decode()


def test_a_nul_is_no_record_and_no_total(at_desk, world):
    post(at_desk, "/desk/figures/report/", **SAID)
    total = ReportedTotal.objects.get()
    assert post(at_desk, f"/desk/figures/{total.code}/link/", subject="voice:\0").status_code == 422
    assert post(at_desk, "/desk/figures/report/", **SAID, replaces="\0no").status_code == 422


def test_only_officers_come_in_and_only_to_their_own(client, at_desk, world):
    post(at_desk, "/desk/figures/report/", **SAID)
    total = ReportedTotal.objects.get()
    for name in ("convener", "member", "handler", "leader", "auditor"):
        client.force_login(world.accounts[name])
        assert client.get("/desk/figures/").status_code == 403
        assert post(client, "/desk/figures/report/", **SAID).status_code == 403
    client.force_login(world.accounts["neighbour_officer"])
    assert client.get(f"/desk/figures/?total={total.code}").status_code == 404
    voice = world_topics.a_voice(world)
    assert post(client, f"/desk/figures/{total.code}/link/", subject=voice.subject).status_code == 403
    assert not Evidence.objects.exists()
