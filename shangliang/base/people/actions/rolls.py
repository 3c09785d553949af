"""Many members at once, from a list that its owner has looked through."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction
from django.db.models import Model

from ... import clock
from ...journal.codes import public_id
from ...journal.record import Told, record_all
from ...places.models import Committee, Sector
from ..actor import Actor
from ..models import Person, Post, Role

MOST_ASKED = 900  # names in one question
LINES = 500  # posts in one act: some 20 kB


@dataclass(frozen=True)
class Newcomer:
    """A line of the list. `person`: whose account it is, None where one is to be opened; `member`: whether a
    member's post is to be given; `studio`: the code of the studio to be stationed in, or "";
    `home`: the code of the county where a new member lives, or ""."""

    name: str
    username: str
    title: str = ""
    sector: Sector | None = None
    person: Person | None = None
    member: bool = True
    studio: str = ""
    home: str = ""


@dataclass(frozen=True)
class _Held:
    """A post to be given: whose (account's id and pseudonym), as what, in which studio."""

    holder: int
    key: str
    role: str
    studio: str = ""
    sector: int | None = None
    home: str = ""


@transaction.atomic
def enter_all(lines: Sequence[Newcomer], *, committee: Committee, by: Actor, subject: str) -> None:
    """Open the accounts, give the posts, and write down each post in a line of the acts about the list
    (`subject`, "roster:code"). The caller has asked the rule and looked for what is there already. A new
    account has no password: its owner gets a link."""
    people, since = _accounts(lines), clock.today()
    posts = list(_posts(lines, people))
    _insert(Post, (
        {"holder_id": one.holder, "role": one.role, "committee_id": committee.pk, "studio": one.studio,
         "sector_id": one.sector, "lives_in": one.home, "since": connection.ops.adapt_datefield_value(since)}
        for one in posts
    ))  # fmt: skip
    record_all(_told(posts, since, committee, subject), by=by)


def _accounts(lines: Sequence[Newcomer]) -> dict[str, tuple[int, str]]:
    """Sign-in name → the account's id and pseudonym, the new ones kept."""
    people = {one.username: (one.person.pk, one.person.key) for one in lines if one.person}
    fresh: dict[str, dict[str, Any]] = {}
    for one in lines:
        if one.username not in people and one.username not in fresh:
            none = UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)  # as make_password, in one draw
            fresh[one.username] = {
                "username": one.username, "name": one.name, "title": one.title, "password": none,
                "key": public_id(),
            }  # fmt: skip
    _insert(Person, fresh.values())
    for some in _some(list(fresh)):
        rows = Person.objects.filter(username__in=some).values_list("username", "pk", "key")
        people |= {username: (pk, key) for username, pk, key in rows}
    return people


def _posts(lines: Sequence[Newcomer], people: dict[str, tuple[int, str]]) -> Iterator[_Held]:
    for one in lines:
        who = people[one.username]
        if one.member:
            sector = one.sector.pk if one.sector else None
            yield _Held(*who, Role.MEMBER.value, sector=sector, home=one.home)
        if one.studio:
            yield _Held(*who, Role.STATIONED.value, one.studio)


def _insert(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Rows into a model's table, each column that a row leaves out at its default: a tenth of the time that
    `bulk_create` takes for tens of thousands. Values as the database takes them. PostgreSQL is handed a
    copy: to fill values into as many statements takes its driver longer than all the rest."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    usual = {field.attname: field.get_default() for field in fields}
    name = connection.ops.quote_name
    table = f"{name(model._meta.db_table)} ({', '.join(name(field.column) for field in fields)})"
    values = ({**usual, **row}.values() for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for one in values:
                    copy.write_row(tuple(one))
            return
        marks = ", ".join(["%s"] * len(fields))
        while some := list(islice(values, MOST_ASKED)):
            cursor.execute(
                f"INSERT INTO {table} VALUES {', '.join([f'({marks})'] * len(some))}",  # noqa: S608
                list(chain.from_iterable(some)),
            )


def _some(of: list[str]) -> Iterator[list[str]]:
    """In parts that a database takes in one question."""
    return (of[start : start + MOST_ASKED] for start in range(0, len(of), MOST_ASKED))


def _told(posts: Sequence[_Held], since: date, committee: Committee, subject: str) -> Iterator[Told]:
    """An act holds the lines of some posts, each "who role where": an act for each of them would say the same
    tens of thousands of times over, and take most of the time that a list takes."""
    for start in range(0, len(posts), LINES):
        lines = [f"{one.key} {one.role} {one.studio}".rstrip() for one in posts[start : start + LINES]]
        facts = {"since": since.isoformat(), "lines": lines}
        yield Told("posts_entered", subject, committee.path, facts=facts)
