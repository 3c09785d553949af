"""Addresses, not built yet."""

from django.urls import URLPattern

app_name = "departments"
urlpatterns: list[URLPattern] = []
