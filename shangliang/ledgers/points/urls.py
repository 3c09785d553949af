"""Addresses under /points/."""

from django.urls import path

from . import views

app_name = "points"
urlpatterns = [path("check/", views.check, name="check")]
