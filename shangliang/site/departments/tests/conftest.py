import pytest

from stories.pages import Signed


@pytest.fixture
def handling(world, client):
    return Signed(client, world)
