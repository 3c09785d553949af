"""A day promised runs until it is said to be done; who owes an opinion is urged by themselves. Promises that
stand already begin to run, and whose turn it is keeps how far they were urged."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery

RUNGS = [("reminded", "已提醒"), ("urged", "已发催办函"), ("listed", "已列入公开超期")]
NAMED = ["committee", "state", "department", "awaits", "studio", "upper", "due_by", "rung", "erased_on"]
LISTED = Q(due_by__isnull=False, erased_on=None, rung="listed")


def run(apps, schema):
    voices = apps.get_model("voices", "Voice").objects
    asked = apps.get_model("voices", "Assignment").objects
    voices.filter(state="answered", promised_for__isnull=False, done_on=None, erased_on=None).update(
        due_by=F("promised_for")
    )
    whose = asked.filter(task="beside", sent_back_at=None, ended_at=None, opinion="").filter(
        department=F("voice__awaits")
    )
    of = voices.filter(pk=OuterRef("voice"))
    asked.filter(pk__in=whose.exclude(voice__rung="").values("pk")).update(
        rung=Subquery(of.values("rung")[:1]), rung_on=Subquery(of.values("rung_on")[:1])
    )


def run_no_more(apps, schema):
    """How far somebody was urged stays, so that they are not urged anew when this comes back."""
    apps.get_model("voices", "Voice").objects.filter(state="answered").update(due_by=None)


class Migration(migrations.Migration):
    dependencies = [("voices", "0015_reached")]

    operations = [
        migrations.AddField(
            "Assignment", "rung", models.CharField("催到哪一级", blank=True, choices=RUNGS, default="", max_length=8)
        ),
        migrations.AlterField(
            "Assignment", "rung", models.CharField("催到哪一级", blank=True, choices=RUNGS, max_length=8)
        ),
        migrations.AddField(
            "Assignment", "rung_on", models.DateField("哪天催的", blank=True, null=True)
        ),
        migrations.RemoveIndex("Voice", "voice_named"),
        migrations.AddIndex(
            "Voice",
            models.Index(
                condition=LISTED, fields=[*NAMED[:6], "answered_by", *NAMED[6:]], name="voice_named"
            ),
        ),
        migrations.RunPython(run, run_no_more),
    ]
