"""One door for every photo and paper."""

from typing import Any

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from . import queries


@require_safe
def file(request: Any, code: str, size: str) -> FileResponse:
    """Small, large or paper. Nobody else's cache keeps it, and what is not public no cache at all: the next
    one at this screen finds nothing. Whatever is in it can do nothing."""
    actors = [actor for actor in (request.actor, request.author) if actor]
    if (found := queries.opened(actors, code, size)) is None:
        raise Http404
    row, content = found
    name = f"{row.code}.jpg" if row.is_picture else row.name
    kind = "image/jpeg" if row.is_picture else "application/pdf"
    answer = FileResponse(content, as_attachment=not row.is_picture, filename=name, content_type=kind)
    answer["Cache-Control"] = "private, max-age=300" if queries.public(row) else "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
