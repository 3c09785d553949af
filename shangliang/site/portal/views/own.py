"""What is kept of the holder of a tracking code, and what they may do about it."""

import json
import tempfile
import zipfile
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts.once import once
from shangliang.base.files import queries as files
from shangliang.base.people import limits
from shangliang.base.people import queries as people
from shangliang.base.people.middleware import close_thread, use_thread
from shangliang.base.people.personal import copies, privacy
from shangliang.base.people.personal.fields import masked
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.base.ui.views import refuse
from shangliang.flow.voices import actions, forms, queries
from shangliang.ledgers.notices import actions as notices
from shangliang.ledgers.notices import queries as kept
from shangliang.ledgers.notices.forms import Mailbox

COPIES, MAILBOXES, HOUR = 6, 6, 3600  # of one person; seconds


def with_the_code(view: Any) -> Any:
    """Only for who holds the code of this very thread; anybody else is asked for it."""

    @wraps(view)
    def wrapped(request: Request, *args: Any) -> HttpResponseBase:
        if not request.author and request.method == "GET":
            return redirect("portal:track")
        if not request.author or request.POST.get("voice", _code(request)) != _code(request):
            return refuse(request, 403, _("隔了半小时，或者换了一张查询码。再输一次查询码，接着办。"))
        use_thread(request, request.author)
        answer: HttpResponseBase = view(request, *args)
        return answer

    return wrapped


@never_cache
@require_GET
@with_the_code
def data(request: Request) -> HttpResponse:
    """What is kept, who looked at the phone, and the ways to change it."""
    return _data(request, None)


@never_cache
@require_POST
@with_the_code
@once
def phone(request: Request) -> HttpResponse:
    """Another phone number, or none."""
    assert request.author
    form, removed = forms.Phone(request.POST), "remove" in request.POST
    if removed or form.is_valid():
        number = "" if removed else form.cleaned_data["phone"]
        with blaming(form):
            actions.correct_phone(_code(request), by=request.author, phone=number)
            messages.success(request, _("改好了。"))
            return _see(reverse("portal:data"))
    return _data(request, form, status=422)


@never_cache
@require_POST
@with_the_code
@once
def mail(request: Request) -> HttpResponse:
    """An e-mail address for what comes of this matter, or none. A few an hour: each is written to."""
    assert request.author
    if "remove" in request.POST:
        notices.drop_mailbox(request.author)
        messages.success(request, _("删掉了。"))
        return _see(reverse("portal:data"))
    form = Mailbox(request.POST, auto_id="mail_%s")
    if not form.is_valid():
        return _data(request, None, form, status=422)
    if not limits.allowed("mailbox", request.author.key, most=MAILBOXES, seconds=HOUR):
        return refuse(request, 429, retry_after=HOUR)
    with blaming(form):
        notices.ask_mailbox(request.author, **form.cleaned_data)
        messages.success(request, _("发了一封信到那个邮箱，打开信里的链接确认一下。"))
        return _see(reverse("portal:data"))
    return _data(request, None, form, status=422)


@never_cache
@require_POST
@with_the_code
@once
def agree(request: Request) -> HttpResponse:
    """They agree to the present words on personal data."""
    assert request.author
    actions.agree(_code(request), by=request.author)
    messages.success(request, _("记下了，谢谢。"))
    return _see(reverse("portal:data"))


@never_cache
@require_POST
@with_the_code
def copy(request: Request) -> HttpResponseBase:
    """A ZIP of everything that is kept of them: one JSON file, and the photos. It changes nothing. A few an
    hour only: it is put together anew each time, on the disk."""
    assert request.author
    if not limits.allowed("copy", request.author.key, most=COPIES, seconds=HOUR):
        words = _("一小时里拿过好几份了，用刚才下载的那份，或者过一会儿再来。")
        return refuse(request, 429, words, retry_after=HOUR)
    rows = copies.of(request.author.key)
    body = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("data.json", json.dumps(rows, ensure_ascii=False, indent=2))
        for row in rows["files.File"]:
            for size in ("large", "paper"):
                if found := files.opened([request.author], row["code"], size):
                    ending = "jpg" if size == "large" else "pdf"
                    with found[1] as content:
                        pack.writestr(f"files/{row['code']}.{ending}", content.read())
    body.seek(0)
    return FileResponse(body, as_attachment=True, filename="shangliang.zip", content_type="application/zip")


def _data(
    request: Request, form: forms.Phone | None, mail_form: Mailbox | None = None, status: int = 200
) -> HttpResponse:
    assert request.author
    voice = queries.get(_code(request), request.author)
    looks = list(people.looks(voice.subject))
    seats = people.seats(looks)
    consent = privacy.consent("leave")
    context = {
        "voice": voice,
        "form": form or forms.Phone(),
        "phone": masked(voice.phone),
        "mailbox": kept.mailbox(voice.code),
        "mail_form": mail_form or Mailbox(auto_id="mail_%s"),
        "mail_consent": privacy.consent("mailbox"),
        "looks": [(look, _office(seats.get(look.by), voice)) for look in looks],
        "consent": consent,
        "agreed": voice.agreed == consent.mark,
    }
    return render(request, "portal/data.html", context, status=status)


def _office(seat: Any, voice: Any) -> str:
    """From which office somebody looked."""
    if seat is None:
        return str(voice.committee.office)
    return str(voice.studio.name if seat.studio == voice.studio.code else seat.committee.office)


@never_cache
@require_http_methods(["GET", "POST"])
@with_the_code
def erase(request: Request) -> HttpResponse:
    """What goes and what stays; a POST erases it."""
    if request.method == "POST":
        return _erase(request)
    return _before(request, forms.Erase())


@once
def _erase(request: Request) -> HttpResponse:
    assert request.author
    form = forms.Erase(request.POST)
    if not form.is_valid():
        return _before(request, form, status=422)
    actions.erase(_code(request), by=request.author)
    close_thread(request)
    messages.success(request, _("删掉了。这张查询码从此打不开东西，可以扔了。"))
    return _see(reverse("portal:track"))


def _before(request: Request, form: forms.Erase, status: int = 200) -> HttpResponse:
    assert request.author
    voice = queries.get(_code(request), request.author)
    return render(request, "portal/erase.html", {"voice": voice, "form": form}, status=status)


def _code(request: Request) -> str:
    return request.author.subject.removeprefix("voice:") if request.author else ""


def _see(where: str) -> HttpResponse:
    response = HttpResponseRedirect(where)
    response.status_code = 303
    return response
