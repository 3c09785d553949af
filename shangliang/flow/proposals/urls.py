"""Addresses of what is public of proposals, and of the letters that answer them."""

from django.urls import path

from . import views

app_name = "proposals"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<code>/", views.proposal, name="proposal"),
    path("<code>/passed/", views.passed, name="passed"),
    path("<code>/letters/<int:pk>/", views.letter, name="letter"),
    path("<code>/letters/<int:pk>/docx/", views.letter_in_word, name="letter_docx"),
]
