from shangliang.flow.studios import queries


def test_world(world):
    assert queries.door(world.studio.code).name == "城关委员工作室"
    assert [s.name for s in queries.search_place("草坪")[0]] == ["城关委员工作室"]
    assert [s.name for s in queries.search_place("老县")[0]] == ["老县镇委员工作室"]
    assert world.convener.holds("convener", studio=world.studio.code)
