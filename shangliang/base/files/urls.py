"""/files/…"""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("photo/", views.photo, name="photo"),
    path("<str:code>/<str:size>/", views.file, name="file"),
]
