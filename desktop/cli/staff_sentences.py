"""What is refused about staff and PINs, in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

STAFF_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "weak_pin": ("这个 PIN 太容易猜。", "This PIN is too easy to guess."),
    "weak_pin.not_six_digits": ("PIN 要正好 6 位数字。", "A PIN has exactly six digits."),
    "weak_pin.run": (
        "PIN 不能是连号或同一个数字，例如 123456、888888。",
        "A PIN is no run and not one digit only, such as 123456 or 888888.",
    ),
    "weak_pin.repeat": (
        "PIN 不能只有两种数字，也不能前三位和后三位相同，例如 112211、739739。",
        "A PIN has three digits or more and no half twice, unlike 112211 or 739739.",
    ),
    "weak_pin.same": ("请换一个，不能和给您的 PIN 一样。", "Take another PIN than the one given."),
    "weak_pin.birthday": ("PIN 不能用生日。", "A PIN is no birthday."),
    "field_invalid.looks_like_an_id": (
        "工号不能像一个编号（UUID），请用短的，例如 12。",
        "A staff code does not look like an id (UUID); take a short one, such as 12.",
    ),
    "field_invalid.code_length": (
        "工号要 1 到 20 个字符。",
        "A staff code has between 1 and 20 characters.",
    ),
    "field_invalid.code_characters": (
        "工号里不能有空格，也不能以 - 开头。",
        "A staff code has no spaces and does not begin with a hyphen.",
    ),
    "field_invalid.staff_name": (
        "员工姓名要 1 到 60 个字。",
        "The name of a person has between 1 and 60 characters.",
    ),
    "new_pin_missing": (
        "请用 --new-pin 写新 PIN；写 --new-pin - 则从标准输入读。",
        "Give the new PIN with --new-pin; with --new-pin - it is read from standard input.",
    ),
    "pins_differ": ("两次输入的 PIN 不一样。", "The PINs typed are not the same."),
    "code_taken": (
        "工号 {staff_code} 已是 {name} 的，请换一个。",
        "The code {staff_code} is that of {name}; take another.",
    ),
    "code_taken.left": (
        "工号 {staff_code} 是已离职的 {name} 用过的，请换一个。",
        "The code {staff_code} was that of {name}, who has left; take another.",
    ),
    "staff_at_head_office": (
        "本机已加入总部，员工和 PIN 由总部管理：请在总部运行 guitai staff，再同步。",
        "Head office keeps the staff and their PINs: run guitai staff there, then exchange.",
    ),
    "last_manager": (
        "{staff_code} 是唯一的店长，先添加另一位店长。",
        "{staff_code} is the only manager; add another one first.",
    ),
    "badge_unknown": (
        "不认识这张工牌，请用 PIN 登录。",
        "This badge is not known here; use the PIN.",
    ),
}
