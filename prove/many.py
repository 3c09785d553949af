"""Where one is left and twenty want it: the last place, a slot, a door code, a signature, a rating, a number.

`laid_down` prepares one of each in an installation; `Rush` is one of them, asked for by many at once.

    python -m prove.many CODE       prints what an activity's QR code says now, and when that is, as JSON"""

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

from . import databases
from .server import Answer, Browser, Server

TAKEN = (302, 303)
RATED = {
    "visited": "visited", "attitude": "satisfied", "heard": "visit", "aimed": "fully", "result": "agree",
    "score": "90",
}  # fmt: skip


def laid_down(world: SimpleNamespace, topic: Any, people: int) -> dict[str, Any]:
    """Codes of what so many members `m0 m1 …` are to run for. Rows in the state before, as the stories'."""
    from shangliang.base.people.actor import STRANGER
    from shangliang.base.people.queries import actor_of
    from shangliang.flow.consultations import actions as consultations
    from shangliang.flow.proposals.models import Answer
    from shangliang.flow.voices import actions as voices
    from stories.who_may import filed, written

    members = [actor_of(world.accounts[f"m{n}"]) for n in range(people)]
    rated = filed.proposal(world, "answered", in_session=True, session="大会")
    Answer.objects.filter(pk=filed.answer(world, rated).pk).update(number=1)
    asked = filed.proposal(world, "signing", given=False, leader=world.other_convener)
    left, _code = voices.leave(world.studio, by=STRANGER, words="桥上有个洞", form_key="p" * 22, public=True)
    voices.show(left.code, by=world.officer, seen=left.review_version)
    return {
        **few(world, people), **_time(world.studio), "shown": left.code, "asked": asked.code,
        "rated": rated.code, "signatures": {
            "asked": [_signature(asked, one.key, "invited") for one in members],
            "rated": [_signature(rated, one.key, "signed") for one in members],
        },
        "code": consultations.print_door_codes(topic.code, by=world.officer, number=1)[0],
        "signed": [written.opinion_report(world, "signed").code for _one in members],
    }  # fmt: skip


def few(world: SimpleNamespace, people: int) -> dict[str, Any]:
    """What the first three of the rushes need; a second of each is run for with a guard taken away."""
    from shangliang.base import clock
    from shangliang.base.people.queries import actor_of
    from stories.who_may import activities, filed

    began = clock.now() - timedelta(minutes=10)
    held = activities.activity(world, "announced", starts_at=began, ends_at=began + timedelta(hours=3))
    activities.participation(SimpleNamespace(member=actor_of(world.accounts["m0"])), "signed", held)
    return {
        "people": people, "held": held.code, "full": activities.activity(world, "announced", places=1).code,
        "checked": [filed.proposal(world, "checked", year=clock.today().year).code for _n in range(people)],
    }  # fmt: skip


def _time(studio: Any) -> dict[str, str]:
    from shangliang.base import clock
    from shangliang.flow.studios import queries
    from shangliang.flow.studios.models import Slot

    tomorrow = clock.today() + timedelta(days=1)
    Slot.objects.create(studio=studio, weekday=tomorrow.weekday(), start=time(9), end=time(12))
    start = next(one.start for one, free in queries.times(studio, tomorrow) if free)
    return {"day": tomorrow.isoformat(), "start": f"{start:%H:%M}"}


def _signature(on: Any, person: str, state: str) -> str:
    from shangliang.base import clock

    now = clock.now()
    number = on.signatures.count() + 1
    signed = now if state == "signed" else None
    made = on.signatures.create(person=person, number=number, state=state, invited_at=now, signed_at=signed)
    return str(made.code)


@dataclass
class Rush:
    """`sends`: what each person sends, at once. Of the answers so many are `taken`, all others are one of
    `late`. `effects`: what `prove.look` is to find afterwards → how often."""

    name: str
    sends: list[Callable[[], Answer]]
    taken: int
    effects: dict[tuple[str, str], int]
    late: tuple[int, ...] = (409,)
    wrong: list[str] = field(default_factory=list)

    def run(self, pool: ThreadPoolExecutor) -> None:
        statuses = sorted(answer.status for answer in pool.map(lambda send: send(), self.sends))
        others = [one for one in statuses if one not in TAKEN]
        if len(statuses) - len(others) != self.taken or set(others) - set(self.late):
            self.wrong.append(f"{self.name}: many at once were answered {statuses}")

    def look(self, there: dict[str, dict[str, int]]) -> None:
        for (kind, one), number in self.effects.items():
            if there[kind][one] != number:
                self.wrong.append(f"{self.name}: {one}: {there[kind][one]} effects, not {number}")


