"""Which photos of an activity's record are covered, and where, before they are shown."""

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
from shangliang.flow.activities import actions, pictured
from shangliang.flow.voices import pictures

from ..forms.activities import Plain
from ..rail import rail
from .activity_more import organised
from .photos import boxes_of, typed_boxes

MOVES = ("cover", "uncover")


@require_GET
@login_required
def photo(request: Request, code: str, photo: str) -> HttpResponse:
    """The photo whole, a pointer's tool to draw boxes, and a grid to tick where no pointer or script is."""
    return _photo(request, code, photo)


@require_POST
@login_required
def move(request: Request, code: str, photo: str, move: str) -> HttpResponse:
    """Cover it (again: with other boxes), or take the boxes away. The copy is drawn before the transaction:
    on SQLite everybody else would wait for it."""
    found = organised(request, code)
    pictured.check(found, by=request.actor)
    file, _row = pictured.original(found, photo)
    if move not in MOVES:
        raise Http404(move)
    if move == "uncover":
        return _uncover(request, code, photo)
    form = Plain(request.POST)
    try:
        boxes = boxes_of(request, *pictures.grid(file.width, file.height))
    except ValidationError as fault:
        form.add_error(None, fault)
        return _photo(request, code, photo, form)
    with blaming(form):
        copy = files.cover(photo, boxes)
        return _cover(request, code, photo, copy, boxes)
    return _photo(request, code, photo, form)


@once
def _cover(
    request: Request, code: str, photo: str, copy: files.Ready, boxes: list[pictures.Box]
) -> HttpResponse:
    actions.cover(code, photo, copy, by=request.actor, seen=seen(request), boxes=boxes)
    messages.success(request, _("盖好了：看到的是盖过的这一份，原来的只有看得到记录的人能打开。"))
    return redirect("desk:activity_photo", code, photo)


@once
def _uncover(request: Request, code: str, photo: str) -> HttpResponse:
    actions.uncover(code, photo, by=request.actor, seen=seen(request))
    messages.success(request, _("去掉了，照片是原来的样子。"))
    return redirect("desk:activity", code)


def _photo(request: Request, code: str, photo: str, form: Any = None) -> HttpResponse:
    found = organised(request, code)
    pictured.check(found, by=request.actor)
    file, row = pictured.original(found, photo)
    columns, rows = pictures.grid(file.width, file.height)
    context: dict[str, Any] = {
        "rail": rail(request.actor, "activities"),
        "activity": found,
        "file": file,
        "row": row,
        "boxes": typed_boxes(request) if form else (row.boxes if row else []),
        "ticked": set(request.POST.getlist("cell")) if form else set(),
        "form": form or Plain(),
        "columns": columns,
        "rows": rows,
    }
    return render(request, "desk/activity_photo.html", context, status=422 if form else 200)
