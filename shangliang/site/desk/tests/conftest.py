import pytest

from stories.pages import Signed


@pytest.fixture
def at_desk(world, client):
    return Signed(client, world)
