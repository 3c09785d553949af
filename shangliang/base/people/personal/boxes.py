"""A text locked into a box: AES-256-GCM under a key of 32 bytes, a nonce of its own before it."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12  # bytes


def shut(key: bytes, content: bytes, about: bytes) -> bytes:
    """`about` binds the box to its place: it opens with the same only."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def opened(key: bytes, box: bytes, about: bytes) -> bytes:
    """InvalidTag for another key or place, or an altered box."""
    return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], about)
