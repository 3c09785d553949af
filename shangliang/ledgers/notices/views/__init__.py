"""Pages of notices."""

from django.http import HttpResponse, HttpResponseRedirect


def see(where: str) -> HttpResponse:
    """Done: the browser goes on to another page, and asks for it anew."""
    response = HttpResponseRedirect(where)
    response.status_code = 303
    return response
