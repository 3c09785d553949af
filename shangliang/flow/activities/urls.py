"""Addresses of activities."""

from django.urls import path

from . import views

app_name = "activities"
urlpatterns = [
    path("", views.listing, name="list"),
    path("calendar/<code>.ics", views.calendar, name="calendar"),
    path("calendar/studio/<code>.ics", views.studio_calendar, name="studio_calendar"),
    path("calendar/own/<person>/<token>.ics", views.own_calendar, name="own_calendar"),
    path("scan/", views.scan, name="scan"),
    path("<code>/minutes/", views.minutes, name="minutes"),
    path("<code>/", views.activity, name="activity"),
]
