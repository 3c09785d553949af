"""A letter of a proposal that was not filed is urged too: then its 督办函 is about no department's part."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("proposals", "0006_letters")]
    operations = [
        migrations.AddField(
            "urging",
            "letter",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="urgings",
                to="proposals.letter",
            ),
        ),
        migrations.AlterField(
            "urging",
            "handling",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="urgings",
                to="proposals.handling",
            ),
        ),
        migrations.AddConstraint(
            "urging",
            models.CheckConstraint(
                name="urging_of_a_part_or_a_letter",
                condition=Q(letter=None, handling__isnull=False) | Q(handling=None, letter__isnull=False),
                violation_error_message="督办函只催一件：一个单位的办理，或者一封转出去的信。",
            ),
        ),
    ]  # fmt: skip
