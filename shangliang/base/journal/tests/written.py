"""For tests elsewhere: an act written as its own package's action would, whose way there is too long."""

from ..record import record

__all__ = ["record"]
