"""The member's addresses."""

from django.urls import path

from .views import statement, today, topics

app_name = "workbench"
urlpatterns = [
    path("", today.today, name="today"),
    path("topics/", topics.topics, name="topics"),
    path("statement/", statement.statement, name="statement"),
    path("statement/<str:entry>/", statement.entry, name="entry"),
]
