"""The next contact with the filers stands beside the answer's day, with the department and at the desk."""

from datetime import timedelta

from shangliang.base import clock
from shangliang.flow.proposals.tests.story import TEXT, assigned, part
from stories.pages import Signed


def test_a_contact_that_is_due_and_then_late(world, client):
    row = assigned(world)
    one = part(row, world.lamps)
    page = Signed(client, world)("handler").get("departments:proposals").text
    assert "办理前联系提案人" in page
    assert "还剩 15 个工作日" in page
    assert "下一次：办理前" in Signed(client, world)("handler").get("departments:proposal", one.code).text
    officer = Signed(client, world)("officer")
    assert "没有。办理前、办理中、答复后" in officer.get("desk:proposal_overdue").text
    assert "办理前联系提案人，最晚" in officer.get("desk:proposal", row.code).text
    with clock.at(clock.now() + timedelta(days=60)):
        page = Signed(client, world)("officer").get("desk:proposal_overdue").text
        assert "没有超期的" in page  # three months for the answer
        assert TEXT["title"] in page
        assert "督办" in officer.get("desk:proposal", row.code).text
