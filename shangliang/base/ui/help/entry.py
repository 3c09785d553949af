"""One page's help."""

from typing import NamedTuple


class Help(NamedTuple):
    """Each a sentence or two, as one says it to a person: what this page is, what one does here, what comes
    next ("" where nothing does)."""

    what: str
    do: str
    then: str = ""
