"""A leader's addresses."""

from django.urls import path

from .views import studios

app_name = "leaders"
urlpatterns = [
    path("studios/", studios.studios, name="studios"),
    path("studios/<code>/<move>/", studios.move, name="studio_move"),
]
