"""Which language the window speaks, changed while it is open.

The texts in the code are Chinese: zh_CN needs no translation, English is a `.qm` over it.
Installing or removing a translator makes Qt send `LanguageChange` to every widget, which sets its
texts again.
"""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QTranslator,
    Signal,
)

from desktop.assets import translation_file


class Language(StrEnum):
    """The languages there are; the value is what is kept in the settings."""

    ZH_CN = "zh_CN"
    EN = "en"

    @property
    def own_name(self) -> str:
        """Return the name of the language in itself, for the switch."""
        return {Language.ZH_CN: "中文", Language.EN: "English"}[self]


class LanguageSwitch(QObject):
    """Holds the translators that are installed.

    Signals:
        changed: another language is on; widgets have had their `LanguageChange` already.
    """

    changed = Signal(str)

    def __init__(self, app: QCoreApplication, language: Language = Language.ZH_CN) -> None:
        """Start in a language."""
        super().__init__(app)
        self._app = app
        self._language = Language.ZH_CN
        self._installed: list[QTranslator] = []
        self._use(language)

    @property
    def language(self) -> Language:
        """The language that is on."""
        return self._language

    def use(self, language: Language) -> None:
        """Speak another language from now on; the same one again changes nothing."""
        if language is not self._language:
            self._use(language)
            self.changed.emit(str(language))

    def _use(self, language: Language) -> None:
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = [
            translator
            for path in _files(language)
            if (translator := QTranslator(self)).load(str(path))
        ]
        self._language = language
        QLocale.setDefault(QLocale(str(language)))
        for translator in self._installed:
            self._app.installTranslator(translator)
        # Qt posts the news to the windows; deliver it now, so that `changed` finds them done.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)


def _files(language: Language) -> tuple[Path, ...]:
    """Name Qt's own texts (menus of text boxes) first, ours on top of them."""
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    own = () if language is Language.ZH_CN else (translation_file(str(language)),)
    return (qt / f"qtbase_{language}.qm", *own)
