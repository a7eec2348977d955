"""What typer says of words that make no command, in Chinese; its English is its own."""

import re
from typing import Final

_PATTERNS: Final = (
    (re.compile(r"Missing (?:argument|option|parameter)s? '?(?P<what>[^']*?)'?\."), "缺少 {what}"),
    (re.compile(r"No such option: (?P<what>\S+)"), "没有选项 {what}"),
    (re.compile(r"No such command '(?P<what>[^']*)'"), "没有命令 {what}"),
    (re.compile(r"Got unexpected extra argument\(s\) \((?P<what>.*)\)"), "多出的内容：{what}"),
    (re.compile(r"Option '?(?P<what>[^']*?)'? requires an argument"), "选项 {what} 缺少值"),
    (re.compile(r"Invalid value for '?(?P<what>[^':]*)'?"), "{what} 的值不对"),
)


def usage_in_chinese(message: str) -> str:
    """Return the complaint in Chinese, or as it came where it is a new one."""
    for pattern, words in _PATTERNS:
        if (found := pattern.search(message)) is not None:
            return words.format(what=found["what"])
    return message
