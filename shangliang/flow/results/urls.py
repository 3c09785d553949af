"""Addresses of results."""

from django.urls import path

from . import views

app_name = "results"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<code>/", views.result, name="result"),
]
