"""Members by the list: read and looked through, then entered, all or none."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.files.tables import together
from shangliang.base.people import actions as people
from shangliang.base.people import queries as known_people
from shangliang.base.people.actions import Newcomer
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person, Role
from shangliang.base.places.models import Committee, Sector
from shangliang.base.places.queries import counties, sectors

from .. import queries
from ..models import Roster, State, Studio
from ..states import ROSTER_CHART

COLUMNS = ("姓名", "登录名", "界别", "称呼", "工作室", "居住地")
HEADS = {head: place for heads in (COLUMNS, ("name", "username", "sector", "title", "studio", "home"))
         for place, head in enumerate(heads)}  # fmt: skip
WHO = {0, 1}  # a list says who at least: by name or by sign-in name
EXAMPLE = ("王小明", "wangxiaoming", "", "果园技术员", "", "")
MOST = 30_000
SIGN_IN_NAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")  # as on the page that invites somebody
NAME = re.compile(r"[^\s=+\-@＝＋－＠][^=@＝＠]{0,39}")


@dataclass
class Looked:
    """A list looked through: who is to be entered, and what is wrong with it by line."""

    lines: list[Newcomer] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def read_roster(committee: Committee, *, by: Actor, name: str, table: Sequence[Sequence[str]]) -> Roster:
    """Look a list of members through and keep it for the moment: the first row names its columns, any of
    COLUMNS in any order, 姓名 or 登录名 at least. Nobody is entered yet; `faults` has every line that is
    wrong, and why.

    居住地 says in which county below the committee a new member lives, with their word that it may be noted.
    A member is known by the sign-in name, or, where that is left out, by a name that only one member has.
    Who is a member of a committee above is given a seat in a studio here and no post besides. Who is entered
    already stays as they are: the same list twice brings nothing the second time. ValidationError for a table
    with other columns, without a row, or with too many."""
    roster = Roster(committee=committee, name=name[:40], by=by.key, at=clock.now())
    ROSTER_CHART.check_new("read", roster, by=by)
    rows = _rows(table)
    looked = _look_through(committee, rows)
    roster.rows, roster.lines = rows, sum(any(row) for row in rows)
    roster.digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    roster.faults = [list(fault) for fault in looked.faults]
    _count(roster, looked.lines)
    return ROSTER_CHART.start("read", roster, by=by, lines=roster.lines, faults=len(roster.faults))


@transaction.atomic
def take_roster(code: str, *, by: Actor, seen: int | None, agreed: bool = False) -> Roster:
    """Enter everybody on the list: accounts without a password, members' posts, seats; all or none. `agreed`:
    those whose home it names were asked.

    ValidationError if a line is wrong, also one that has become so since the list was looked through; and for
    homes without their word."""
    roster = queries.lock_roster(code, by)
    ROSTER_CHART.check("take", roster, by=by, seen=seen)
    Committee.objects.select_for_update().get(pk=roster.committee_id)  # two lists: one after the other
    looked = _look_through(roster.committee, roster.rows)
    if looked.faults:
        line, why = looked.faults[0]
        raise ValidationError(_("第 %(line)s 行：%(fault)s") % {"line": line, "fault": why})
    homes = sum(bool(one.home) for one in looked.lines)
    if homes and not agreed:
        raise ValidationError(
            _("名册里写了委员住在哪个县：先问过本人，同意了勾上再导入；不记的，去掉「居住地」这一列。")
        )
    people.enter_all(looked.lines, committee=roster.committee, by=by, subject=roster.subject)
    _count(roster, looked.lines)
    roster.rows, roster.taken_at = [], clock.now()
    return ROSTER_CHART.move(
        "take", roster, by=by, seen=seen, accounts=roster.accounts, members=roster.members,
        seats=roster.seats, homes=homes or None,
    )  # fmt: skip


def _count(roster: Roster, lines: list[Newcomer]) -> None:
    roster.accounts = len({one.username for one in lines if one.person is None})
    roster.members = sum(one.member for one in lines)
    roster.seats = sum(bool(one.studio) for one in lines)


def _rows(table: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows below the head, a cell for each in the order of COLUMNS, what stands beyond the head's last
    after them; empty ones stay in their place."""
    head = [together(cell.strip()) for cell in table[0]] if table else []
    while head and not head[-1]:
        head.pop()
    at = [HEADS.get(name, -1) for name in head]
    if -1 in at or len(set(at)) != len(at) or not WHO & set(at):
        raise ValidationError(
            _("第 1 行要是这几列：%(heads)s。可以少几列、换次序，姓名和登录名至少有一列。")
            % {"heads": "、".join(COLUMNS)}
        )
    order = [at.index(place) if place in at else None for place in range(len(COLUMNS))]
    rows = [_cells(row, order) + [cell for cell in row[len(head) :] if cell] for row in table[1:]]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise ValidationError(_("表里一位委员也没有。"))
    if len(rows) > MOST:
        raise ValidationError(_("一次最多 %(most)s 行，分几次传。") % {"most": MOST})
    return rows


