"""Over HTTP: a level to which a voice came gives it to its own departments, or passes it to a neighbour."""

import pytest

from stories.leveled import departments
from stories.pages import leave

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WHY = {"words": "这条路归市里管，县里动不了"}


@pytest.fixture
def voice(world, at_desk):
    """At the city, which has three departments."""
    departments(world)
    found = leave(world.studio, "城关大桥的路面塌了一块", phone="13812345678")
    at_desk("officer").move(found, "take_up")
    at_desk.move(found, "send_up", **WHY)
    return found


def state(voice):
    voice.refresh_from_db()
    return voice.state


def at_door(at_desk, name, voice, move, **said):
    """A move at the departments' door."""
    at_desk(name)
    voice.refresh_from_db()
    return at_desk.post("departments:voice_move", voice.code, move, seen=voice.version, **said)


def test_the_city_assigns_and_its_department_gives_it_back_to_the_city(world, voice, at_desk):
    form = at_desk("city_officer").get("desk:voice", voice.code, form="assign").text
    assert "市住建局" in form
    assert "城管局" not in form  # of the county
    wrong = at_desk.move(voice, "assign", department=world.lamps.code)
    assert wrong.status_code == 422
    done = at_desk.move(voice, "assign", department=world.streets.code, beside=world.water.code)
    assert done.status_code == 302
    assert state(voice) == "assigned"
    page = at_desk.get("desk:voice", voice.code).text
    assert "市住建局" in page
    assert "（已退回）" not in page
    assert "move-call_off" in page
    assert at_desk("officer").move(voice, "call_off", department=world.water.code, **WHY).status_code == 403
    assert at_desk("of_parks").get("departments:voice", voice.code).status_code == 404
    assert at_desk("handler").get("departments:voice", voice.code).status_code == 404
    assert voice.code in at_desk("of_streets").get("departments:list").text
    page = at_desk.get("departments:voice", voice.code).text
    assert voice.words in page
    assert "move-return_to_office" in page
    assert "move-send_back" not in page
    assert at_door(at_desk, "of_streets", voice, "return_to_office", words="").status_code == 422
    back = at_door(at_desk, "of_streets", voice, "return_to_office", words="不归住建管，归园林管")
    assert back.status_code == 302
    assert state(voice) == "sent_up"
    assert voice.code in at_desk("city_officer").get("desk:queue", tab="in_hand").text


def test_the_city_passes_it_across_and_gets_it_back(world, voice, at_desk):
    form = at_desk("city_officer").get("desk:voice", voice.code, form="pass_down").text
    assert f'value="{world.neighbour.code}"' in form
    assert f'value="{world.county.code}"' not in form  # there it goes back, with another move
    assert at_desk.move(voice, "pass_down", to=world.county.code, **WHY).status_code == 422
    assert at_desk("neighbour_officer").get("desk:voice", voice.code).status_code == 404
    assert at_desk("city_officer").move(voice, "pass_down", to=world.neighbour.code, **WHY).status_code == 302
    page = at_desk("neighbour_officer").get("desk:voice", voice.code).text
    assert voice.words in page
    assert "move-return_across" in page
    assert "move-send_down" not in page
    assert at_desk("officer").get("desk:voice", voice.code).status_code == 200
    gone = at_desk("neighbour_officer").move(voice, "return_across", listed="tab=in_hand", **WHY)
    assert gone.status_code == 302
    assert gone["Location"] == "/desk/?tab=in_hand"
    assert at_desk.client.get(gone["Location"]).status_code == 200  # where nothing of it stands any more
    assert at_desk.get("desk:voice", voice.code).status_code == 404
    assert at_desk("city_officer").move(voice, "answer", words="市里来修").status_code == 302
