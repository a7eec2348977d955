"""Figures as people read them: points with commas and U+2212, days and ages in words."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from db.domain.clock import BusinessCalendar

translate = QCoreApplication.translate
MINUTE_MS = 60_000
HOUR_MINUTES = 60
DAY_MINUTES = 24 * HOUR_MINUTES


def points_text(points: int) -> str:
    """Return `1,280`, or `−35` with U+2212."""
    return f"{'−' if points < 0 else ''}{abs(points):,}"


def change_text(points: int) -> str:
    """Return a change of points with its sign: `+128`, `−500`, `0`."""
    return f"+{points:,}" if points > 0 else points_text(points)


def day_text(day: date, today: date) -> str:
    """Return `11-08`, with the year where it is another one."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def moment_text(at_ms: int, *, calendar: BusinessCalendar, now_ms: int) -> str:
    """Return `13:05` of today, `11-22 13:05` of this year, else with the year."""
    at, now = calendar.local(at_ms), calendar.local(now_ms)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == now.year else f"{at:%Y-%m-%d %H:%M}"


def age_text(ms: int) -> str:
    """Return how long ago: 刚刚, 27 分钟前, 1 小时 27 分前, 3 天前."""
    minutes = max(0, ms) // MINUTE_MS
    if minutes == 0:
        return translate("Wording", "刚刚")
    if minutes < HOUR_MINUTES:
        return translate("Wording", "{minutes} 分钟前").format(minutes=minutes)
    if minutes < DAY_MINUTES:
        hours, rest = divmod(minutes, HOUR_MINUTES)
        return translate("Wording", "{hours} 小时 {minutes} 分前").format(hours=hours, minutes=rest)
    return translate("Wording", "{days} 天前").format(days=minutes // DAY_MINUTES)


def span_text(ms: int) -> str:
    """Return how long: 27 分钟, 5 小时, 3 天."""
    minutes = max(0, ms) // MINUTE_MS
    if minutes < HOUR_MINUTES:
        return translate("Wording", "{minutes} 分钟").format(minutes=minutes)
    if minutes < DAY_MINUTES:
        return translate("Wording", "{hours} 小时").format(hours=minutes // HOUR_MINUTES)
    return translate("Wording", "{days} 天").format(days=minutes // DAY_MINUTES)
