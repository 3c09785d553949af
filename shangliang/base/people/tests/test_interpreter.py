"""A frame with room for those it calls, and a collector that lets what is loaded be."""

import subprocess
import sys

from shangliang.base.interpreter import FRAME, YOUNG, roomy

# Deeper by 40 frames than a piece of 16 kB holds, then up and down over every place in it.
DEEP = """
import resource
from shangliang.base.interpreter import roomy
def down(n):
    return n and down(n - 1)
def turns():
    for depth in range(40, 240):
        for _ in range(200):
            down(depth)
def faults(call):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    call()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
print(faults(turns), faults(roomy(turns)))
"""


def test_it_is_the_same_call():
    def said(*given, **named):
        return given, named

    assert roomy(said)(1, 2, a=3) == ((1, 2), {"a": 3})
    assert roomy(said).__code__.co_stacksize == FRAME


def test_in_a_large_frame_no_piece_is_taken_at_every_turn():
    """Planted: the same turns without it."""
    ran = subprocess.run([sys.executable, "-c", DEEP], capture_output=True, text=True, check=True)
    without, within = map(int, ran.stdout.split())
    assert without > 10 * within


SERVER = """
import gc
from shangliang.wsgi import application
print(application.__code__.co_stacksize, gc.get_freeze_count() > 100_000, gc.get_threshold()[0])
"""


def test_the_servers_pages_have_both():
    ran = subprocess.run([sys.executable, "-c", SERVER], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [str(FRAME), "True", str(YOUNG)]
