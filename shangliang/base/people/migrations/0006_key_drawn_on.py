from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_look_private")]

    operations = [
        migrations.AddField("PersonKey", "drawn_on", models.DateField("哪天要写新的", null=True)),
    ]
