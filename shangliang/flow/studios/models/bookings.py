"""Who is there on a day, and which residents said that they would come."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.ui.labels import spoken

from .studio import Studio


class BookingState(models.TextChoices):
    BOOKED = "booked", pgettext_lazy("booking", "约好了")
    WAITING = "waiting", pgettext_lazy("booking", "候补")
    CANCELLED = "cancelled", pgettext_lazy("booking", "本人取消了")
    CALLED_OFF = "called_off", pgettext_lazy("booking", "工作室取消了")
    CAME = "came", pgettext_lazy("booking", "来了")
    MISSED = "missed", pgettext_lazy("booking", "没来")


HOLDING = (BookingState.BOOKED, BookingState.CAME, BookingState.MISSED)  # whose time is nobody else's


class Booking(models.Model):
    """A resident's time on a reception day (预约), a place on the waiting list, or somebody who walked in.

    A time is never given twice: the database says so. Of the resident it knows a phone, if they left one,
    under their own key; `code_hash` is the digest of the code by which they come back."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="bookings")
    day = models.DateField(_("哪天"))
    start = models.TimeField(_("几点"), null=True, blank=True)
    end = models.TimeField(_("到几点"), null=True, blank=True)
    place = models.CharField(_("在哪儿"), max_length=80, blank=True)
    number = models.PositiveSmallIntegerField(_("几号"))
    person = models.CharField("化名", max_length=16, default=public_id, editable=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    phone = Private(_("手机号"), null=True)
    agreed = models.CharField("同意了哪一版", max_length=40, blank=True)
    state = models.CharField("状态", max_length=12, choices=BookingState, default=BookingState.BOOKED)
    version = models.PositiveIntegerField(default=1, editable=False)
    reason = models.CharField(_("为什么"), max_length=300, blank=True)
    changed_by_us = models.BooleanField("时间是我们动的", default=False)
    # Called off because the studio stopped or its timetable shifted, not because of this one time: whoever
    # comes when it receives again may have the time.
    time_free = models.BooleanField("时间可以再约", default=False)
    told_at = models.DateTimeField("何时告诉了", null=True, blank=True)
    made_at = models.DateTimeField("何时约的")

    objects: ClassVar[Rows["Booking"]] = Rows.manager()
    get_state_display = spoken("state", BookingState)

    class Meta:
        verbose_name = "预约"
        constraints = [
            models.UniqueConstraint(
                fields=["studio", "day", "start"],
                name="booking_time_once",
                condition=Q(state__in=[s.value for s in HOLDING], start__isnull=False),
                violation_error_message=_("这个时间刚被别人约走了，另选一个。"),
            ),
            models.UniqueConstraint(fields=["studio", "day", "number"], name="booking_number_once"),
            models.UniqueConstraint(
                fields=["code_hash"], name="booking_code_once", condition=~Q(code_hash="")
            ),
            models.CheckConstraint(
                name="booking_booked_has_a_time",
                condition=~Q(state="booked") | Q(start__isnull=False, end__isnull=False),
                violation_error_message="约好了要有时间。",
            ),
        ]
        indexes = [models.Index(fields=["studio", "day", "state"])]

    @property
    def subject(self) -> str:
        return f"booking:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.studio.committee.path

    @property
    def studio_code(self) -> str:
        return self.studio.code

    @property
    def hours(self) -> str:
        """9:20—9:40; "" for who has no time of their own."""
        return f"{self.start:%-H:%M}—{self.end:%-H:%M}" if self.start and self.end else ""

    @property
    def to_tell(self) -> bool:
        """Whether we moved them or called it off, they left a phone that was not erased since (an
        empty box), and nobody has told them yet."""
        stands = self.state in (BookingState.BOOKED, BookingState.CALLED_OFF)
        return stands and self.changed_by_us and self.told_at is None and bool(self.__dict__.get("phone"))


class Duty(models.Model):
    """A member named for one day (值班): they stand on the studio's page and door that day."""

    studio = models.ForeignKey(Studio, models.PROTECT, related_name="+")
    day = models.DateField(_("哪天"))
    person = models.CharField("化名", max_length=16)

    class Meta:
        verbose_name = "值班"
        constraints = [models.UniqueConstraint(fields=["studio", "day", "person"], name="duty_once")]
