import pytest

from stories.pages import Signed

DOORS = {
    "officer": "/desk/", "convener": "/desk/", "deputy": "/desk/", "handler": "/handle/", "leader": "/lead/",
    "member": "/work/", "member2": "/work/", "auditor": "/data/990101/", "operator": "/notices/outbox/",
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_signed_in_one_comes_to_where_the_work_is(world, client, name):
    assert Signed(client, world)(name).get("portal:mine")["Location"] == DOORS[name]


def test_a_stranger_signs_in_first(db, client):
    assert client.get("/mine/")["Location"] == "/accounts/login/?next=/mine/"