class Rushes:
    """All of them against one server."""

    def __init__(self, server: Server, scene: dict[str, Any], things: dict[str, Any], key: Any) -> None:
        self.server, self.scene, self.things, self.key = server, scene, things, key
        sessions = scene["sessions"]
        self.people = things["people"]
        self.members = [self.browser(sessions[f"m{n}"]) for n in range(self.people)]
        self.officers = [self.browser(sessions["officer"]) for _n in range(self.people)]

    def browser(self, session: str = "", number: int = 0) -> Browser:
        return Browser(self.server.port, session=session, address=f"10.1.{number}.7")

    def run(self, pool: ThreadPoolExecutor, *, short: bool) -> list[Rush]:
        some = (self.last_place, self.check_in, self.case_numbers)
        more = (
            self.support, self.slot, self.door_code, self.signature, self.signatures, self.rating,
            self.ratings, self.bulletins, self.last_report,
        )  # fmt: skip
        ran = []
        for rush in some if short else some + more:
            ran.append(rush())  # when it is its turn: what it begins with is read from a page
            ran[-1].run(pool)
        return ran

    def each(
        self, browsers: list[Browser], path: str | list[str], said: dict[str, str] | None = None, **how: Any
    ) -> list[Callable[[], Answer]]:
        """A form each, with a key of its own unless one is given for all."""
        paths = [path] * len(browsers) if isinstance(path, str) else path
        given = how.pop("key", None)

        def sending(one: Browser, where: str) -> Callable[[], Answer]:
            key = given or self.key()
            return lambda: one.post(where, list((said or {}).items()), key=key, **how)

        return [sending(one, where) for one, where in zip(browsers, paths, strict=True)]

    # ── One effect a person, or one in all ──
    def last_place(self) -> Rush:
        code = self.things["full"]
        sends = self.each(self.members, f"/work/activities/{code}/sign_up/")
        return Rush("the last place of an activity", sends, self.people, {
            ("acts", f"participation_signed activity:{code}"): 1,
            ("acts", f"participation_waits activity:{code}"): self.people - 1,
        })  # fmt: skip

    def check_in(self) -> Rush:
        code, session = self.things["held"], self.scene["sessions"]["m0"]
        shown = databases.told("many", code, environment=self.server.environment)
        phones = [self.browser(session) for _n in range(self.people)]
        sends = self.each(phones, f"/work/activities/{code}/here/", shown)
        return Rush("check-in by many scans", sends, self.people, {
            ("acts", f"participation_came activity:{code}"): 1
        })  # fmt: skip

    def case_numbers(self) -> Rush:
        codes = self.things["checked"]
        sends = self.each(self.officers, [f"/desk/proposals/{code}/file/" for code in codes])
        acts = {("acts", f"proposal_filed proposal:{code}"): 1 for code in codes}
        return Rush("case numbers", sends, self.people, acts)

    def support(self) -> Rush:
        code, one = self.things["shown"], self.browser(number=250)
        crowd = [self.browser(number=n) for n in range(self.people)]
        sends = self.each(crowd, f"/voices/{code}/support/")
        sends += self.each([one] * self.people, f"/voices/{code}/support/", key=self.key())
        number = self.people + 1
        effects = {("acts", f"voice_supported voice:{code}"): number, ("supports", code): number}
        return Rush("support by many, and by one many times", sends, len(sends), effects)

    def slot(self) -> Rush:
        day, start, studio = self.things["day"], self.things["start"], self.scene["studio"]
        crowd = [self.browser(number=n) for n in range(self.people)]
        sends = self.each(crowd, f"/studios/{studio}/book/", {"day": day, "at": start})
        return Rush("a time to be booked", sends, 1, {("bookings", f"{studio} {day} {start}"): 1}, (422,))

    def door_code(self) -> Rush:
        topic = self.scene["topic"]
        crowd = [self.browser(number=n) for n in range(self.people)]
        sends = self.each(crowd, f"/consultations/{topic}/enter/", {"code": self.things["code"]})
        return Rush("a door code", sends, 1, {}, (422,))

    def signature(self) -> Rush:
        code, sought = self.things["asked"], self.things["signatures"]["asked"][0]
        sends = self.each([self.members[0]] * self.people, f"/work/proposals/{code}/sign/")
        return Rush("one signature", sends, 1, {("acts", f"signature_signed signature:{sought}"): 1})

    def signatures(self) -> Rush:
        codes = self.things["signatures"]["asked"][1:]
        sends = self.each(self.members[1:], f"/work/proposals/{self.things['asked']}/sign/")
        acts = {("acts", f"signature_signed signature:{code}"): 1 for code in codes}
        return Rush("signatures of many", sends, len(codes), acts)

    def rating(self) -> Rush:
        sought = self.things["signatures"]["rated"][0]
        path = f"/work/proposals/{self.things['rated']}/rate/"
        sends = self.each([self.members[0]] * self.people, path, RATED)
        return Rush("one rating", sends, 1, {("acts", f"proposal_rated signature:{sought}"): 1})

    def ratings(self) -> Rush:
        """The last of them closes it, once; its leader is one of them."""
        code, codes = self.things["rated"], self.things["signatures"]["rated"][1:]
        leader = self.browser(self.scene["sessions"]["member"])
        sends = self.each([*self.members[1:], leader], f"/work/proposals/{code}/rate/", RATED)
        acts = {("acts", f"proposal_rated signature:{one}"): 1 for one in codes}
        return Rush(
            "ratings of all who signed", sends, self.people,
            acts | {("acts", f"proposal_closed proposal:{code}"): 1},
        )  # fmt: skip

    def bulletins(self) -> Rush:
        sends = []
        codes = self.things["signed"][1:]
        for one, code in zip(self.officers[1:], codes, strict=True):
            sends += self.each([one], "/desk/bulletins/", {"reports": code, "to_own": "on"})
        acts = {("acts", f"opinion_report_issued opinion_report:{code}"): 1 for code in codes}
        return Rush("numbers of bulletins", sends, len(codes), acts)

    def last_report(self) -> Rush:
        """One report, in one number: for the others it is not there to be chosen any more."""
        code = self.things["signed"][0]
        sends = self.each(self.officers, "/desk/bulletins/", {"reports": code, "to_own": "on"})
        acts = {("acts", f"opinion_report_issued opinion_report:{code}"): 1}
        return Rush("one report in many bulletins", sends, 1, acts, (409, 422))


