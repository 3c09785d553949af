"""`manage.py tariff`: try a points tariff on a plain list of acts. Writes nothing and asks no database."""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError

from shangliang.base.files import tables
from shangliang.ledgers.points import lists, tariff, telling
from shangliang.ledgers.points.tariff import Tariff

HELP = """拿一份积分标准，算一算自己的一张事项表。只算，不写，也不用数据库。

  manage.py tariff --list                 有哪些标准：名字、哪里、哪年、来源、真的还是样例
  manage.py tariff PRESET --acts          这份标准认得的事项和角色，各记多少分
  manage.py tariff PRESET ACTS.csv        按这份标准算：每一笔按哪一条、减了多少、各类、合计、等次、最低要求

PRESET 写标准的名字，或者自己写的一份 YAML 文件（怎么写见 docs/tariffs.md）。
ACTS.csv 是 UTF-8（带不带 BOM 都行）或 GB18030 的 CSV，也收 XLSX；第一行是表头，列的次序随意：

  member    委员      姓名或编号；同一个写法就是同一个人
  act       事项      --acts 列出的名字，写英文名或中文名都行
  role      角色      --acts 列出的角色
  date      日期      2019-03-01、2019/3/1 或 2019年3月1日；上限和等次按年算
  group     哪一件    可以不写。同一件联名提案，每个署名的人写一行，这一格写得一样
  quantity  数量      可以不写，就是 1；几个半天、几次

有一行不对，就写明第几行、为什么，什么也不算，退出码 1。分值在 JSON 里以百分之一分为单位：2500 是 25 分。
标准的来源没有说的，写「没有给出」，不编数字。"""


class Command(BaseCommand):
    help = HELP
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("preset", nargs="?", metavar="PRESET", help="标准的名字，或一份 YAML 文件")
        parser.add_argument("table", nargs="?", metavar="ACTS.csv", help="事项表")
        parser.add_argument("--list", action="store_true", help="有哪些标准")
        parser.add_argument("--acts", action="store_true", help="这份标准的事项和角色")
        parser.add_argument("--json", action="store_true", help="给程序读")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            known = sorted(tariff.tariffs(), key=lambda one: one.name)
            return self._say(options, [telling.about(one) for one in known], _listed(known))
        if not options["preset"]:
            raise CommandError("写上标准的名字，或者用 --list 看有哪些。")
        chosen = _chosen(options["preset"])
        if options["acts"]:
            said = {
                "tariff": telling.about(chosen),
                "points_in": "hundredths",
                "acts": telling.acts(chosen),
                "not_given": telling.gaps(chosen),
            }
            return self._say(options, said, telling.act_lines(chosen))
        if not options["table"]:
            raise CommandError("写上事项表的文件，或者用 --acts 看能写哪些事项。")
        deeds, faults = lists.read(_rows(Path(options["table"])), chosen)
        if faults:
            for fault in faults:
                self.stderr.write(f"第 {fault.line} 行：{fault.why}")
            raise CommandError(f"{len(faults)} 处不对，什么也没有算。")
        tried = lists.tried(chosen, deeds)
        return self._say(options, telling.told(tried), telling.lines(tried))

    def _say(self, options: dict[str, Any], said: object, words: Iterable[str]) -> None:
        text = json.dumps(said, ensure_ascii=False, indent=1) if options["json"] else "\n".join(words)
        self.stdout.write(text)


def _listed(known: Iterable[Tariff]) -> list[str]:
    return [line for one in known for line in telling.head(one)]


def _chosen(named: str) -> Tariff:
    try:
        if found := tariff.called(named):
            return found
        if (path := Path(named)).suffix in (".yaml", ".yml") and path.is_file():
            return tariff.read(path)
    except ValueError as fault:
        raise CommandError(str(fault)) from fault
    known = "、".join(sorted(one.name for one in tariff.tariffs()))
    raise CommandError(f"没有叫「{named}」的标准。有 {known}；自己写的，给 YAML 文件的路径。")


def _rows(path: Path) -> list[list[str]]:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise CommandError(f"读不了 {path}：{fault.strerror}") from fault
    try:
        return tables.rows(SimpleUploadedFile(path.name, raw))
    except ValidationError as fault:
        raise CommandError("".join(fault.messages)) from fault
