from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("voices", "0003_private_words")]

    operations = [
        migrations.AddField(
            "Voice", "erased_on", models.DateField("按本人要求删除", null=True, blank=True)
        ),
        migrations.RemoveConstraint("Voice", "voice_in_hand_has_a_day"),
        migrations.AddConstraint(
            "Voice",
            models.CheckConstraint(
                name="voice_in_hand_has_a_day",
                condition=~Q(state__in=["received", "taken_up", "assigned", "sent_up"])
                | Q(due_by__isnull=False)
                | Q(erased_on__isnull=False),
                violation_error_message="在办的事要有期限。",
            ),
        ),
    ]
