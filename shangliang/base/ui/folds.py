"""Forms that a page folds away: few are opened, and drawing one costs as much as several questions. Each is
fetched when it is opened; where no script runs, a link leads to the page with it open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Fold:
    """One of them: its name, the words on it and on its button. `page` is the address where it stands, `to`
    where it is sent, `version` what it speaks of, `make` its empty form, `note` what is said above it; `of`
    the part of the thing that it is about, where each has one; `form` is one that is drawn."""

    name: str
    label: str
    button: str
    tone: int
    page: str
    to: str
    version: int
    make: Callable[[], Any]
    files: bool = False
    note: str = ""
    of: str = ""
    form: Any = None
    faulty: bool = False

    @property
    def key(self) -> str:
        return key(self.name, self.of)

    @property
    def id(self) -> str:
        return f"move-{self.key}"

    @property
    def href(self) -> str:
        """Where its form is fetched from, about the version that this page shows."""
        of = {"of": self.of} if self.of else {}
        return f"{self.page}?{urlencode({'seen': self.version, **of, 'form': self.name})}"


def key(name: str, of: str = "") -> str:
    """What tells a fold from all others on its page."""
    return f"{of}-{name}" if of else name


def asked(request: HttpRequest) -> str:
    """The key of the fold that the address wants to stand open."""
    return key(request.GET.get("form", ""), request.GET.get("of", ""))


def drawn(folds: Iterable[Fold], opened: str, faulty: Any = None) -> list[Fold]:
    """All of them, `opened` (a key) with its form: an empty one, or the `faulty` one that came back."""
    return [
        replace(fold, form=faulty or fold.make(), faulty=bool(faulty)) if fold.key == opened else fold
        for fold in folds
    ]


def alone(request: HttpRequest, folds: Iterable[Fold], seen: int | None) -> HttpResponse:
    """For htmx the form that the address names, about the version that its page showed (`seen`). Http404 for
    one that is not among `folds`."""
    for fold in drawn(folds, asked(request)):
        if fold.form is not None:
            version = fold.version if seen is None else seen
            return render(request, "ui/folded.html", {"fold": replace(fold, version=version)})
    raise Http404(asked(request))
