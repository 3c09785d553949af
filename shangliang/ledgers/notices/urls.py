"""Addresses of notices: /notices/ for staff, /subscribe/ for everybody."""

from django.urls import path

from .views import staff, subscribe

app_name = "notices"
urlpatterns = [
    path("notices/", staff.listed, name="list"),
    path("notices/read/", staff.read, name="read"),
    path("notices/settings/", staff.settings, name="settings"),
    path("notices/outbox/", staff.outbox, name="outbox"),
    path("subscribe/", subscribe.ask, name="subscribe"),
    path("subscribe/sent/", subscribe.sent, name="sent"),
    path("subscribe/confirm/<token>/", subscribe.confirm, name="confirm"),
    path("subscribe/mine/<token>/", subscribe.mine, name="mine"),
    path("subscribe/off/<token>/", subscribe.off, name="off"),
]
