"""Names of the types that the whole library uses."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Id: TypeAlias = int | str
"""What a participant or a statement is called. Whole numbers come before words in every order."""
Floats: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.uint8]
"""Votes as packed: 0 not seen, 1 disagree, 2 pass, 3 agree."""


def by_id(name: Id) -> tuple[bool, int, str]:
    """The key of the one order in which ids stand: numbers by size, then words by their letters."""
    return (False, name, "") if isinstance(name, int) else (True, 0, name)
