"""Who is acting, as rules and queries see them."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "author", "guest", "stranger", "clock"]


@dataclass(frozen=True)
class Held:
    """A post that is held today. `committee` is a path; `studio` and `department` are public codes or
    empty."""

    role: str
    committee: str
    studio: str = ""
    department: str = ""


@dataclass(frozen=True)
class Actor:
    """A person with posts, the holder of a tracking code, a guest with a door code, a stranger, or the clock.

    `key` is the pseudonym that the journal keeps. An author has `thread` and `subject` of the voice opened
    by code and `committee`, where the code also counts as one participant; a guest has the one
    `consultation` the door code opens."""

    key: str
    kind: Kind = "person"
    name: str = ""
    posts: tuple[Held, ...] = field(default=())
    thread: str = ""
    subject: str = ""
    committee: str = ""
    consultation: str = ""
    assisted: str = ""  # of an author: the code of the session in which somebody helps them write

    def held(
        self,
        *roles: str,
        committee: str | None = None,
        studio: str | None = None,
        department: str | None = None,
    ) -> list[Held]:
        """The posts of these roles at this place; a place that is not named does not narrow."""
        return [
            post
            for post in self.posts
            if post.role in roles
            and committee in (None, post.committee)
            and studio in (None, post.studio)
            and department in (None, post.department)
        ]

    def holds(
        self,
        *roles: str,
        committee: str | None = None,
        studio: str | None = None,
        department: str | None = None,
    ) -> bool:
        return bool(self.held(*roles, committee=committee, studio=studio, department=department))

    def paths(self, *roles: str) -> set[str]:
        """Paths of the committees at which one of these roles is held."""
        return {post.committee for post in self.held(*roles)}

    def studios(self, *roles: str) -> set[str]:
        return {post.studio for post in self.held(*roles)}

    def departments(self) -> set[str]:
        """Codes of the departments for which this person handles."""
        return {post.department for post in self.held("handler")}


STRANGER = Actor(key="stranger", kind="stranger")
CLOCK = Actor(key="clock", kind="clock")
