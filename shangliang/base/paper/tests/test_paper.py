"""Sheets come out of a child process: words as letters, the same bytes each time, plain words where not."""

import logging
import re
from pathlib import Path

import pytest

from shangliang.base.paper import answers, press, setter
from shangliang.base.ui.codes import qr_path

from . import reading

SHEET = Path(__file__).with_name("sheet.typ")
TOKENS = press.HOUSE / "base/ui/static/ui/tokens.css"


def test_words_come_out_as_they_were_written_and_never_as_markup():
    words = '#read("/etc/passwd") *粗* $x^2$ #{1+1} \\ <标> 镕堃喆玥旻昇翀犇赟'
    pdf = press.printed(SHEET, {"words": words})
    assert reading.text(pdf).count("".join(words.split())) == 2  # in 黑体 and in 楷体
    assert "\ufffd" not in reading.text(pdf)


def test_the_same_data_give_the_same_bytes():
    once, again = (press.printed(SHEET, {"words": "一件"}, keep=False) for _n in range(2))
    assert once == again
    assert once != press.printed(SHEET, {"words": "两件"}, keep=False)


def test_a_sheet_is_made_once_while_it_stays_the_same_and_a_secret_one_is_kept_nowhere(monkeypatch):
    made = []
    monkeypatch.setattr(press, "_set", lambda template, data: made.append(data["words"]) or b"%PDF-")
    for words in ("同一张", "同一张", "另一张"):
        press.printed(SHEET, {"words": words})
    assert made == ["同一张", "另一张"]
    for _n in range(2):
        press.printed(SHEET, {"words": "查询码"}, keep=False)
    assert made[2:] == ["查询码", "查询码"]


def test_a_phone_reads_the_code_at_level_q():
    pdf = press.printed(SHEET, {"words": "码", "qr": qr_path("https://shangliang.example.cn/track/")})
    for dpi in (100, 150, 300):
        assert [(c.text, c.level) for c in reading.codes(pdf, dpi)] == [
            ("https://shangliang.example.cn/track/", "Q")
        ]


def test_where_no_chinese_type_is_the_page_says_whom_to_ask(monkeypatch, rf, caplog, tmp_path):
    monkeypatch.setattr("sys.executable", str(_typeless(tmp_path)))
    with pytest.raises(press.NoFacesError):
        press.printed(SHEET, {"words": "没有字体"}, keep=False)
    assert "fonts-noto-cjk" in caplog.text
    response = answers.answer(rf.get("/"), SHEET, {"words": "没有字体"}, name="纸", keep=False)
    assert response.status_code == 503
    assert "没有中文字体" in response.content.decode()


def _typeless(folder: Path) -> Path:
    """A child that finds no family."""
    path = folder / "typeless"
    path.write_text("#!/bin/sh\nexit 3\n")
    path.chmod(0o755)
    return path


def test_what_is_installed_is_chosen_and_what_is_needed_is_missed():
    assert "song" not in setter.faces(["DejaVu Sans", "LXGW WenKai"])
    some = setter.faces(["Noto Serif CJK SC", "Noto Sans CJK SC", "FangSong_GB2312"])
    assert some["fangsong"] == ["FangSong_GB2312"]
    assert some["kai"] == ["Noto Serif CJK SC"]  # a free 宋 before a blank box


def test_a_sheet_that_never_ends_is_ended(monkeypatch, caplog):
    monkeypatch.setattr(press, "PATIENCE", 2)
    with caplog.at_level(logging.ERROR), pytest.raises(press.PrintError):
        press.printed(SHEET, {"words": "没完没了", "loops": True}, keep=False)
    assert "没完没了" not in caplog.text  # what a sheet says is nobody's who reads the log


def test_the_answer_is_a_file_that_no_cache_keeps(rf):
    response = answers.answer(rf.get("/"), SHEET, {"words": "一张纸"}, name="城关镇委员工作室")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]


def test_paper_has_the_colours_of_the_site():
    css = dict(
        re.findall(r"--([a-z]+-\d+): (#[0-9A-F]{6})", TOKENS.read_text("utf-8").split("[data-mode")[0])
    )
    typ = (press.HOUSE / "base/paper/typst/tokens.typ").read_text("utf-8")
    mine = dict(re.findall(r'#let ([a-z]+-\d+) = rgb\("(#[0-9A-F]{6})"\)', typ))
    mine.pop("line-1")
    assert len(mine) > 9
    assert mine == {name: css[name] for name in mine}
