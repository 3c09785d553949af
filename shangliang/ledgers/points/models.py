"""The entries of members' statements. Insert-only; thrown away and posted again as a whole."""

from django.db import models


class Entry(models.Model):
    """One act that brought one member points by one rule (一笔). Points in hundredths, as the tariff says.

    What a year's cap cuts off is reckoned when the statement is read, in the order of the acts: so the rows
    do not depend on which of two changes was committed first."""

    code = models.CharField("编号", max_length=12, unique=True)
    member = models.CharField("委员", max_length=16)  # a pseudonym
    committee = models.CharField("政协", max_length=64)  # a path
    act_id = models.BigIntegerField("哪一笔")
    act_at = models.DateTimeField("何时")
    act = models.CharField("事项", max_length=64)
    subject = models.CharField("对象", max_length=64)
    rule = models.CharField("哪一条", max_length=40)
    tariff = models.CharField("按哪份标准", max_length=40)
    points = models.IntegerField("记分")

    class Meta:
        verbose_name = "积分"
        constraints = [models.UniqueConstraint(fields=["act_id", "member", "rule"], name="entry_once")]
        indexes = [models.Index(fields=["member", "act_id"], name="entry_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.rule} {self.points}"
