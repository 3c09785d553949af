"""Addresses, not built yet."""

from django.urls import URLPattern

app_name = "ui"
urlpatterns: list[URLPattern] = []
