"""How often somebody may try: counted in the database cache, where a restart does not forget."""

from django.core.cache import cache

from .. import clock


def allowed(name: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one try of `who` in a fixed window and say whether it is still within `most`."""
    window = int(clock.now().timestamp()) // seconds
    key = f"limit:{name}:{who}:{window}"
    if cache.add(key, 1, timeout=seconds + 5):
        return most >= 1
    # Not cache.incr: it would keep the count for the cache's own five minutes, however long the window is.
    tries = int(cache.get(key, 0)) + 1
    cache.set(key, tries, timeout=seconds + 5)
    return tries <= most
