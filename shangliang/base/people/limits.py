"""How often somebody may try: counted in the database cache, where a restart does not forget."""

from django.core.cache import cache

from .. import clock


def allowed(name: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one try of `who` in a fixed window and say whether it is still within `most`."""
    window = int(clock.now().timestamp()) // seconds
    key = f"limit:{name}:{who}:{window}"
    if cache.add(key, 1, timeout=seconds + 5):
        return most >= 1
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # it ran out between the two lines
        return True
