"""The journal's tables. They hold keys, never foreign keys, so that places and people can write acts too."""

from django.db import models


class Act(models.Model):
    """One thing that happened (一笔). Inserted with the change, never altered; see `record.record`."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField("事项", max_length=64)  # declared in `acts`
    subject = models.CharField("对象", max_length=64)  # "kind:code"
    thread = models.CharField("线索号", max_length=32, blank=True)
    committee = models.CharField("政协", max_length=64, blank=True)  # a path: "990000/990100/990101/"
    studio = models.CharField("工作室", max_length=32, blank=True)  # a code
    by = models.CharField("经手", max_length=64)  # a pseudonym; the clock is "clock"
    at = models.DateTimeField("时间")
    facts = models.JSONField("事实", default=dict)  # keys and numbers, no floats
    salt = models.CharField(
        "盐", max_length=22, blank=True, default=""
    )  # 128 random bits, hashed into the leaf

    class Meta:
        verbose_name = "账目"
        indexes = [
            models.Index("name", "at", "id", "committee", name="act_drill_down"),
            models.Index("thread", "id", name="act_thread"),
            models.Index("subject", "id", name="act_subject"),
            models.Index("studio", "name", "at", name="act_studio", condition=~models.Q(studio="")),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.name} {self.subject}"


class Unsealed(models.Model):
    """The sealer's to-do list: inserted with the act, visible when its change commits, whenever."""

    act_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "待封存"


class Seal(models.Model):
    """An act's place in the order: a gap-free number from 0, and its leaf. `at` is the act's own time."""

    number = models.BigIntegerField("序号", primary_key=True)
    act_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "封存"
        indexes = [models.Index("at", name="seal_at")]

    def __str__(self) -> str:
        return f"{self.number} → {self.act_id}"


class Node(models.Model):
    """The root of a full subtree of 256^level leaves: keeps proofs short, 0.4 % more rows."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "树节"
        constraints = [models.UniqueConstraint("level", "index", name="node_once")]


class Flow(models.Model):
    """Where a thread ran on: 67 voices into one topic. Insert-only."""

    thread = models.CharField("线索号", max_length=32)
    into = models.CharField("汇入", max_length=32)

    class Meta:
        verbose_name = "汇流"
        constraints = [models.UniqueConstraint("thread", "into", name="flow_once")]
        indexes = [models.Index("into", "thread", name="flow_into")]

    def __str__(self) -> str:
        return f"{self.thread} → {self.into}"


class Counter(models.Model):
    """The last number drawn of one kind, in one committee, in one year. A gap-free row: see `record.draw`."""

    kind = models.CharField(max_length=32)
    committee = models.CharField(max_length=64)  # a path
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = "编号"
        constraints = [models.UniqueConstraint("kind", "committee", "year", name="counter_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.committee} {self.year}: {self.last}"
