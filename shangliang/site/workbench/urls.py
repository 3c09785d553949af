"""The member's addresses."""

from django.urls import path

from .views import (
    activities,
    messages,
    objections,
    printing,
    proposals,
    reports,
    research,
    statement,
    today,
    topics,
)

app_name = "workbench"
urlpatterns = [
    path("", today.today, name="today"),
    path("sheet/<code>/", printing.sheet, name="sheet"),
    path("topics/", topics.topics, name="topics"),
    path("activities/", activities.activities, name="activities"),
    path("activities/<code>/", activities.activity, name="activity"),
    path("activities/<code>/here/", activities.here, name="here"),
    path("activities/<code>/<move>/", activities.move, name="activity_move"),
    path("messages/", messages.written, name="messages"),
    path("messages/write/", messages.write, name="message_write"),
    path("messages/<code>/", messages.message, name="message"),
    path("messages/<code>/<move>/", messages.move, name="message_move"),
    path("reports/", reports.reports, name="reports"),
    path("reports/write/", reports.write, name="report_write"),
    path("reports/<code>/", reports.report, name="report"),
    path("reports/<code>/<move>/", reports.move, name="report_move"),
    path("research/", research.listing, name="researches"),
    path("research/write/", research.write, name="research_write"),
    path("research/<code>/", research.research, name="research"),
    path("research/<code>/pdf/", research.printed, name="research_pdf"),
    path("research/<code>/docx/", research.in_word, name="research_docx"),
    path("research/<code>/<move>/", research.move, name="research_move"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/write/", proposals.write, name="proposal_write"),
    path("proposals/<code>/", proposals.proposal, name="proposal"),
    path("proposals/<code>/<move>/", proposals.move, name="proposal_move"),
    path("statement/", statement.statement, name="statement"),
    path("statement/pdf/", printing.pdf, name="statement_pdf"),
    path("statement/xlsx/", printing.xlsx, name="statement_xlsx"),
    path("objections/", objections.listing, name="objections"),
    path("objections/write/", objections.write, name="objection_write"),
    path("objections/<code>/", objections.objection, name="objection"),
    path("objections/<code>/<move>/", objections.move, name="objection_move"),
    path("statement/<str:entry>/", statement.entry, name="entry"),
]
