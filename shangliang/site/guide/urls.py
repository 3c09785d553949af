"""Addresses of the first-day guide."""

from django.urls import path

from . import views

app_name = "guide"
urlpatterns = [
    path("", views.index, name="index"),
    path("away/", views.away, name="away"),
    path("<role>/", views.role, name="role"),
]
