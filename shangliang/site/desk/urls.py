"""The desk's addresses."""

from django.urls import path

from .views import studios

app_name = "desk"
urlpatterns = [
    path("studios/", studios.studios, name="studios"),
    path("studios/plan/", studios.plan, name="studio_plan"),
    path("studios/roster/", studios.roster, name="studio_roster"),
    path("studios/<code>/", studios.studio, name="studio"),
    path("studios/<code>/poster/", studios.poster, name="studio_poster"),
    path("studios/<code>/<move>/", studios.move, name="studio_move"),
]
