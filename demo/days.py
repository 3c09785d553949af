"""Days reckoned back from the day of loading, in working days, so that every clock in the samples is what
it would be."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shangliang.base import clock

HERE = ZoneInfo("Asia/Shanghai")


class Days:
    """`day(n)`: the n-th working day before today; negative: after it; 0 is today."""

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, back: int) -> date:
        day, step = self.today, timedelta(days=-1 if back > 0 else 1)
        for _ in range(abs(back)):
            day += step
            while not clock.is_working_day(day):
                day += step
        return day

    def moment(self, back: int, at: str = "10:00") -> datetime:
        hour, minute = at.split(":")
        return datetime.combine(self.day(back), time(int(hour), int(minute)), HERE)
