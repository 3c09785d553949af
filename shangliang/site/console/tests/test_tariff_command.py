"""manage.py tariff: an office tries its own list. No test here may touch a database."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shangliang.ledgers.points import tariff

ROWS = """member,act,role,date,group,quantity
王明,plenary,present,2019-01-10,,
王明,全体会议,请假,2019-01-12,,
王明,proposal,lead,2019-02-01,桥,
李红,proposal,part,2019-02-01,桥,
赵强,proposal,part,2019-02-01,桥,
孙丽,proposal,part,2019-02-01,桥,
李红,public_good,present,2019-03-01,,2
"""


def run(*words):
    out, err = StringIO(), StringIO()
    call_command("tariff", *map(str, words), stdout=out, stderr=err)
    return out.getvalue()


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "acts.csv"
    path.write_text(ROWS, "utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_in_any_of_the_offices_encodings(table, encoding):
    table.write_text(ROWS.replace("\n", "\r\n"), encoding, newline="")
    said = json.loads(run("tongcheng-2019", table, "--json"))
    totals = {one["member"]: one["total"] for one in said["members"]}
    assert totals == {"王明": 5000 + 500, "李红": 166, "赵强": 166, "孙丽": 166}
    assert said["rests"] == [{"rule": "proposal", "group": "桥", "points": 2}]
    leader = next(one for one in said["members"] if one["member"] == "王明")
    leave = leader["entries"][1]
    assert (leave["line"], leave["rule"], leave["points"], leave["counted"]) == (3, "plenary_leave", 3000, 0)
    assert leave["cuts"] == [{"by": "group", "label": "超过「全体会议」合计上限", "points": 3000}]
    assert (leader["grade"], leader["passed"], leader["minimum_met"]) == (None, False, None)
    other = next(one for one in said["members"] if one["member"] == "李红")
    assert (other["entries_not_given"], other["entries"][1]["points"]) == (1, None)


def test_the_same_in_words(table):
    said = run("tongcheng-2019", table)
    assert "第 4 行　2019-02-01　提案·领衔（桥）　+5.00　提案" in said
    assert "合计　55.00" in said
    assert "「桥」提案分不尽的 0.02 分" in said
    assert "等次　没有给出　及格线　不及格" in said


def test_a_minimum_that_is_not_met_and_a_part_with_its_ceiling(table):
    said = run("jinan-2015", table)
    assert "基础分　60.00（起始 70.00，加 0.00，减 10.00，最多 70.00）" in said
    assert "最低要求　一次视察调研：没有做到（要 1，有 0）" in said


def test_bad_rows_are_named_and_nothing_is_reckoned(table, capsys):
    table.write_text(ROWS + "王明,plenery,present,2019-01-10\n王明,plenary,present,不记得\n", "utf-8")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("tariff", "tongcheng-2019", str(table), stdout=out, stderr=err)
    assert refused.value.returncode == 1
    assert out.getvalue() == ""
    assert [line[:5] for line in err.getvalue().splitlines()] == ["第 9 行", "第 10 "]
    assert "plenery" in err.getvalue()


def test_the_lists_of_tariffs_and_acts():
    known = json.loads(run("--list", "--json"))
    assert {one["name"]: (one["place"], one["year"], one["kind"]) for one in known}["minhang"] == (
        "上海市闵行区",
        None,
        "real",
    )
    assert all(one["source"] for one in known)
    assert [one["kind"] for one in known].count("sample") == 1
    said = json.loads(run("tongcheng-2019", "--acts", "--json"))
    pairs = {(one["act"], one["role"]): one["rules"] for one in said["acts"]}
    assert pairs["proposal", "lead"][0]["shared"] == "leader_half"
    assert pairs["public_good", "present"][0]["points"] is None
    assert pairs["plenary", "absent"][0]["points"] == 0
    assert "没有给出" in run("tongcheng-2019", "--acts")
    assert "哪年没有给出" in run("--list")


def test_every_act_that_is_listed_is_read(tmp_path):
    for one in tariff.tariffs():
        path = tmp_path / f"{one.name}.csv"
        rows = json.loads(run(one.name, "--acts", "--json"))["acts"]
        alone = [row for row in rows if not any(rule["shared"] == "leader_half" for rule in row["rules"])]
        lines = [f"甲,{row['act']},{row['role']},2026-01-02" for row in alone]
        path.write_text("\n".join(["member,act,role,date", *lines]), "utf-8")
        said = json.loads(run(one.name, path, "--json"))
        assert {entry["line"] for entry in said["members"][0]["entries"]} == set(range(2, len(lines) + 2))


def test_a_tariff_of_ones_own(tmp_path, table):
    ours = tmp_path / "ours.yaml"
    text = (tariff.PRESETS / "tongcheng-2019.yaml").read_text("utf-8")
    ours.write_text(text.replace("points: 5000", "points: 4000"), "utf-8")
    totals = {one["member"]: one["total"] for one in json.loads(run(ours, table, "--json"))["members"]}
    assert totals["王明"] == 4000 + 1000 + 500  # the leave fills up to the group's 50
    ours.write_text(text.replace("points: 5000", "points: 50.5"), "utf-8")
    with pytest.raises(CommandError, match="整数"):
        run(ours, table)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--list"),
        (("nowhere",), "tongcheng-2019"),
        (("minhang",), "--acts"),
        (("minhang", "no-such.csv"), "no-such.csv"),
    ],
)
def test_what_is_missing_is_said(words, said):
    with pytest.raises(CommandError, match=said):
        run(*words)


def test_a_file_that_is_no_table(table):
    table.write_bytes(b"\xff\xfe\x00\x81\x00")
    with pytest.raises(CommandError):
        run("minhang", table)
