"""Everything that changes a research report or a supervision by study. A refused move raises Unseen, NotYours
or NotNow; a fault in what was written a ValidationError with the form's field."""

from .erasing import forget
from .following import close, put_right, show
from .outcomes import acknowledge, adopt, decline, endorse
from .reviewing import accept, return_, sign
from .team import add_visit, drop, drop_visit, leave, name
from .undoing import take_back
from .writing import Draft, draft, redraft, submit, withdraw

__all__ = [
    "Draft",
    "accept",
    "acknowledge",
    "add_visit",
    "adopt",
    "close",
    "decline",
    "draft",
    "drop",
    "drop_visit",
    "endorse",
    "forget",
    "leave",
    "name",
    "put_right",
    "redraft",
    "return_",
    "show",
    "sign",
    "submit",
    "take_back",
    "withdraw",
]
