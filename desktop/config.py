"""What this counter prefers: language, theme, size, when to lock; and the counter's own limits.

Preferences are kept in the home's settings, so a till keeps its looks when the program is
replaced. A value that nobody here understands counts as not set.
"""

from dataclasses import dataclass

from db.storage.database import Reader
from db.storage.unit_of_work import UnitOfWork
from desktop.i18n.language import Language

SECOND_TAP_FROM_MINOR = 500_000
"""From ¥5,000.00 a sale takes a second tap."""
SAME_SALE_MS = 180_000
"""The same member and amount within three minutes is asked about."""
LAST_DIGITS_PAUSE_MS = 400
CANDIDATES_MAX = 4
LOCK_MINUTES = 3
LOCK_MINUTES_MAX = 15
LOCK_WARNING_S = 20
_ALL = "SELECT name, value FROM setting WHERE name IN ('language', 'theme', 'percent', 'lock')"


@dataclass(frozen=True, slots=True)
class Preferences:
    """How this till looks and behaves; `percent` is its scale, `lock_minutes` without a touch."""

    language: Language = Language.ZH_CN
    dark: bool = False
    percent: int = 100
    lock_minutes: int = LOCK_MINUTES


@dataclass(frozen=True, slots=True)
class PreferencesKept:
    """They will be there tomorrow."""

    preferences: Preferences


def read_preferences(reader: Reader) -> Preferences:
    """Return what the settings say."""
    kept = {str(name): str(value) for name, value in reader.all(_ALL)}
    language = kept.get("language", "")
    return Preferences(
        language=Language(language) if language in set(Language) else Language.ZH_CN,
        dark=kept.get("theme") == "dark",
        percent=_whole(kept.get("percent"), 100),
        lock_minutes=min(max(_whole(kept.get("lock"), LOCK_MINUTES), 1), LOCK_MINUTES_MAX),
    )


def keep_preferences(work: UnitOfWork, preferences: Preferences) -> PreferencesKept:
    """Write the preferences into the home's settings."""
    work.settings.put("language", str(preferences.language))
    work.settings.put("theme", "dark" if preferences.dark else "light")
    work.settings.put("percent", str(preferences.percent))
    work.settings.put("lock", str(preferences.lock_minutes))
    return PreferencesKept(preferences)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else otherwise
