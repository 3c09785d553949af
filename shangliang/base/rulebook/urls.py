"""Addresses of the rule book."""

from django.urls import path

from . import views

app_name = "rulebook"
urlpatterns = [
    path("", views.listing, name="list"),
    path("values/<committee>/", views.in_force, name="values"),
    path("<code>/", views.rule, name="rule"),
]
