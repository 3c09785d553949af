"""Random public names. A code tells nothing about how many there are, and none can be guessed."""

import secrets

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u: nothing to mistake when read aloud


def _drawn(length: int) -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def public_id() -> str:
    """Ten characters for an address, 50 random bits. Keep the column unique."""
    return _drawn(10)


def thread_number() -> str:
    """A thread's number, "SL-" and twelve characters: 60 random bits keep a hundred million threads apart."""
    return f"SL-{_drawn(12).upper()}"


def salt() -> str:
    """128 random bits in 22 characters."""
    return secrets.token_urlsafe(16)
