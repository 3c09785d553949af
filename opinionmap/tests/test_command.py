"""The command, its files and its words."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from opinionmap import ballots, files
from opinionmap.command import main

from .made import as_rows, planted


@pytest.fixture
def votes(tmp_path):
    arrays, _ = planted(80, 20, 2, 0.7, sizes=(50, 30))
    return written(tmp_path, "votes.csv", "participant,statement,vote", as_rows(arrays))


def written(folder, name, header, rows, *, start=""):
    path = folder / name
    path.write_text(start + "\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n", "utf-8")
    return path


def run(capsys, *arguments):
    code = main([str(each) for each in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_summary_in_both_languages(capsys, votes):
    code, chinese, _ = run(capsys, votes, "--language", "zh")
    assert code == 0
    assert "2 个群体，80 人在内" in chinese
    assert "群体 0：50 人（62%）" in chinese
    _, english, _ = run(capsys, votes, "--language=en")
    assert "2 groups with 80 people" in english
    assert "Group 1: 30 people (38%)" in english


def test_the_machine_speaks_english(capsys, votes, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "What most agree" in run(capsys, votes)[1]
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "大家都赞成" in run(capsys, votes)[1]


def test_statements_with_texts_and_meta(capsys, votes, tmp_path):
    rows = [(n, 1, "", "") for n in range(18)] + [(18, -1, "", ""), (19, 0, 1, "")]
    rows[0] = (0, 1, 0, '"修路灯，\n先修巷口"')
    path = written(tmp_path, "s.csv", "statement,moderated,meta,text", rows, start="\ufeff")
    code, said, _ = run(capsys, votes, "--statements", path, "--json")
    told = json.loads(said)
    assert code == 0
    assert told["left_out"]["statements"] == {"18": "rejected", "19": "meta"}
    assert [19, 49.0] in told["priority"]
    _, said, _ = run(capsys, votes, "--statements", path)
    assert "未计入的陈述 2 条" in said
    assert "0 修路灯， 先修巷口：" in said
    _, said, _ = run(capsys, votes, "--statements", path, "--strict", "--rejected", "drop", "--json")
    assert json.loads(said)["left_out"]["statements"]["18"] == "rejected"


def test_json_has_what_it_should(capsys, votes):
    told = json.loads(run(capsys, votes, "--json")[1])
    assert list(told) == [
        "groups", "k", "consensus", "group_aware", "representative", "priority", "pc1", "pc2", "left_out",
    ]  # fmt: skip
    assert set(told["groups"].values()) == {0, 1}
    assert set(told["pc1"]) == {str(n) for n in range(20)}
    assert all(side in ("agree", "disagree") for held in told["representative"].values() for _, side in held)


def test_given_groups_whose_names_are_words(capsys, votes, tmp_path):
    path = written(
        tmp_path, "g.csv", "participant,group", [(n, "north" if n < 50 else "south") for n in range(70)]
    )
    with path.open("a", encoding="utf-8") as file:
        file.write("70,\n999,north\n")
    told = json.loads(run(capsys, votes, "--groups", path, "--json")[1])
    assert told["k"] == 2
    assert list(told["representative"]) == ["north", "south"]
    assert told["groups"]["70"] is None
    assert "999" not in told["groups"]


def test_a_picture(capsys, votes, tmp_path):
    for language in ("zh", "en"):
        assert run(capsys, votes, "--svg", tmp_path / "map.svg", "--language", language)[0] == 0
        text = (tmp_path / "map.svg").read_text("utf-8")
        root = ElementTree.fromstring(text)  # noqa: S314, our own
        assert root.get("role") == "img"
        assert "style=" not in text
        assert text.count("<ellipse") == 2
    assert "Group 0: 50 people" in text
    assert text.count('fill-opacity="') >= 2


def test_a_picture_that_cannot_be_written(capsys, votes, tmp_path):
    code, _, said = run(capsys, votes, "--svg", tmp_path / "nowhere" / "map.svg")
    assert code == 2
    assert "map.svg" in said


def test_words_as_ids(capsys, tmp_path):
    path = written(
        tmp_path, "v.csv", "participant,statement,vote", [("a", "01", 1), ("b", "1", "+1"), ("b", "x", -1)]
    )
    told = json.loads(run(capsys, path, "--json")[1])
    assert set(told["pc1"]) == {"01", "1", "x"}
    assert (told["k"], told["groups"]) == (0, {"a": None, "b": None})
    assert "还分不出群体：投满 3 票的只有 0 人，至少要 15 人" in run(capsys, path)[1]


def test_people_who_vote_alike(capsys, tmp_path):
    path = written(
        tmp_path, "v.csv", "participant,statement,vote", [(p, s, 1) for p in range(20) for s in range(9)]
    )
    assert "people voted much alike" in run(capsys, path, "--language", "en")[1]


def test_an_empty_file_with_a_header(capsys, tmp_path):
    code, said, _ = run(
        capsys, written(tmp_path, "v.csv", "participant,statement,vote", []), "--language", "en"
    )
    assert code == 0
    assert "0 participants" in said
    assert "nothing" in said


BAD = {
    "line 1: there is no column vote": b"participant,statement\n1,2\n",
    "line 1: there is no column participant, statement, vote": b"",
    "line 3: vote is '2', not one of 1, 0, -1": b"participant,statement,vote\n1,1,1\n1,2,2\n",
    "line 2: vote is 'yes'": b"participant,statement,vote\n1,1,yes\n",
    "line 3: participant is blank": b"participant,statement,vote\n\n ,1,1\n",
    "line 2: statement is blank": b"participant,statement,vote\n1,,1\n",
    "line 2: 2 fields, not 3": b"participant,statement,vote\n1,1\n",
    "line 4: 4 fields, not 3": b'participant,statement,vote\n"a\nb",1,1\n1,1,1,1\n',
    "line 2: is no CSV": b'participant,statement,vote\n"a"b,1,1\n',
    "is not in UTF-8": "participant,statement,vote\n张,1,1\n".encode("gb18030"),
}


@pytest.mark.parametrize("said", BAD)
def test_bad_votes_name_their_line(capsys, tmp_path, said):
    path = tmp_path / "v.csv"
    path.write_bytes(BAD[said])
    code, out, told = run(capsys, path, "--language", "en")
    assert (code, out) == (2, "")
    assert f"{path}" in told
    assert said in told
    assert str(path) in run(capsys, path)[2]


def test_bad_lines_are_told_in_chinese(capsys, tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(b"participant,statement,vote\n1,1,7\n")
    assert "第 2 行：vote 是「7」，应为 1, 0, -1" in run(capsys, path)[2]


def test_files_that_are_not_there(capsys, tmp_path, votes):
    assert "can't be opened" in run(capsys, tmp_path / "none.csv", "--language", "en")[2]
    assert run(capsys, votes, "--statements", tmp_path / "none.csv")[0] == 2


def test_the_same_statement_or_participant_twice(capsys, tmp_path, votes):
    path = written(tmp_path, "s.csv", "statement,moderated", [(1, 1), (1, -1)])
    assert (
        "line 3: statement 1 stands there twice"
        in run(capsys, votes, "--statements", path, "--language", "en")[2]
    )
    path = written(tmp_path, "g.csv", "participant,group", [(1, 1), (1, 0)])
    assert "participant 1 写了两遍" in run(capsys, votes, "--groups", path)[2]


def test_too_many_are_told_where(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_STATEMENTS", 2)
    path = written(tmp_path, "v.csv", "participant,statement,vote", [(1, n, 1) for n in range(5)])
    with pytest.raises(files.BadFile, match="line 4: more than 100,000 participants or 2 statements"):
        files.votes(path)
    assert ballots.MOST_STATEMENTS == 4_096


def test_as_a_module(capsys, votes, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["opinionmap", str(votes), "--json"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("opinionmap", run_name="__main__")
    assert ended.value.code == 0
    runpy.run_module("opinionmap.__main__", run_name="looked at")


def test_from_a_shell(votes):
    root = Path(__file__).resolve().parents[2]
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    command = [sys.executable, "-m", "opinionmap", votes, "--json"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["k"] == 2
