"""Addresses of consultations."""

from django.urls import path

from . import own, views

app_name = "consultations"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<code>/", views.consultation, name="consultation"),
    path("<code>/minutes/", views.minutes, name="minutes"),
    path("<code>/post/", views.post, name="post"),
    path("<code>/enter/", views.enter, name="enter"),
    path("<code>/data/", own.data, name="data"),
    path("<code>/data/copy/", own.copy, name="data_copy"),
    path("<code>/data/erase/", own.erase, name="data_erase"),
    path("<code>/mend/<post>/", views.mend, name="mend"),
    path("<code>/appeal/<post>/", views.appeal, name="appeal"),
    path("<code>/judge/<recommendation>/", views.judge, name="judge"),
]
