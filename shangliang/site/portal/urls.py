"""The public site's addresses."""

from django.urls import path

from .views import bookings, home, mine, overdue, own, pages, reports, search, studios, track

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("mine/", mine.mine, name="mine"),
    path("studios/", studios.directory, name="studios"),
    path("studios/<code>/", studios.studio, name="studio"),
    path("studios/<code>/book/", bookings.book, name="book"),
    path("bookings/", bookings.ticket, name="ticket"),
    path("bookings/mine/", bookings.booking, name="booking"),
    path("bookings/mine/<move>/", bookings.move, name="booking_move"),
    path("overdue/", overdue.overdue, name="overdue"),
    path("track/", track.track, name="track"),
    path("track/thread/", track.thread, name="thread"),
    path("track/thread/act/", track.act, name="thread_act"),
    path("track/thread/<move>/", track.move, name="thread_move"),
    path("track/data/", own.data, name="data"),
    path("track/data/phone/", own.phone, name="data_phone"),
    path("track/data/mail/", own.mail, name="data_mail"),
    path("track/data/agree/", own.agree, name="data_agree"),
    path("track/data/copy/", own.copy, name="data_copy"),
    path("track/erase/", own.erase, name="erase"),
    path("report/thanks/", reports.thanks, name="report_thanks"),
    path("report/<kind>/<code>/", reports.report, name="report"),
    path("about/", pages.about, name="about"),
    path("about/limits/", pages.limits, name="limits"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path("sw.js", pages.worker, name="worker"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("mode/", pages.mode, name="mode"),
    path("language/", pages.language, name="language"),
]