def _cells(row: Sequence[str], order: Sequence[int | None]) -> list[str]:
    cells = ["" if place is None or place >= len(row) else row[place] for place in order]
    cells[0] = together(cells[0])
    return cells


@dataclass
class _Known:
    """What the committee has already, asked in a handful of queries for the whole list."""

    sectors: dict[str, Sector]
    homes: dict[str, list[str]]  # a county's name or code: the codes it can mean
    lives: dict[int, str]  # where a member here lives, as it is noted
    studios: dict[str, Studio]
    people: dict[str, Person]
    members: dict[int, Sector | None]  # who is a member here, and of which sector
    above: set[int]  # members of the committees above who are none here
    named: dict[str, list[Person]]  # the members of both by name
    seats: set[tuple[int, str]]


def _look_through(committee: Committee, rows: Sequence[Sequence[str]]) -> Looked:
    known, looked = _known(committee, rows), Looked()
    before: dict[str, Newcomer] = {}
    seated: dict[tuple[str, str], int] = {}
    for line, row in enumerate(rows, start=2):
        if not any(row):
            continue
        try:
            one = _line(row, known, before)
            if (first := seated.setdefault((one.username, row[4]), line)) != line:
                raise ValidationError(_("和第 %(line)s 行重复了。") % {"line": first})
        except ValidationError as fault:
            looked.faults.append((line, fault.messages[0]))
        else:
            before[one.username] = one
            looked.lines.append(one)
    return looked


def _line(row: Sequence[str], known: _Known, before: dict[str, Newcomer]) -> Newcomer:
    name, username, sector_name, title, studio_name = row[:5]
    if beyond := row[len(COLUMNS) :]:
        raise ValidationError(_("多出了一格「%(cell)s」，第 1 行里没有这一列。") % {"cell": beyond[0][:20]})
    if not name and username in known.people:
        name = together(known.people[username].name)
    if not NAME.fullmatch(name):
        raise ValidationError(_("姓名要有，不超过 40 个字，不能是公式。") if name else _("姓名空着。"))
    if len(title) > 40 or title[:1] in ("=", "@"):
        raise ValidationError(_("称呼写短一点，不超过 40 个字，不能是公式。"))
    person = _who(name, username, known)
    username = person.username if person else username
    sector = _sector(sector_name, known)
    studio = _studio(studio_name, known)
    home = _home("".join(row[5:6]), known)  # a list looked through before there was this column has none
    earlier = before.get(username)
    if earlier and (earlier.name, earlier.sector, earlier.home) != (name, sector, home):
        raise ValidationError(
            _("登录名「%(said)s」在前面写的是另一个姓名、界别或居住地。") % {"said": username}
        )
    is_member = person is not None and person.pk in known.members
    if is_member and person and sector and known.members[person.pk] not in (None, sector):
        has = known.members[person.pk]
        raise ValidationError(_("登记的界别是「%(has)s」，和这里不一样。先改一边。") % {"has": has})
    if is_member and person and home and known.lives[person.pk] != home:
        raise ValidationError(_("这位已经是委员，住在哪个县到「人员和账号」里记，这里空着。"))
    from_above = person is not None and person.pk in known.above
    if from_above and studio is None:
        raise ValidationError(_("这位是上级政协的委员，写上进本地哪间工作室。"))
    if from_above and sector:
        raise ValidationError(_("这位是上级政协的委员，界别由上级登记，这里空着。"))
    if from_above and home:
        raise ValidationError(_("这位是上级政协的委员，居住地由上级登记，这里空着。"))
    taken = person is not None and studio is not None and (person.pk, studio.code) in known.seats
    return Newcomer(
        name=name, username=username, title=title, sector=sector, person=person,
        member=not is_member and not from_above and earlier is None,
        studio="" if taken or studio is None else studio.code, home=home,
    )  # fmt: skip


