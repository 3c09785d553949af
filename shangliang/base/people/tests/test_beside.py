"""What hangs on rows is read as Django reads it, by questions put together once."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from shangliang.base.beside import Beside
from shangliang.base.people.models import Person, Post
from shangliang.base.prepared import Along, Prepared

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
FORMS: dict[str, Callable[[], list[object]]] = {
    "back": lambda: ["posts"],
    "back, in an order": lambda: [Prefetch("posts", Post.objects.order_by("-pk"))],
    "back, some of them": lambda: [Prefetch("posts", Post.objects.filter(role="officer"))],
    "back and ahead": lambda: [Prefetch("posts", Post.objects.order_by("pk")), "posts__committee"],
    "joined": lambda: [Prefetch("posts", Post.objects.select_related("committee").order_by("pk"))],
}


@pytest.fixture
def composed(monkeypatch):
    """How many questions were put together."""
    found, as_sql = [], SQLCompiler.as_sql

    def counted(self, *args, **named):
        found.append(self)
        return as_sql(self, *args, **named)

    monkeypatch.setattr(SQLCompiler, "as_sql", counted)
    return found


def told(people):
    return [
        (person.pk, [(post.pk, post.committee.name, post.holder is person) for post in person.posts.all()])
        for person in people
    ]


@pytest.mark.parametrize("form", FORMS)
def test_it_reads_what_django_reads(world, form, composed):
    people = list(Person.objects.order_by("pk"))
    prefetch_related_objects(people, *FORMS[form]())
    wanted = told(people)
    assert any(posts for _pk, posts in wanted)
    ask = Prepared(lambda: Person.objects.order_by("pk").prefetch_related(*FORMS[form]()))
    assert told(ask()) == wanted
    before = len(composed)
    again = ask()
    assert len(composed) == before
    assert told(again) == wanted


@pytest.mark.parametrize("many", [1, 5, 90])
def test_as_many_queries_for_many_as_for_one(world, many):
    for n in range(many):
        Person.objects.create(username=f"some{n}", name="某某")
    ask = Prepared(lambda: Person.objects.filter(username__startswith="some").prefetch_related("posts"))
    with CaptureQueriesContext(connection) as asked:
        assert len(ask()) == many
    assert len(asked) == 2


def test_it_sees_what_is_there_at_each_asking_and_narrows_by_asking_anew(world):
    ask = Prepared(lambda: Person.objects.filter(pk=officer.pk).prefetch_related("posts"))
    officer = Person.objects.get(username="officer")
    [first] = ask()
    with CaptureQueriesContext(connection) as asked:
        had = list(first.posts.all())
        assert (first.posts.count(), len(first.posts.all()), first.posts.exists()) == (
            len(had),
            len(had),
            True,
        )
    assert len(asked) == 0
    first.posts.filter(pk=had[0].pk).update(role="leader")
    [after] = ask()
    assert [post.role for post in after.posts.all()] != [post.role for post in had]
    assert first.posts.filter(role="leader").count() == 1


def test_of_a_row_at_hand_only_what_is_not_there_yet_is_read(world):
    along = Along(lambda: [Prefetch("posts", Post.objects.order_by("pk")), "posts__committee"])
    for _ in range(2):
        one = Person.objects.get(username="officer")
        with CaptureQueriesContext(connection) as asked:
            along(one)
            assert [post.committee.name for post in one.posts.all()]
            along(one)
        assert len(asked) == 2


@pytest.mark.parametrize(
    "lookup",
    [Prefetch("posts", Post.objects.none()), Prefetch("posts", Post.objects.all(), to_attr="held")],
)
def test_other_forms_are_left_to_django(world, lookup):
    with pytest.raises(LookupError):
        Beside(Person, [lookup], Prepared)
    [one] = Prepared(lambda: Person.objects.filter(username="officer").prefetch_related(lookup))()
    assert vars(one).get("held") or "posts" in one._prefetched_objects_cache
