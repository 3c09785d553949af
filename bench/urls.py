"""The whole site and, beside it, a view that does nothing: what every page is measured against."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("好")


urlpatterns = [path("bare/", bare, name="bare"), path("", include("shangliang.urls"))]
handler403 = "shangliang.base.ui.views.forbidden"
handler404 = "shangliang.base.ui.views.not_found"
handler500 = "shangliang.base.ui.views.broken"
