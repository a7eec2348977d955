"""`--help` in one language at 80 columns: the commands of a room, or one command's options."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.cli.help_words import COMMANDS, COMMON, EXIT_CODES, PARAMETERS, VALUES
from desktop.cli.pages.sheet import INDENT, Sheet
from desktop.cli.pages.tongue import Tongue

ORDER = (
    "init", "counter", "member", "tag", "sale", "points", "gift", "value", "coupon", "shift",
    "device", "staff", "report", "score", "segment", "program", "history", "sync", "office",
    "backup", "restore", "verify", "doctor", "demo", "gallery",
)  # fmt: skip
"""The commands as a shop meets them."""


def help_page(words: Sequence[str], root: Any, language: str) -> tuple[str, bool] | None:
    """Return the help that these words ask for, and whether they asked; nothing for a command.

    Args:
        words: the command line without the common options.
        root: the table of commands.
        language: zh or en.
    """
    path, command = _named(words, root)
    said = list(words[: words.index("--")]) if "--" in words else list(words)
    asked = "--help" in said
    is_room = hasattr(command, "commands")
    if not asked and not (is_room and len(said) == len(path)):
        return None
    sheet = Sheet(Tongue(language, 0))
    if not path:
        _root(sheet, command)
    elif is_room:
        _room(sheet, path)
    else:
        _command(sheet, path, command)
    return sheet.text, asked


def parameter_key(path: str, parameter: Any) -> str:
    """Return under which key the words of an option or argument stand."""
    name = _name(parameter)
    own = f"{path} {name}"
    return own if own in PARAMETERS else name


def _named(words: Sequence[str], root: Any) -> tuple[list[str], Any]:
    path: list[str] = []
    command = root
    for word in words:
        within: Mapping[str, Any] = getattr(command, "commands", {})
        if word not in within:
            break
        path.append(word)
        command = within[word]
    return path, command


def _root(sheet: Sheet, root: Any) -> None:
    say = sheet.tongue
    sheet.say(say("柜台会员 Guitai：会员柜台的命令行", "Guitai: the member counter by commands"))
    sheet.gap()
    sheet.say(say("用法  guitai 命令 [选项]", "Usage  guitai COMMAND [OPTIONS]"))
    sheet.title(say("命令", "Commands"))
    _listed(sheet, [(word, COMMANDS[word]) for word in ORDER if word in root.commands])
    sheet.title(say("公共选项，写在命令前后都行", "Common options, before or behind the command"))
    _listed(sheet, COMMON)
    sheet.title(say("退出码", "Exit codes"))
    _listed(sheet, EXIT_CODES)
    sheet.gap()
    sheet.say(say("每个命令的用法：guitai 命令 --help", "More: guitai COMMAND --help"))


def _room(sheet: Sheet, path: list[str]) -> None:
    say, name = sheet.tongue, " ".join(path)
    sheet.say(say(*COMMANDS[name]))
    sheet.gap()
    sheet.say(say(f"用法  guitai {name} 命令 [选项]", f"Usage  guitai {name} COMMAND [OPTIONS]"))
    sheet.title(say("命令", "Commands"))
    within = [key.split()[-1] for key in COMMANDS if key.startswith(f"{name} ")]
    _listed(sheet, [(word, COMMANDS[f"{name} {word}"]) for word in within])
    sheet.gap()
    sheet.say(
        say(f"每个命令的用法：guitai {name} 命令 --help", f"More: guitai {name} COMMAND --help")
    )


def _command(sheet: Sheet, path: list[str], command: Any) -> None:
    say, name = sheet.tongue, " ".join(path)
    parameters = [each for each in command.params if _name(each) != "--help"]
    sheet.say(say(*COMMANDS[name]))
    sheet.gap()
    usage = ["guitai", name, *_usage(parameters, say("选项", "OPTIONS"))]
    sheet.say(f"{say('用法', 'Usage')}  {' '.join(usage)}")
    words = [(_shown(each), _says(say, name, each)) for each in parameters]
    arguments = [pair for pair in words if not pair[0].startswith("-")]
    options = [pair for pair in words if pair[0].startswith("-")]
    for title, pairs in ((("参数", "Arguments"), arguments), (("选项", "Options"), options)):
        if pairs:
            sheet.title(say(*title))
            _aligned(sheet, pairs)
    sheet.gap()
    sheet.say(say("公共选项：guitai --help", "Common options: guitai --help"))


def _usage(parameters: Sequence[Any], options: str) -> Iterator[str]:
    for each in parameters:
        if each.param_type_name == "argument":
            yield _name(each) if each.required else f"[{_name(each)}]"
    for each in parameters:
        if each.param_type_name == "option" and each.required:
            yield _shown(each)
    if any(each.param_type_name == "option" and not each.required for each in parameters):
        yield f"[{options}]"


def _name(parameter: Any) -> str:
    """Return `--till-receipt`, or `MEMBER` for an argument."""
    first = str(parameter.opts[0])
    return first if first.startswith("-") else first.upper()


def _shown(parameter: Any) -> str:
    name = _name(parameter)
    if parameter.param_type_name == "argument" or parameter.is_flag:
        return name
    return f"{name} {parameter.metavar or VALUES.get(name, name.strip('-').upper())}"


def _says(say: Tongue, path: str, parameter: Any) -> str:
    words = say(*PARAMETERS[parameter_key(path, parameter)])
    if parameter.param_type_name == "argument":
        return words
    if parameter.required:
        return words + say("（必填）", " (required)")
    if parameter.multiple:
        return words + say("（可以重复）", " (may repeat)")
    if parameter.default and not parameter.is_flag:
        return words + say(f"（默认 {parameter.default}）", f" (default {parameter.default})")
    return words


def _listed(sheet: Sheet, pairs: Sequence[tuple[str, tuple[str, str]]]) -> None:
    _aligned(sheet, [(name, sheet.tongue(*words)) for name, words in pairs])


def _aligned(sheet: Sheet, pairs: Sequence[tuple[str, str]]) -> None:
    inner = Sheet(sheet.tongue, sheet.width - len(INDENT))
    inner.facts(pairs)
    sheet.lines.extend(INDENT + line for line in inner.lines)
