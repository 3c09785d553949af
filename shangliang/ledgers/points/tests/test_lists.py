"""Lists of acts as offices keep them: what is read, what is named as wrong."""

from datetime import date

import pytest

from shangliang.ledgers.points import lists, tariff

HEAD = ["member", "act", "role", "date", "group", "quantity"]


def read(*rows, head=HEAD, by="tongcheng-2019"):
    return lists.read([head, *(row.split(",") for row in rows)], tariff.called(by))


def test_names_and_words_alike_in_any_order_of_columns():
    head = ["日期", "委员", "角色", "事项"]
    deeds, faults = read("2019/3/1,王 明,出席,全体会议", "2019年3月2日,王明,present,plenary", head=head)
    assert not faults
    assert [(d.member, d.act, d.role, d.day, d.quantity, d.ref) for d in deeds] == [
        ("王明", "plenary", "present", date(2019, 3, 1), 1, 2),
        ("王明", "plenary", "present", date(2019, 3, 2), 1, 3),
    ]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (",plenary,present,2019-03-01", "委员"),
        ("王明,plenery,present,2019-03-01", "plenery"),
        ("王明,plenary,lead,2019-03-01", "present（出席）、leave（请假）"),
        ("王明,plenary,present,2019-02-30", "2019-02-30"),
        ("王明,plenary,present,", "日期"),
        ("王明,plenary,present,2019-03-01,,0", "数量"),
        ("王明,plenary,present,2019-03-01,,1.5", "数量"),
        ("王明,plenary,present,2019-03-01,,1,又一格", "逗号"),
        ("王明,proposal,part,2019-03-01", "group"),
        ("王明,proposal,part,2019-03-01,P1", "没有领衔的人"),
        ("王明,proposal,lead,2019-03-01,P1,2", "数量只能写 1"),
    ],
)
def test_a_bad_row_is_named_with_its_line(row, word):
    _, faults = read("李红,plenary,present,2019-03-01", "", row)
    assert [fault.line for fault in faults] == [4]
    assert word in faults[0].why


def test_two_who_lead_one_thing():
    _, faults = read("王明,proposal,lead,2019-03-01,P1", "李红,proposal,lead,2019-03-01,P1")
    assert "2 位" in faults[0].why


def test_only_what_is_divided_needs_a_group():
    assert not read("王明,proposal,part,2019-03-01", by="minhang")[1]


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (["member", "act", "role"], "date（日期）"),
        (["member", "act", "role", "date", "point"], "point"),
        (["member", "act", "role", "date", "委员"], "两个"),
        ([""], "member（委员）"),
    ],
)
def test_a_bad_head(head, word):
    _, [fault] = read("王明,plenary,present,2019-03-01", head=head)
    assert fault.line == 1
    assert word in fault.why


def test_nothing_to_reckon():
    assert [fault.line for fault in read()[1]] == [1]
    assert [fault.line for fault in lists.read([], tariff.called("minhang"))[1]] == [1]


def test_years_stand_apart():
    deeds, _ = read("王明,activity,present,2018-12-31,,6", "王明,activity,present,2019-01-01,,1")
    found = lists.tried(tariff.called("tongcheng-2019"), deeds).accounts
    assert [(one.year, one.reckoned.total) for one in found] == [(2018, 1000), (2019, 200)]
