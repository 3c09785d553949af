"""What stands on every answer."""

from collections.abc import Iterator

from django.http import HttpResponseBase


def wanting(response: HttpResponseBase) -> Iterator[str]:
    """What an answer lacks, a line each."""
    heads = response.headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in heads.get("Content-Security-Policy", "").split(";")
    )
    if "'unsafe" in str(policy) or policy.get("default-src") != "'none'":
        yield f"a strict Content-Security-Policy, not {policy}"
    for name in ("script-src", "style-src"):
        if "sandbox" not in policy and policy.get(name) != "'self'":
            yield f"{name} of our own only, not {policy.get(name)}"
    if heads.get("X-Frame-Options") != "DENY" and "sandbox" not in policy:
        yield "X-Frame-Options"
    if "sandbox" not in policy and policy.get("frame-ancestors") != "'none'":
        yield "frame-ancestors"
    if (
        "camera=()" not in heads.get("Permissions-Policy", "")
        or "geolocation=()" not in heads["Permissions-Policy"]
    ):
        yield "Permissions-Policy"
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }.items():
        if heads.get(name) != value:
            yield f"{name}: {value}"
    for cookie in response.cookies.values():
        if not cookie["httponly"] or cookie["samesite"] != "Lax":
            yield f"HttpOnly and SameSite of {cookie.key}"
