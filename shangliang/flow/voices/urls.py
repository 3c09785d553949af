"""Addresses of the door, the receipt and the voices that are shown."""

from django.urls import path

from . import views

app_name = "voices"
urlpatterns = [
    path("s/<code>/", views.door, name="door"),
    path("s/<code>/alike/", views.alike, name="alike"),
    path("s/<code>/m/<seat>/", views.door, name="member_door"),
    path("s/<code>/m/<seat>/alike/", views.alike, name="member_alike"),
    path("receipt/", views.receipt, name="receipt"),
    path("receipt/slip/", views.slip, name="slip"),
    path("voices/<code>/", views.voice, name="voice"),
    path("voices/<code>/<move>/", views.support, name="voice_move"),
]
