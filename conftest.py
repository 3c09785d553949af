"""Fixtures that every package's tests share: the journal's guards, a clock, and the people of 清溪县."""

import pickle
import secrets
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from time import time

import pytest
from _pytest import runner
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from shangliang.base import clock
from shangliang.base.interpreter import roomy, settle
from shangliang.base.people import limits
from stories.remembered import forget

# Nothing is timed in tests: a busy machine is no fault.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

LONG_BEFORE = datetime(2026, 1, 5, 2, tzinfo=UTC)
GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'journal_%%'"


LONGEST = (  # which of the files that are marked as long begin first, by what each takes
    "stories/test_pages_in_the_browser.py", "prove/tests/test_bars.py", "stories/test_one_visibility.py",
    "stories/test_who_may_http_moves.py", "stories/test_migrations.py", "stories/test_who_may_http.py",
    "stories/test_payload_sweep.py", "stories/test_who_may_http_forms.py", "stories/test_who_may.py",
    "stories/test_every_door.py", "stories/test_demonstration.py", "journeys/test_voices.py",
    "journeys/test_phone.py", "journeys/test_channels.py", "journeys/test_assist.py",
    "stories/test_safe_answers.py", "console/tests/test_practice.py", "console/tests/test_backup.py",
    "journeys/test_research.py", "journeys/test_activities.py", "voices/tests/test_chart.py",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes longest begins first, so that no worker is left alone with it at the end. Who has a database
    has both: what residents said lies under keys of the second."""
    items.sort(key=_turn)
    for item in items:
        marks = list(item.iter_markers("django_db"))
        for mark in marks:
            mark.kwargs.setdefault("databases", ["default", "keyring"])
        if not marks and "db" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases=["default", "keyring"]))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    settle()


protocol = roomy(runner.pytest_runtest_protocol)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """In a large frame, as a server's pages are (`shangliang/wsgi.py`)."""
    return protocol(item, nextitem)


def _turn(item):
    place = next(
        (n for n, file in enumerate(LONGEST) if item.path.as_posix().endswith(f"/{file}")), len(LONGEST)
    )
    marked = any(item.get_closest_marker(name) for name in ("long", "browser"))
    return place + (place == len(LONGEST) and not marked)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_blocker):
    """A test's database begins as a copy of one that was migrated before, whichever run did it."""
    from stories import kept

    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            kept.ready_in_postgresql(_migrate)
        yield True
        return
    files = {one.alias: Path(one.settings_dict["TEST"]["NAME"]) for one in connections.all()}
    with django_db_blocker.unblock():
        kept.ready(files, _migrate)
    yield True
    connections.close_all()
    kept.away(files.values())


def _migrate():
    """As `setup_databases` would, which finds nothing left to do afterwards."""
    for one in connections.all():
        before = one.settings_dict["NAME"]
        one.creation.create_test_db(verbosity=0, serialize=False, autoclobber=True)
        one.close()
        one.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """No test's database has to outlive a loss of power, so none waits for the disk. The proofs of what does
    have processes of their own, which read the settings as they are."""
    for one in connections.settings.values():
        if said := one["OPTIONS"].get("init_command"):
            quick = said.replace("synchronous=FULL", "synchronous=OFF")
            one["OPTIONS"] = {**one["OPTIONS"], "init_command": quick}


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_guards():
    """Tests may empty the journal between them; nobody else may. `manage.py flush` stays refused."""
    operations = type(connection.ops)
    plain = operations.sql_flush

    def flush(self, style, tables, **options):
        statements = plain(self, style, tables, **options)
        if not statements or self.connection.alias != "default":
            return statements
        if self.connection.vendor == "sqlite":
            with self.connection.cursor() as cursor:
                cursor.execute(GUARDS)
                guards = cursor.fetchall()
            return [*(f"DROP TRIGGER {name}" for name, _ in guards), *statements, *(sql for _, sql in guards)]
        held = [t for t in tables if t.startswith("journal_")]
        off, on = ([f'ALTER TABLE "{t}" {word} TRIGGER USER' for t in held] for word in ("DISABLE", "ENABLE"))
        return [*off, *statements, *on]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", flush)
        yield


@pytest.fixture(autouse=True, scope="session")
def empty_again():
    """After a test that commits, the databases are again what they were before the first of them, laid back
    whole. Where a module's world stands around it, table by table, as Django does."""
    from stories.moments import Moment

    empty = Moment("empty")
    begin, end = TransactionTestCase.__dict__["_fixture_setup"], TransactionTestCase._fixture_teardown

    def free():
        return not any(one.in_atomic_block for one in connections.all())

    def held_first(cls):
        if not empty.held and free():
            empty.hold()
        begin.__func__(cls)

    def laid_back(self):
        if not empty.held or not free():
            return end(self)
        return empty.back(self._databases_names(include_mirrors=False))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(held_first))
        patch.setattr(TransactionTestCase, "_fixture_teardown", laid_back)
        yield


@pytest.fixture(autouse=True)
def no_kept_pages(request):
    """A rolled-back test's journal looks like the next one's, which never happens outside tests. Where a test
    puts another rule in the place of one, questions are put together anew before and after it."""
    caches["pages"].clear()
    if patched := "monkeypatch" in signature(request.function).parameters:
        forget()
    yield
    if patched:
        forget()


@pytest.fixture(autouse=True)
def no_window_turns(monkeypatch):
    """Tries are counted in windows of time: those of a test begin with it, so none ends among them."""
    monkeypatch.setattr(limits, "BEGUN", int(time()))


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path_factory):
    """No test leaves a photo in the project, or finds another's. Not `tmp_path`, which costs more than most
    tests."""
    own = tmp_path_factory.getbasetemp() / secrets.token_hex(8)
    own.mkdir()
    settings.MEDIA_ROOT = own / "media"
    settings.CHECKPOINTS = own / "checkpoints.jsonl"
    settings.ERASURES = own / "erasures.jsonl"


@pytest.fixture(scope="session")
def first_world(django_db_setup, django_db_blocker):
    """The world, pickled, and the rows it is made of. It was built long before any story begins, wherever a
    story's clock stands."""
    from stories.laid import Written
    from stories.world import build

    written = Written()
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keyring"):
        with clock.at(LONG_BEFORE), written.kept():
            built = build()
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    return pickle.dumps(built), written


@pytest.fixture(scope="module")
def small_world(first_world, django_db_blocker):
    """The world of one module, pickled: laid down once around its tests, each of which then has a
    savepoint."""
    built, written = first_world
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keyring"):
        written.lay()
        yield built
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")


@pytest.fixture
def world(small_world, db):
    """示例省 with its people: committees `province city county neighbour`, departments `lamps farms roads
    schools` of 清溪县 and `far` of 云岭县, and actors (posts held): `officer convener deputy member
    member2 handler handler2 leader auditor operator` of 清溪县, `neighbour_officer`, `city_officer`,
    `province_officer`, `other_convener` of its second studio. Studios `studio` and `other` of 清溪县,
    `far_studio` of 云岭县, all online."""
    return pickle.loads(small_world)  # noqa: S301, our own; a tenth of what deepcopy takes
