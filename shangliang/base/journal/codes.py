"""Random public names, and codes that people hold. A name tells nothing about how many there are, and none
can be guessed; of a code that opens something only a keyed digest is kept."""

import hashlib
import hmac
import secrets

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u: nothing to mistake when read aloud

LOOKALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})


def _drawn(length: int) -> str:
    number = secrets.randbits(5 * length)  # drawn once: thousands at a time come with a list
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(length))


def public_id() -> str:
    """Ten characters for an address, 50 random bits. Keep the column unique."""
    return _drawn(10)


def thread_number() -> str:
    """A thread's number, "SL-" and twelve characters: 60 random bits keep a hundred million threads apart."""
    return f"SL-{_drawn(12).upper()}"


def salt() -> str:
    """128 random bits in 22 characters."""
    return secrets.token_urlsafe(16)


def meant(typed: str) -> str:
    """What was meant by a typed code: spaces and dashes go, o is 0, i and l are 1; upper and lower case are
    one, and so are half and full width."""
    return "".join(c for c in _half_width(typed).lower().translate(LOOKALIKES) if c.isalnum())


def _half_width(text: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def keyed(secret: str, purpose: str, text: str) -> bytes:
    """32 bytes that only the holder of the secret can reckon from the text; other purposes give others."""
    return hmac.new(secret.encode(), f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
