"""Whether a printed statement is genuine: for anybody who holds the paper. It tells of nothing else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shangliang.base.people import limits
from shangliang.base.people.accounts import address
from shangliang.base.people.request import Request
from shangliang.base.ui.views import refuse

from . import queries
from .forms import Check
from .verification import read

MOST, IN_ALL, HOUR = 30, 1200, 3600  # tries of one address of the net, of all together


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: Request) -> HttpResponse:
    """The form; a POST says whether we issued such a paper and, if so, what it says of itself."""
    if request.method == "GET":
        return _page(request, Check(initial={"code": request.GET.get("code", "").replace("\0", "")[:60]}))
    if not (
        limits.allowed("statement", address(request), most=MOST, seconds=HOUR)
        and limits.allowed("statement", "all", most=IN_ALL, seconds=HOUR)
    ):
        return refuse(request, 429, _("验得太勤了，过一个钟头再试。"), retry_after=HOUR)
    form = Check(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    found = read(form.cleaned_data["code"], form.cleaned_data["name"])
    if found is None:
        return _page(request, form, said=False)
    office = queries.office(found.committee)
    return _page(request, form, said=True, found=found, office=office)


def _page(request: Request, form: Check, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, "said": None, "found": None, "office": "", **more}
    return render(request, "points/check.html", context, status=status)
