"""What typer, msgspec and csv say of wrong input, in Chinese; their English is their own."""

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


_FAULTS: Final = (
    (re.compile(r"Input data was truncated"), "文件不完整"),
    (re.compile(r"\(byte (?P<what>\d+)\)"), "第 {what} 个字节附近有错"),
    (re.compile(r"an object is expected"), "应该是一个对象"),
    (re.compile(r"unexpected end of data"), "引号没有结束"),
    (re.compile(r"NUL"), "文件里有空字符"),
    (re.compile(r"field larger than field limit"), "单元格太长"),
    (re.compile(r"Expected `int` >= (?P<least>-?\d+)"), "要写整数，最小 {least}"),
    (re.compile(r"Expected `int` <= (?P<most>-?\d+)"), "要写整数，最大 {most}"),
    (re.compile(r"Expected `int"), "要写整数"),
    (re.compile(r"Expected `str`, got `(?:int|float)`"), '数字要写在引号里，例如 "12.50"'),
    (re.compile(r"Expected `str"), "要写成文字"),
    (re.compile(r"Expected `array"), "要写成列表"),
    (re.compile(r"Expected `object"), "要写成对象"),
    (re.compile(r"Expected `bool"), "要写 true 或 false"),
)


def fault_in_chinese(message: str) -> str:
    """Return what is wrong with a file's text in Chinese, or as it came where it is a new one."""
    for pattern, words in _FAULTS:
        if (found := pattern.search(message)) is not None:
            return words.format(**found.groupdict())
    return message
