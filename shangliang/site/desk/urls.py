"""Addresses, not built yet."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
