"""The departments' addresses."""

from django.urls import path

from .views import letters, pages, proposals, reports

app_name = "departments"
urlpatterns = [
    path("", pages.todo, name="list"),
    path("proposals/", proposals.listing, name="proposals"),
    path("proposals/<code>/", proposals.proposal, name="proposal"),
    path("proposals/<code>/<move>/", proposals.move, name="proposal_move"),
    path("letters/<code>/", letters.letter, name="letter_in"),
    path("letters/<code>/reply/", letters.reply, name="letter_reply"),
    path("reports/", reports.listing, name="reports"),
    path("reports/<code>/", reports.report, name="report"),
    path("reports/<code>/reply/", reports.reply, name="report_reply"),
    path("voices/<code>/", pages.voice, name="voice"),
    path("voices/<code>/letters/<int:number>/", pages.letter, name="letter"),
    path("voices/<code>/<move>/", pages.voice_move, name="voice_move"),
    path("recommendations/<code>/", pages.recommendation, name="recommendation"),
    path("recommendations/<code>/<move>/", pages.recommendation_move, name="recommendation_move"),
]
