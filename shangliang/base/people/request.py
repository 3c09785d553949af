"""The request as our views see it, for the type checker."""

from django.http import HttpRequest

from .actor import Actor


class Request(HttpRequest):
    """`actor`: who is signed in, or the stranger. `author`: the holder of a tracking code, falsy when none
    was entered (it is lazy: ask `if request.author`, never `is None`)."""

    actor: Actor
    author: Actor | None
