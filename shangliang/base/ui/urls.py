"""The kit on one page. Not served in production."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [path("", views.kit, name="kit")]
