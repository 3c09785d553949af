"""Answers kept with the change that a form made, so that a form sent twice works once."""

from django.db import models


class Reply(models.Model):
    """What one form, known by the key that came with its page, was answered. Kept 48 hours."""

    actor = models.CharField(max_length=40)
    key = models.CharField(max_length=43)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    location = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "表单答复"
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="reply_once")]
