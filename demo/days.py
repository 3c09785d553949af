"""Days reckoned back from the day of loading, in working days, so that every clock in the samples is what
it would be."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shangliang.base import clock

HERE = ZoneInfo("Asia/Shanghai")


class Days:
    """`day(n)`: the n-th working day before today; negative: after it; 0 is today.

    What was done today was done before now: loaded at one in the morning, what is said to be of eight o'clock
    is of the minutes since midnight, in the same order."""

    def __init__(self, today: date) -> None:
        self.today, self.now = today, clock.now()

    def day(self, back: int) -> date:
        day, step = self.today, timedelta(days=-1 if back > 0 else 1)
        for _ in range(abs(back)):
            day += step
            while not clock.is_working_day(day):
                day += step
        return day

    def moment(self, back: int, at: str = "10:00") -> datetime:
        hour, minute = at.split(":")
        said = datetime.combine(self.day(back), time(int(hour), int(minute)), HERE)
        if clock.local_day(self.now) != said.date() or said <= self.now:
            return said
        midnight = clock.start_of(said.date())
        return midnight + (self.now - midnight) * ((said - midnight) / timedelta(days=1))
