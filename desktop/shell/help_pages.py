"""The pages of the help: one for each screen, and the day on one page before them.

They are Markdown files beside the program, so they are there without a line. Bold names in them are
names on the screen, and a test compares each with the texts of that language.
"""

from enum import StrEnum

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from desktop.assets import help_file
from desktop.i18n.language import Language
from desktop.shell.pages import Pages


class Topic(StrEnum):
    """The pages in the order of their list; the value is the name of the file."""

    DAY = "day"
    SIGN_IN = "sign_in"
    COUNTER = "counter"
    ENROLL = "enroll"
    MEMBERS = "members"
    MEMBER = "member"
    VALUE = "value"
    SALES = "sales"
    RETURN = "goods_return"
    SHIFT = "shift"
    CASH = "cash"
    REPORT = "report"
    PROGRAM = "program"
    STATUS = "conflicts"
    USERS = "users"
    IMPORT = "import_wizard"
    DIAGNOSTICS = "diagnostics"
    DEVICES = "devices"
    FIRST_RUN = "first_run"
    SAFE_MODE = "safe_mode"


def topic_of(pages: Pages, page: QWidget | None) -> Topic:
    """Return the topic of a screen; a screen nobody wrote about gets the day's page."""
    topics: dict[QWidget, Topic] = {
        pages.sign_in: Topic.SIGN_IN,
        pages.counter: Topic.COUNTER,
        pages.enrollment: Topic.ENROLL,
        pages.members: Topic.MEMBERS,
        pages.member: Topic.MEMBER,
        pages.value: Topic.VALUE,
        pages.sales: Topic.SALES,
        pages.goods_return: Topic.RETURN,
        pages.shift: Topic.SHIFT,
        pages.cash: Topic.CASH,
        pages.report: Topic.REPORT,
        pages.program: Topic.PROGRAM,
        pages.conflicts: Topic.STATUS,
        pages.house.users: Topic.USERS,
        pages.house.imports: Topic.IMPORT,
        pages.house.diagnostics: Topic.DIAGNOSTICS,
        pages.devices: Topic.DEVICES,
    }
    return Topic.DAY if page is None else topics.get(page, Topic.DAY)


def spoken() -> Language:
    """Return the language that is on, as the locale says it."""
    english = QLocale().language() is QLocale.Language.English
    return Language.EN if english else Language.ZH_CN


def help_text(topic: Topic, language: Language) -> str:
    """Return a page as Markdown, its title in the first line."""
    return help_file(language, topic).read_text(encoding="utf-8")


def help_title(topic: Topic, language: Language) -> str:
    """Return the title of a page."""
    return help_text(topic, language).partition("\n")[0].removeprefix("# ").strip()
