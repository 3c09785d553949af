"""Addresses under /data/."""

from django.urls import path

from . import views

app_name = "figures"
urlpatterns = [
    path("", views.index, name="index"),
    path("studios/<str:code>/<str:count>/", views.of_studio, name="of_studio"),
    path("<str:code>/", views.committee, name="committee"),
    path("<str:code>/<str:metric>/", views.metric, name="metric"),
    path("<str:code>/<str:metric>/records.csv", views.sheet, name="sheet"),
]
