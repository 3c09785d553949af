"""Which photos of a voice are shown with its public wording, and what on them is covered before."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts.once import once, seen
from shangliang.base.files import actions as files
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.flow.voices import actions, pictures
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.queries import pictured

from ..forms.photos import Shown
from ..rail import rail


@require_GET
@login_required
def photo(request: Request, code: str, photo: str) -> HttpResponse:
    """The photo whole, a pointer's tool to draw boxes, and a grid to tick where no pointer or script is."""
    return _photo(request, code, photo)


@require_POST
@login_required
def move(request: Request, code: str, photo: str, move: str) -> HttpResponse:
    """Show the photo with these boxes (again: with others), or show it no more. The copy is drawn before the
    transaction: on SQLite everybody else would wait for it."""
    voice = voices.get(code, request.actor)
    pictured.check(voice, by=request.actor)
    file, _row = pictured.original(voice, photo)
    if move == "hide":
        return _hide(request, code, photo)
    if move != "show":
        raise Http404(move)
    form = Shown(request.POST)
    try:
        boxes = boxes_of(request, *pictures.grid(file.width, file.height))
    except ValidationError as fault:
        form.add_error(None, fault)
        return _photo(request, code, photo, form)
    if not form.is_valid():
        return _photo(request, code, photo, form)
    with blaming(form):
        copy = files.cover(photo, boxes)
        return _show(request, code, photo, copy, boxes, form)
    return _photo(request, code, photo, form)


@once
def _show(
    request: Request, code: str, photo: str, copy: files.Ready, boxes: list[pictures.Box], form: Shown
) -> HttpResponse:
    given = {"seen": seen(request), "boxes": boxes, "alt": form.cleaned_data["alt"]}
    actions.show_photo(code, photo, copy, by=request.actor, **given)
    messages.success(request, _("放好了：公开的是盖过的这一份，原来的照片没有动。"))
    return redirect("desk:review_photo", code, photo)


@once
def _hide(request: Request, code: str, photo: str) -> HttpResponse:
    actions.hide_photo(code, photo, by=request.actor, seen=seen(request))
    messages.success(request, _("这张照片不公开了，盖过的那一份删掉了。"))
    return redirect("desk:review_item", "voice", code)


def boxes_of(request: Request, columns: int, rows: int) -> list[pictures.Box]:
    """The boxes of a form, drawn and ticked. ValidationError for too many, or for one that is none."""
    drawn = [pictures.box(one) for one in request.POST.getlist("box")[: pictures.MOST + 1]]
    ticked = request.POST.getlist("cell")[: columns * rows]
    found = list(dict.fromkeys([*drawn, *pictures.cells(ticked, columns, rows)]))
    if len(found) > pictures.MOST:
        raise ValidationError(_("最多盖 %(n)s 处。把挨着的画成一大块。") % {"n": pictures.MOST})
    return found


def _photo(request: Request, code: str, photo: str, form: Shown | None = None) -> HttpResponse:
    voice = voices.get(code, request.actor)
    pictured.check(voice, by=request.actor)
    file, row = pictured.original(voice, photo)
    columns, rows = pictures.grid(file.width, file.height)
    context: dict[str, Any] = {
        "rail": rail(request.actor, "review"),
        "voice": voice,
        "file": file,
        "row": row,
        "boxes": typed_boxes(request) if form else (row.boxes if row else []),
        "ticked": set(request.POST.getlist("cell")) if form else set(),
        "form": form or Shown(initial={"alt": row.alt if row else ""}),
        "columns": columns,
        "rows": rows,
    }
    return render(request, "desk/review_photo.html", context, status=422 if form else 200)


def typed_boxes(request: Request) -> list[pictures.Box]:
    """The boxes of a form that came back, but for those that are none."""
    found = []
    for one in request.POST.getlist("box")[: pictures.MOST]:
        try:
            found.append(pictures.box(one))
        except ValidationError:
            continue
    return found