def _who(name: str, username: str, known: _Known) -> Person | None:
    """Whose account this is; None for somebody new."""
    if not username:
        found = known.named.get(name, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("有不止一位「%(said)s」，请写登录名。") % {"said": name})
        raise ValidationError(_("新委员要写登录名。"))
    person = known.people.get(username)
    if person is None:
        if not SIGN_IN_NAME.fullmatch(username):
            raise ValidationError(_("登录名用三个以上的小写字母、数字，字母开头，如 liming2。"))
        return None
    if together(person.name) != name:
        raise ValidationError(_("登录名「%(said)s」是别人的，姓名对不上。") % {"said": username})
    if not person.is_active:
        raise ValidationError(_("登录名「%(said)s」的账号停用了，先恢复。") % {"said": username})
    return person


def _sector(name: str, known: _Known) -> Sector | None:
    if name and name not in known.sectors:
        raise ValidationError(_("没有「%(said)s」这个界别。") % {"said": name})
    return known.sectors.get(name)


def _studio(name: str, known: _Known) -> Studio | None:
    if name and name not in known.studios:
        raise ValidationError(_("没有叫「%(name)s」的工作室。") % {"name": name})
    return known.studios.get(name)


def _home(said: str, known: _Known) -> str:
    found = known.homes.get(said, [])
    if said and len(found) != 1:
        words = _("有不止一个「%(said)s」，写六位代码。") if found else _("下面没有「%(said)s」这个县。")
        raise ValidationError(words % {"said": said})
    return found[0] if said else ""


def _known(committee: Committee, rows: Sequence[Sequence[str]]) -> _Known:
    standing = queries.of_committee(committee.path).exclude(state=State.CLOSED)
    posts = known_people.holders(Role.MEMBER, committee=committee.path)
    members = {post.holder_id: post for post in posts}
    above = [one for one in queries.within_reach(committee) if one.pk not in members]
    named: dict[str, list[Person]] = {}
    for one in [*(post.holder for post in members.values()), *above]:
        named.setdefault(together(one.name), []).append(one)
    homes: dict[str, list[str]] = {}
    for county in counties(committee):
        for key in {county.name, county.code}:
            homes.setdefault(key, []).append(county.code)
    people_here = {
        person.username: person
        for some in _some({row[1] for row in rows if row[1]} | {p.holder.username for p in posts})
        for person in Person.objects.filter(username__in=some)
    }
    seats = known_people.holders(Role.STATIONED, committee=committee.path)
    return _Known(
        sectors={one.name: one for one in sectors(committee)},
        homes=homes,
        lives={post.holder_id: post.lives_in for post in members.values()},
        studios={key: one for one in standing for key in (one.code, one.name)},
        people=people_here,
        members={pk: post.sector for pk, post in members.items()},
        above={one.pk for one in above},
        named=named,
        seats={(post.holder_id, post.studio) for post in seats},
    )


def _some(of: Iterable[str], most: int = 900) -> Iterator[list[str]]:
    """In parts that a database takes in one question."""
    everything = sorted(of)
    return (everything[start : start + most] for start in range(0, len(everything), most))


def template() -> list[list[str]]:
    """The empty list with its head and one line to be written over."""
    return [list(COLUMNS), list(EXAMPLE)]
