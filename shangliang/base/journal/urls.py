"""/journal/…; `checkpoint` and `tile/` lie where c2sp.org/tlog-tiles looks for them."""

from django.urls import path

from . import views

app_name = "journal"
urlpatterns = [
    path("", views.index, name="index"),
    path("receipt/<int:number>/", views.receipt, name="receipt"),
    path("receipt/<int:number>/proof", views.proof, name="proof"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("checkpoints.jsonl", views.all_checkpoints, name="checkpoints"),
    path("keys", views.keys, name="keys"),
    path("consistency/<int:old>/<int:size>", views.consistency, name="consistency"),
    path("tile/<int:level>/<path:place>", views.tile, name="tile"),
    path("verify.mjs", views.verifier, name="verifier"),
]
