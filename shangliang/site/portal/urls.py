"""The public site's addresses."""

from django.urls import path

from .views import pages

app_name = "portal"
urlpatterns = [
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("mode/", pages.mode, name="mode"),
    path("language/", pages.language, name="language"),
]
