"""Addresses, not built yet."""

from django.urls import URLPattern

app_name = "portal"
urlpatterns: list[URLPattern] = []
