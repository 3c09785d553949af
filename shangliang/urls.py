"""Every address: one line a package, in the order of the house."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("shangliang.site.portal.urls")),
    path("", include("shangliang.flow.voices.urls")),
    path("consultations/", include("shangliang.flow.consultations.urls")),
    path("activities/", include("shangliang.flow.activities.urls")),
    path("proposals/", include("shangliang.flow.proposals.urls")),
    path("results/", include("shangliang.flow.results.urls")),
    path("rules/", include("shangliang.base.rulebook.urls")),
    path("data/", include("shangliang.ledgers.figures.urls")),
    path("points/", include("shangliang.ledgers.points.urls")),
    path("", include("shangliang.ledgers.notices.urls")),
    path("journal/", include("shangliang.base.journal.urls")),
    path("files/", include("shangliang.base.files.urls")),
    path("desk/", include("shangliang.site.desk.urls")),
    path("handle/", include("shangliang.site.departments.urls")),
    path("lead/", include("shangliang.site.leaders.urls")),
    path("work/", include("shangliang.site.workbench.urls")),
    path("guide/", include("shangliang.site.guide.urls")),
    path("accounts/", include("shangliang.base.people.urls")),
]
if settings.MODE != "production":
    urlpatterns.append(path("ui/", include("shangliang.base.ui.urls")))

handler403 = "shangliang.base.ui.views.forbidden"
handler404 = "shangliang.base.ui.views.not_found"
handler500 = "shangliang.base.ui.views.broken"
