"""A leader's addresses."""

from django.urls import path

from .views import home, studios, topics

app_name = "leaders"
urlpatterns = [
    path("", home.home, name="home"),
    path("topics/", topics.topics, name="topics"),
    path("studios/", studios.studios, name="studios"),
    path("studios/<code>/<move>/", studios.move, name="studio_move"),
]
