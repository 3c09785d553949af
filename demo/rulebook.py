"""示例省的制度和委员留言：现行的、换过版的、废止的，只在内部看的；等看的、看过的、回了的、说完的。都是编的。"""

from __future__ import annotations

from functools import partial
from typing import Any

from shangliang.base.rulebook import actions as rules
from shangliang.flow.correspondence import actions as messages

from .told import Step, Told

INVENTED = "样例，示例省编的，不是哪里的文件"
ROOM = "chengguan"
STUDIOS = """第一条 委员工作室由县政协统一挂牌，一室一主题，房间从简，方便群众找得到。
第二条 群众留言三个工作日内说办不办；办的，十个工作日内答复。情况复杂的，可以延一次，理由要告诉留言人。
第三条 每间工作室每月接待群众不少于两次，时间提前公布，有变要打电话告诉约好的人。
第四条 不受理的，写明理由，写明接下来该找谁。"""
REVISED = STUDIOS.replace("理由要告诉留言人", "理由和新的日子都要告诉留言人") + (
    "\n第五条 不归本单位办的，五个工作日内退回，不自行转给别的单位。"
)


def steps(told: Told) -> list[Step]:
    """Rules of the county and the city; messages of two members to studios."""
    at = told.days.moment
    return [
        (at(55, "9:10"), partial(_city, told)),
        (at(50, "9:10"), partial(_first, told)),
        (at(49, "9:10"), partial(_old, told)),
        (at(20, "9:30"), partial(_second, told)),
        (at(18, "9:30"), partial(_inside, told)),
        (at(9, "10:05"), partial(_done, told)),
        (at(3, "16:20"), partial(_answered, told)),
        (at(2, "9:40"), partial(_read, told)),
        (at(0, "8:40"), partial(_waiting, told)),
    ]


def _said(told: Told, title: str, document: str, back: int, text: str, **more: Any) -> dict[str, Any]:
    day = told.days.day(back)
    said = {"title": title, "document": document, "issued_on": day, "since": day, "text": text}
    return {**said, "source": INVENTED, "issuer": "政协清溪县委员会办公室", **more}


def _city(told: Told) -> None:
    text = "协商建议送出以后，承办单位十五个工作日内答复；不归自己办的，五个工作日内退回。"
    said = _said(
        told, "示例市政协协商建议办理办法", "示协发〔2026〕8号", 55, text, issuer="政协示例市委员会",
        governs=["recommendation_days", "recommendation_send_back_days"],
    )  # fmt: skip
    rules.enter(told.committees["990100"], by=told.actors["city"], public=True, **said)


def _first(told: Told) -> None:
    governs = ["accept_days", "answer_days", "extension_days", "receptions_a_month"]
    said = _said(told, "清溪县政协委员工作室管理办法", "溪协发〔2026〕3号", 50, STUDIOS, governs=governs)
    made = rules.enter(told.committees["990101"], by=told.actors["officer"], public=True, **said)
    told.codes["rule"] = made.code


def _old(told: Told) -> None:
    said = _said(told, "清溪县政协委员活动组工作规则", "溪协办〔2019〕11号", 49, "活动组每季度活动一次。")
    made = rules.enter(told.committees["990101"], by=told.actors["officer"], public=True, **said)
    why = "活动组并进了委员工作室，按工作室的办法办。"
    rules.repeal(made.code, by=told.actors["officer"], seen=made.version, reason=why)


def _second(told: Told) -> None:
    governs = ["accept_days", "answer_days", "extension_days", "send_back_days", "receptions_a_month"]
    title = "清溪县政协委员工作室管理办法（修订）"
    said = _said(told, title, "溪协发〔2026〕9号", 20, REVISED, governs=governs)
    why = "有三件转错了单位，拖过了期限，补上退回的日子。"
    rules.replace(told.codes["rule"], by=told.actors["officer"], seen=None, reason=why, **said)


def _inside(told: Told) -> None:
    said = _said(told, "清溪县政协机关留言值守安排", "", 18, "工作日八点半到五点半有人看留言，节假日看电话。")
    rules.enter(told.committees["990101"], by=told.actors["officer"], **said)


def _write(told: Told, about: str, words: str, room: str = ROOM) -> Any:
    return messages.write(told.studios[room], by=told.actors["member"], about=about, words=words)


def _done(told: Told) -> None:
    made = _write(told, "联合接待一次", "河滩那边怀疑水井有味道，想跟你们联合接待一次，卫健局也请来。")
    words = "行。下周三上午我们室空着，卫健局我来请。"
    made = messages.answer(made.code, by=told.actors["convener"], seen=made.version, words=words)
    messages.close(made.code, by=told.actors["member"], seen=made.version)


def _answered(told: Told) -> None:
    made = _write(told, "接待登记的表", "你们接待登记用的那张表，能给我们一份照着做吗？")
    words = "就是平台上「纸质留言表」，在工作室页面里能印，每张有号。"
    messages.answer(made.code, by=told.actors["convener"], seen=made.version, words=words)


def _read(told: Told) -> None:
    made = _write(told, "路灯那件的进展", "七里巷路灯那几件，城管局说的日子快到了，要不要一起去看一趟？")
    messages.read(made.code, by=told.actors["convener"], seen=made.version)


def _waiting(told: Told) -> None:
    _write(told, "想旁听下回的协商会", "朱鹮踩秧那个题目我一直在跟，下回开会想去旁听，几点、在哪里？")
