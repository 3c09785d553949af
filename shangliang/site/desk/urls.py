"""The desk's addresses."""

from django.urls import path

from .views import consultations, figures, papers, people, queue, record, review, studios, topics

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("voices/<code>/", queue.voice, name="voice"),
    path("voices/<code>/similar/", queue.similar, name="similar"),
    path("voices/<code>/reveal/", queue.reveal, name="reveal"),
    path("voices/<code>/erase/", queue.erase, name="erase"),
    path("voices/<code>/letters/<int:number>/", papers.letter, name="letter"),
    path("voices/<code>/<move>/", queue.move, name="voice_move"),
    path("record/", record.record, name="record"),
    path("record/slip/", record.slip, name="slip"),
    path("review/", review.review, name="review"),
    path("review/<kind>/<code>/", review.item, name="review_item"),
    path("review/<kind>/<code>/<move>/", review.move, name="review_move"),
    path("topics/", topics.topics, name="topics"),
    path("topics/voices/", topics.from_voices, name="topic_raise"),
    path("topics/paper/", topics.on_paper, name="topic_paper"),
    path("consultations/<code>/", consultations.consultation, name="consultation"),
    path("consultations/<code>/codes/printed/", consultations.door_codes, name="door_codes"),
    path("consultations/<code>/codes/printed/pdf/", papers.door_codes, name="door_codes_pdf"),
    path("consultations/<code>/<move>/", consultations.move, name="consultation_move"),
    path("figures/", figures.figures, name="figures"),
    path("figures/report/", figures.report, name="total_report"),
    path("figures/<code>/link/", figures.link, name="evidence_link"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="person_invite"),
    path("people/slip/", people.slip, name="person_slip"),
    path("people/<key>/", people.person, name="person"),
    path("people/<key>/<move>/", people.move, name="person_move"),
    path("studios/", studios.studios, name="studios"),
    path("studios/plan/", studios.plan, name="studio_plan"),
    path("studios/roster/", studios.roster, name="studio_roster"),
    path("studios/<code>/", studios.studio, name="studio"),
    path("studios/<code>/poster/", studios.poster, name="studio_poster"),
    path("studios/<code>/poster/pdf/", papers.poster, name="studio_poster_pdf"),
    path("studios/<code>/forms/", papers.forms, name="studio_forms"),
    path("studios/<code>/forms/pdf/", papers.forms_printed, name="studio_forms_pdf"),
    path("studios/<code>/<move>/", studios.move, name="studio_move"),
]
