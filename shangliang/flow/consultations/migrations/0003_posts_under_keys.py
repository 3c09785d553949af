"""What is said in consultations goes under a key: a resident's under their own, a member's under the
consultation's."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery

from shangliang.base.people.personal.fields import Private
from shangliang.base.people.personal.locking import moved, removed, renamed

POST = {
    "words": Private("说的话", null=True, blank=True),
    "public_words": Private("公开的说法", null=True, blank=True),
    "withheld_detail": Private("说明", null=True, blank=True),
    "appeal_answer": Private("申诉没有成立的理由", null=True, blank=True),
}
ITEM = {
    "words": Private("建议", null=True),
    "public_words": Private("公开的说法", null=True, blank=True),
}


def whose(apps, schema):
    posts = apps.get_model("consultations", "Post").objects
    topics = apps.get_model("consultations", "Consultation").objects
    posts.filter(participant__in=["code", "door"]).update(person=F("author_key"))
    code = topics.filter(pk=OuterRef("consultation")).values("code")
    posts.filter(person="").update(person=Subquery(code))


def nobodys(apps, schema):
    """Backwards the column goes."""


def _item(row):
    row.person, row.code = row.post.person, f"{row.post.code}|{row.number}"


class Migration(migrations.Migration):
    dependencies = [("consultations", "0002_appeals"), ("people", "0005_look_private")]

    operations = [
        migrations.AddField(
            "Post", "person", models.CharField("用谁的钥匙", default="", editable=False, max_length=16), False
        ),
        migrations.RunPython(whose, nobodys),
        *(step for column, private in POST.items() for step in renamed("Post", column, private)),
        *(step for column, private in ITEM.items() for step in renamed("Suggestion", column, private)),
        moved("consultations", {"Post": list(POST), "Suggestion": list(ITEM)}, {"Suggestion": _item}),
        *(removed("Post", column) for column in POST),
        *(removed("Suggestion", column) for column in ITEM),
        migrations.AddField("Post", "appeal_above", models.CharField("申诉请哪一级看", blank=True, max_length=64)),
    ]
