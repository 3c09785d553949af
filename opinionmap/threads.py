"""One thread by default.

Why: on a busy machine with few cores, threads of a numeric library spin while they wait for each other. A
reference implementation of this mathematics took 4 to 7 times longer so (`README.md`, "Threads"), and a web
server or a worker has its parallelism elsewhere. Besides, how a sum is shared among threads decides its last
bits; with one thread there is one way.

`OPINIONMAP_THREADS=4` in the environment asks for more; `OPINIONMAP_THREADS=0` leaves all as it is.
"""

import ctypes
import os
import sys
from collections.abc import Iterable, MutableMapping
from pathlib import Path

VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
SETTERS = ("scipy_openblas_set_num_threads64_", "openblas_set_num_threads64_", "openblas_set_num_threads")


def pin(environment: MutableMapping[str, str] = os.environ) -> int:
    """Keep numpy's linear algebra to one thread, and say to how many it was kept (0: left as it is).

    Before numpy is loaded by the environment; afterwards by asking its own library. A variable that somebody
    set already is kept in the first case."""
    asked = environment.get("OPINIONMAP_THREADS", "1")
    count = int(asked) if asked.isdigit() else 1
    if not count:
        return 0
    for name in VARIABLES:
        environment.setdefault(name, str(count))
    if "numpy" in sys.modules:
        tell(libraries(), count)
    return count


def libraries() -> list[Path]:
    """The numeric libraries that came with numpy's wheel."""
    home = Path(str(sys.modules["numpy"].__file__)).parent
    return sorted((home.parent / "numpy.libs").glob("*openblas*"))


def tell(files: Iterable[Path], count: int) -> int:
    """Ask loaded libraries for so many threads; how many of them heard it."""
    heard = 0
    for file in files:
        library = ctypes.CDLL(str(file))
        for name in SETTERS:
            if hasattr(library, name):
                getattr(library, name)(count)
                heard += 1
                break
    return heard


KEPT = pin()  # as this module loads; the package loads it before any that needs numpy
