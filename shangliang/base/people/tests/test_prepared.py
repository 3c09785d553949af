"""A question put together once is asked with other values, and sees what is there at each asking."""

import gc
import weakref
from threading import Thread

import pytest
from django.db import connections
from django.db.models import Prefetch, Q
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import SimpleLazyObject

from shangliang.base import clock
from shangliang.base.people.models import Person, Post
from shangliang.base.prepared import Prepared

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
MARK = " \ue000%_\\Aausername "


def person(name, **more):
    return Person.objects.create(username=name, name=f"某{name}", **more)


@pytest.fixture
def composed():
    """What was put together, and whether with the values themselves."""
    return []


@pytest.fixture
def named(composed):
    @Prepared
    def named(active, *, username):
        composed.append((active, username))
        return Person.objects.filter(is_active=active, username=username)

    return named


def test_each_asking_has_its_own_value_and_sees_what_is_there_now(named, composed):
    one = person("a")
    assert named(True, username="a") == [one]
    assert named(True, username="b") == []
    two = person("b")
    assert named(True, username="b") == [two]
    assert named(True, username="a")[0].name == "某a"
    assert named(False, username="a") == []
    assert composed == [(True, MARK), (False, MARK)]


def test_rows_of_an_earlier_asking_stay_as_they_were(named):
    person("a")
    [before] = named(True, username="a")
    Person.objects.filter(username="a").update(name="改过的")
    [after] = named(True, username="a")
    assert (before.name, after.name) == ("某a", "改过的")
    assert before is not after


def test_how_values_become_pythons_is_asked_once(named, monkeypatch):
    """Of wide rows it took as long as reading one; values are turned each time."""
    one, asked, of = person("a", last_login=clock.now()), [], SQLCompiler.get_converters
    monkeypatch.setattr(SQLCompiler, "get_converters", lambda *said: asked.append(1) or of(*said))
    for _again in range(3):
        assert named(True, username="a")[0].last_login == one.last_login
    assert len(asked) == 1


def test_a_number_and_what_stands_beside_a_row(world):
    @Prepared
    def posts(*, holder):
        return Post.objects.filter(holder_id=holder).select_related("committee").order_by("pk")

    for who in (world.officer, world.member):
        holder = Person.objects.get(key=who.key)
        assert [(post.role, post.committee.path) for post in posts(holder=holder.pk)] == [
            (post.role, post.committee) for post in who.posts
        ]


def test_a_question_that_rests_on_an_answer_is_put_together_each_time(composed):
    @Prepared
    def newest(*, username):
        keys = list(Person.objects.filter(username=username).values_list("key", flat=True))
        composed.append(username)
        return Person.objects.filter(key__in=keys)

    assert newest(username="a") == []
    one = person("a")
    assert newest(username="a") == [one]
    assert composed == [MARK, "a", "a"]


def test_a_value_that_does_not_stand_as_it_is_is_never_mistaken():
    @Prepared
    def alike(*, name):
        return Person.objects.filter(username__startswith=name).order_by("pk")

    one, two = person("zb"), person("zc")
    assert alike(name="z") == [one, two]
    assert alike(name="zc") == [two]


def test_what_can_hold_nothing_is_empty():
    @Prepared
    def none(*, username):
        return Person.objects.filter(pk__in=[], username=username)

    assert none(username="a") == none(username="a") == []


def test_each_thread_asks_by_its_own_connection(named):
    named(True, username="a")
    used = []

    def ask():
        with connections["default"].execute_wrapper(lambda do, *args: used.append(args[0]) or do(*args)):
            named(True, username="a")
        connections.close_all()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert len(used) == 1


def test_it_asks_by_the_connection_of_the_moment(named):
    """A thread has another one under an event loop; the one at hand when the question was put together may be
    closed by then."""
    named(True, username="a")
    own, used = connections["default"], []
    connections["default"] = other = own.copy()
    try:
        with other.execute_wrapper(lambda do, *args: used.append(args[0]) or do(*args)):
            named(True, username="a")
    finally:
        connections["default"] = own
        other.close()
    assert len(used) == 1


def test_many_values_stand_in_one_question_for_each_power_of_two(composed):
    @Prepared
    def those(active, *, names):
        composed.append(len(names))
        return Person.objects.filter(username__in=names, is_active=active).order_by("pk")

    known = [person(name) for name in "abcde"]
    assert those(True, names=("a", "c", "e")) == known[::2]
    assert those(True, names=("b", "nobody", "d", "c")) == known[1:4]
    assert those(True, names=("b",)) == [known[1]]
    assert those(True, names=()) == []
    assert composed == [4, 1, 0, 0]
    assert those(True, names=(*"abcde", *(f"n{n}" for n in range(60)))) == known


def test_what_is_read_beside_the_rows_keeps_none_of_them(world):
    @Prepared
    def people(*, key):
        return Person.objects.filter(key=key).prefetch_related(Prefetch("posts", beside))

    beside = Post.objects.order_by("pk")
    for who in (world.officer, world.member):
        [found] = people(key=who.key)
        assert {post.holder.key for post in found.posts.all()} == {who.key}
    assert not beside._hints


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (lambda name: Q(username=name) | Q(username__startswith=name), "z"),
        (lambda name: Q(username__iexact=name), "a%"),
        (lambda name: Q(username=name.strip().lower()), " ABC "),
    ],
)
def test_a_value_that_something_is_done_to_is_found_out(asked, value):
    for name in ("zb", "abc"):
        person(name)

    def those(*, name):
        return Person.objects.filter(asked(name)).order_by("pk")

    assert Prepared(those)(name=value) == list(those(name=value))
    assert Prepared(those)(name="abc") == list(those(name="abc"))


def test_a_value_in_what_is_read_beside_the_rows_is_found_out(world):
    @Prepared
    def people(*, key):
        beside = Post.objects.filter(holder__key=key)
        return Person.objects.filter(key=key).prefetch_related(Prefetch("posts", beside))

    @Prepared
    def numbered(*, username, pk):
        beside = Post.objects.filter(holder_id=pk)
        return Person.objects.filter(username=username, pk=pk).prefetch_related(Prefetch("posts", beside))

    for who in (world.officer, world.member):
        [found] = people(key=who.key)
        assert found.posts.all()
        [found] = numbered(username=found.username, pk=found.pk)
        assert found.posts.all()


def test_no_request_is_remembered(world):
    class Sent:
        words = "没公开的话"

    sent = Sent()
    kept_by = weakref.ref(sent)
    actor = SimpleLazyObject(lambda sent=sent: sent and world.officer)
    asked = Prepared(lambda who, *, key: Person.objects.filter(key=key, is_active=bool(who.posts)))
    assert asked(actor, key=world.officer.key)
    del actor, sent
    gc.collect()
    assert kept_by() is None
