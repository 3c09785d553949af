from django.db import migrations, models

from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import Private

# model, private column, what binds it to its row
COLUMNS = (("Voice", "words"), ("Voice", "place"), ("Line", "words"), ("Verdict", "missing"))
LONGEST_TITLE = 40


def lock_up(apps, schema):
    """The clear words go under the key of their author."""
    _each(apps, lambda row, column: setattr(row, column, getattr(row, f"clear_{column}")), draw=True)
    _settle(schema)


def lay_open(apps, schema):
    _each(apps, lambda row, column: setattr(row, f"clear_{column}", str(getattr(row, column))), draw=False)
    for row in apps.get_model("voices", "Voice").objects.only("title", "clear_words"):
        row.title = row.clear_words[:LONGEST_TITLE]
        row.save(update_fields=["title"])
    _settle(schema)


def _settle(schema):
    """PostgreSQL alters no table whose foreign keys are still to be checked."""
    if schema.connection.vendor == "postgresql":
        schema.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _each(apps, turn, *, draw):
    for name, column in COLUMNS:
        rows = apps.get_model("voices", name).objects.order_by("pk")
        last = 0
        while batch := list(rows.filter(pk__gt=last)[:1000]):
            last = batch[-1].pk
            for row in batch:
                voice = row if name == "Voice" else row.voice
                if name == "Verdict":  # what the model says itself, a frozen one can't
                    row.code = f"{voice.code}|{row.round}"
                row._key = keyring.new(voice.person) if draw else keyring.keys([voice.person]).get(voice.person)
                turn(row, column)
                row.save(update_fields=[column, f"clear_{column}"])


def _replaced(model, column, clear, private):
    """The column that lay in clear makes way for a private one of its name."""
    return (
        migrations.RenameField(model, column, f"clear_{column}"),
        migrations.AlterField(model, f"clear_{column}", clear),
        migrations.AddField(model, column, private),
    )


class Migration(migrations.Migration):
    dependencies = [("voices", "0002_waiting_for_the_author"), ("people", "0004_erasure")]

    operations = [
        *_replaced("Voice", "words", models.TextField("内容", default=""), Private("内容", null=True)),
        *_replaced("Voice", "place", models.TextField(default=""), Private("地方", null=True, blank=True)),
        *_replaced("Line", "words", models.TextField(default=""), Private("话", null=True)),
        *_replaced(
            "Verdict", "missing", models.TextField(default=""), Private("还差什么", null=True, blank=True)
        ),
        migrations.AlterField("Voice", "title", models.CharField(default="", max_length=40)),
        migrations.RunPython(lock_up, lay_open),
        migrations.RemoveField("Voice", "clear_words"),
        migrations.RemoveField("Voice", "clear_place"),
        migrations.RemoveField("Voice", "title"),
        migrations.RemoveField("Line", "clear_words"),
        migrations.RemoveField("Verdict", "clear_missing"),
    ]
