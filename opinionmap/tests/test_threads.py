"""One thread, unless somebody asks for more."""

import subprocess
import sys

import numpy as np

from opinionmap import threads


def test_one_thread_by_default():
    environment = {}
    assert threads.pin(environment) == 1
    assert environment["OPENBLAS_NUM_THREADS"] == environment["OMP_NUM_THREADS"] == "1"


def test_what_somebody_set_stays():
    environment = {"OMP_NUM_THREADS": "8", "OPINIONMAP_THREADS": "x"}
    assert threads.pin(environment) == 1
    assert environment["OMP_NUM_THREADS"] == "8"


def test_all_is_left_as_it_is_if_asked():
    environment = {"OPINIONMAP_THREADS": "0"}
    assert threads.pin(environment) == 0
    assert environment == {"OPINIONMAP_THREADS": "0"}


def test_numpy_need_not_be_loaded(monkeypatch):
    monkeypatch.delitem(sys.modules, "numpy")
    heard = []
    monkeypatch.setattr(threads, "tell", lambda *told: heard.append(told))
    assert threads.pin({"OPINIONMAP_THREADS": "3"}) == 3
    assert heard == []


def test_numpys_own_library_hears_it():
    assert threads.tell(threads.libraries(), 1) == len(threads.libraries())


def test_a_library_without_threads_is_passed_over():
    import _ctypes

    assert threads.tell([_ctypes.__file__], 1) == 0
    assert np.__name__ == "numpy"


def test_nothing_of_the_platform_is_loaded():
    code = (
        "import sys, opinionmap; "
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'shangliang', 'scipy')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
