"""What was published, and what its reviewers wrote of it, go under the author's key as their words did."""

from django.db import migrations, models

from shangliang.base.people.personal.fields import Private
from shangliang.base.people.personal.locking import moved, removed, renamed
from shangliang.base.search.models import Entry
from shangliang.base.search.tokens import grams, keyed, scope_tokens

COLUMNS = {"public_words": "公开的说法", "withheld_detail": "说明", "appeal_answer": "申诉没有成立的理由"}


def index_keyed(apps, schema):
    _index(apps, keyed)


def index_clear(apps, schema):
    _index(apps, lambda token: token)


def _index(apps, turned):
    """What is shown was found by its pairs of characters in clear; now by keyed ones."""
    rows = apps.get_model("voices", "Voice").objects.filter(review="shown", erased_on=None)
    for row in rows.select_related("committee").iterator(chunk_size=500):
        text = str(row.public_words or row.words)
        tokens = [*map(turned, grams(text)), *scope_tokens("shown_voice", row.committee.path)]
        Entry.objects.filter(kind="shown_voice", item=row.pk).update(tokens=tokens)


class Migration(migrations.Migration):
    dependencies = [
        ("voices", "0009_desk"),
        ("people", "0005_look_private"),
        ("search", "0002_words"),
    ]

    operations = [
        *(
            step
            for column, label in COLUMNS.items()
            for step in renamed("Voice", column, Private(label, null=True, blank=True))
        ),
        moved("voices", {"Voice": list(COLUMNS)}),
        migrations.RunPython(index_keyed, index_clear),
        *(removed("Voice", column) for column in COLUMNS),
        migrations.AddField("Voice", "appeal_above", models.CharField("申诉请哪一级看", blank=True, max_length=64)),
    ]
