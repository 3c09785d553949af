"""What the command says, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .kinds import Id
from .maps import Map
from .standing import AGREE, Held, Spoken

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Said:
    """One sentence in both languages."""

    zh: str
    en: str

    def __call__(self, language: str, **parts: object) -> str:
        return (self.zh if language == "zh" else self.en).format(**parts)


SIZE = Said(
    "{people} 人对 {statements} 条陈述投了 {votes} 票；{shown} 条计入。",
    "{people} participants, {statements} statements, {votes} votes; {shown} statements count.",
)
NO_GROUPS = Said("还分不出群体：{why}。", "No groups yet: {why}.")
FEW = Said(
    "投满 {least} 票的只有 {people} 人，至少要 {needed} 人",
    "{people} people gave {least} votes, {needed} are needed",
)
ALIKE = Said("大家投得差不多，或计入的陈述太少", "people voted much alike, or too few statements count")
GROUPS = Said(
    "{k} 个群体，{people} 人在内，{others} 人不在内。", "{k} groups with {people} people; {others} in none."
)
GROUP = Said("群体 {name}：{people} 人（{share:.0%}）", "Group {name}: {people} people ({share:.0%})")
HOLDS = Said(
    "  {side} {statement}：{agreed}/{voted}（其他人的 {ratio:.1f} 倍）",
    "  {side} {statement}: {agreed} of {voted} ({ratio:.1f} times the others)",
)
TOGETHER = Said("大家都{side}：", "What most {side}:")
SPOKEN = Said("  {statement}：{agreed}/{voted}", "  {statement}: {agreed} of {voted}")
NOTHING = Said("  没有", "  nothing")
ACROSS = Said("各群体都较赞成：{list}", "Agreed across groups: {list}")
NEXT = Said("接下来先给大家看：{list}", "To show next: {list}")
SIDES = {"agree": Said("赞成", "agree"), "disagree": Said("反对", "disagree")}
LEFT = Said("未计入的陈述 {count} 条。", "{count} statements left out.")
HELP = {
    "about": Said("从投票算出群体和共识。", "Groups and common ground from votes."),
    "votes": Said(
        "投票表：participant,statement,vote（1 赞成，0 略过，-1 反对）",
        "votes: participant,statement,vote (1 agree, 0 pass, -1 disagree)",
    ),
    "statements": Said(
        "陈述表：statement,moderated（1、0、-1），可有 meta、text 列",
        "statements: statement,moderated (1, 0, -1); meta and text where there are",
    ),
    "groups": Said("按给定的群体算：participant,group", "reckon for these groups: participant,group"),
    "json": Said("输出 JSON", "print JSON"),
    "svg": Said("把图存成 SVG", "draw the map as SVG"),
    "language": Said("说中文还是英文", "Chinese or English"),
    "rejected": Said(
        "被拒的陈述：算作 0（通行做法）或剔除", "rejected statements: counted as zero (published) or dropped"
    ),
    "strict": Said("只算审核通过的陈述", "only accepted statements count"),
}


def summary(found: Map, language: str, texts: Mapping[Id, str]) -> str:
    """The map in a page of text; `texts`: of statements, by id, where they are known."""
    return "\n".join(_lines(found, language, texts))


def _lines(found: Map, language: str, texts: Mapping[Id, str]) -> Iterator[str]:
    yield SIZE(
        language,
        people=len(found.participants),
        statements=len(found.statements),
        votes=int(found.votes.sum()),
        shown=int(found.shown.sum()),
    )
    if found.left_out.statements:
        yield LEFT(language, count=len(found.left_out.statements))
    yield ""
    yield from _groups(found, language, texts)
    for side, spoken in (("agree", found.consensus.agree), ("disagree", found.consensus.disagree)):
        yield TOGETHER(language, side=SIDES[side](language))
        yield from (_spoken(each, language, texts) for each in spoken)
        if not spoken:
            yield NOTHING(language)
    yield ""
    for line, ordered in ((ACROSS, found.group_aware), (NEXT, found.priority)):
        if ordered:
            yield line(language, list=", ".join(str(name) for name, _ in ordered[:10]))


def _groups(found: Map, language: str, texts: Mapping[Id, str]) -> Iterator[str]:
    if not found.k:
        yield NO_GROUPS(language, why=_why(found, language))
        yield ""
        return
    people = sum(found.sizes)
    yield GROUPS(language, k=found.k, people=people, others=len(found.participants) - people)
    for name, size in zip(found.names, found.sizes, strict=True):
        yield ""
        yield GROUP(language, name=name, people=size, share=size / max(people, 1))
        yield from (_holds(each, language, texts) for each in found.representative[name])
    yield ""


def _why(found: Map, language: str) -> str:
    out = found.left_out.participants
    enough = len(found.participants) - len(out)
    if enough >= found.settings.least_people:
        return ALIKE(language)
    least = max(min(found.settings.least_votes, len(found.statements)), 1)
    return FEW(language, least=least, people=enough, needed=found.settings.least_people)


def _holds(held: Held, language: str, texts: Mapping[Id, str]) -> str:
    side = SIDES[AGREE if held.side == AGREE else "disagree"](language)
    said = _statement(held.statement, texts)
    return HOLDS(language, side=side, statement=said, agreed=held.agreed, voted=held.voted, ratio=held.ratio)


def _spoken(spoken: Spoken, language: str, texts: Mapping[Id, str]) -> str:
    said = _statement(spoken.statement, texts)
    return SPOKEN(language, statement=said, agreed=spoken.agreed, voted=spoken.voted)


def _statement(name: Id, texts: Mapping[Id, str]) -> str:
    text = " ".join(texts.get(name, "").split())
    return f"{name} {text}" if text else str(name)
