"""The public site's addresses."""

from django.urls import path

from .views import home, pages, search, studios

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("studios/", studios.directory, name="studios"),
    path("studios/<code>/", studios.studio, name="studio"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("mode/", pages.mode, name="mode"),
    path("language/", pages.language, name="language"),
]
