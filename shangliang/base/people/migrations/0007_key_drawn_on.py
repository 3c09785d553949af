from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_by_keys")]

    operations = [
        migrations.AddField("PersonKey", "drawn_on", models.DateField("哪天要写新的", null=True)),
    ]
