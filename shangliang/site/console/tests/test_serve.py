"""`make dev`: what is prepared and started once, and what each reload starts anew."""

import pytest
from django.core.management import call_command

from shangliang.site.console.management.commands import serve


class Worker:
    def __init__(self, found):
        self.terminate = lambda: found.append("the worker ends")


@pytest.fixture
def done(monkeypatch):
    """What was done, in order, instead of being done."""
    found = []
    monkeypatch.setattr(serve, "prepare", lambda say: found.append("prepare"))
    monkeypatch.setattr(serve, "call_command", lambda *words, **_options: found.append(words))
    monkeypatch.setattr(serve.subprocess, "Popen", lambda *_a, **_k: found.append("work") or Worker(found))
    monkeypatch.delenv("RUN_MAIN", raising=False)
    return found


def test_the_server_for_developers_prepares_once_and_has_its_worker(done, monkeypatch):
    call_command("serve", "--reload", port="8001", verbosity=0)
    assert done == ["prepare", "work", ("runserver", "127.0.0.1:8001"), "the worker ends"]
    done.clear()
    monkeypatch.setenv("RUN_MAIN", "true")  # as Django tells the server that it starts at each change
    call_command("serve", "--reload", port="8001", verbosity=0)
    assert done == [("runserver", "127.0.0.1:8001")]


def test_keys_come_forward_before_the_words_that_are_locked_up_by_them(monkeypatch):
    """Of an older database: steps of the main one ask the keyring for columns that it gets by its own."""
    found = []
    monkeypatch.setattr(
        serve, "call_command", lambda name, **options: found.append((name, options.get("database", "")))
    )
    monkeypatch.setattr(serve, "compile_words", lambda paths: None)
    serve.prepare(lambda said: None)
    assert [database for name, database in found if name == "migrate"] == ["keyring", ""]