def numbered() -> Iterator[str]:
    """Numbers of cases, bulletins and letters that have gaps or stand twice."""
    from shangliang.flow.proposals.models import Answer, Proposal
    from shangliang.flow.reports.models import Bulletin

    rows = {
        "cases": Proposal.objects.exclude(number=None).values_list(
            "committee", "year", "in_session", "number"
        ),
        "bulletins": Bulletin.objects.values_list("committee", "year", "issue"),
        "bulletins in all": Bulletin.objects.values_list("committee", "total"),
        "letters": Answer.objects.exclude(number=None).values_list(
            "handling__proposal__committee", "year", "number"
        ),
    }  # fmt: skip
    for what, found in rows.items():
        series: dict[tuple[Any, ...], list[Any]] = {}
        for *whose, number in found:
            series.setdefault(tuple(whose), []).append(number)
        for numbers in series.values():
            if sorted(numbers) != list(range(1, len(numbers) + 1)):
                yield f"the numbers of {what} have gaps or stand twice: {sorted(numbers)[:30]}"


def scanned(code: str) -> dict[str, str]:
    from shangliang.base import clock
    from shangliang.flow.activities import codes

    return {"c": codes.shown(code), "at": str(int(clock.now().timestamp()))}


if __name__ == "__main__":
    databases.begin()
    print(json.dumps(scanned(sys.argv[1])))
