"""The first-run wizard's sentences."""

import json
from contextlib import suppress
from functools import cache

from PySide6.QtCore import QCoreApplication

from db.domain.program.reading import InvalidProgram
from db.domain.program.support import load_counter_program
from desktop.assets import sample_programs
from desktop.runtime.leasing import Loading
from desktop.screens.first_run.state import Page
from desktop.wording.figures import points_text
from desktop.wording.people import speaks_chinese

translate = QCoreApplication.translate


def title(page: Page, *, joins: bool) -> str:
    """Return the question of a page."""
    titles = {
        Page.LANGUAGE: "选择语言 · Choose a language",  # both, for nobody has chosen yet
        Page.WAY: translate("FirstRun", "这台机器怎么用？"),
        Page.NAMES: translate("FirstRun", "店名和机号"),
        Page.PROGRAM: translate("FirstRun", "用哪个积分方案开始？"),
        Page.PIN: translate("FirstRun", "店长的 PIN"),
        Page.OFFICE: translate("FirstRun", "接到总部"),
        Page.WORKING: translate("FirstRun", "正在接到总部")
        if joins
        else translate("FirstRun", "正在准备"),
        Page.DONE: translate("FirstRun", "可以开店了"),
    }
    return titles[page]


def text(page: Page, *, joins: bool) -> str:
    """Return the sentence under a question."""
    match page:
        case Page.NAMES if joins:
            return translate("FirstRun", "店名以总部给的为准；机号写在小票上，同店的机器不要重复。")
        case Page.NAMES:
            return translate("FirstRun", "写在小票和报表上。同店的机器，机号不要重复。")
        case Page.PROGRAM:
            return translate(
                "FirstRun", "以后可以换。不确定就用第一个：1 元积 1 分，100 分抵 1 元。"
            )
        case Page.PIN:
            return translate("FirstRun", "6 位数字，不要用生日或连号。登录和授权都用它，请记住。")
        case Page.OFFICE:
            return translate("FirstRun", "地址和一次性接入码由总部给。会员、员工和方案都从总部来。")
        case _:
            return ""


def ways() -> tuple[str, ...]:
    """Return the ways to begin."""
    return (
        translate("FirstRun", "开一家新店（单店，不接总部）"),
        translate("FirstRun", "接到总部（要接入码）"),
        translate("FirstRun", "从备份恢复…"),
    )


def branch_proposed() -> str:
    """Return what a shop is called before somebody says otherwise."""
    return translate("FirstRun", "我的店")


def counter_proposed() -> str:
    """Return what a counter is called before somebody says otherwise."""
    return translate("FirstRun", "01 号机")


@cache
def program_samples() -> tuple[bytes, ...]:
    """Return the documents of the sample programs that a counter can run by itself."""
    found = []
    for path, _story in sample_programs().values():
        document = path.read_bytes()
        with suppress(InvalidProgram):
            load_counter_program(document)
            found.append(document)
    return tuple(found)


def program_names() -> tuple[str, ...]:
    """Return the programs to begin with, the plain one first."""
    samples = [json.loads(document)["name"] for document in program_samples()]
    spoken = "zh" if speaks_chinese() else "en"
    plain = translate("FirstRun", "基本：1 元 = 1 分，100 分 = ¥1")
    return (plain, *(name[spoken] for name in samples))


def pin_prompt(*, again: bool) -> str:
    """Return what is asked over the PIN's pad."""
    if again:
        return translate("FirstRun", "再输一次")
    return translate("FirstRun", "请设 6 位 PIN")


def pins_differ() -> str:
    """Return that the second PIN was not the first."""
    return translate("FirstRun", "两次不一样，请重新设")


def working(*, joined: str, load: Loading | None) -> str:
    """Return how far it is."""
    if not joined:
        return translate("FirstRun", "请稍等，一般几秒钟。")
    if load is None:
        return joined + translate("FirstRun", "正在取会员资料…")
    match load.stage:
        case "preparing":
            return joined + translate("FirstRun", "总部正在准备会员资料…")
        case "fetching":
            text = translate("FirstRun", "已取 {percent}%。不用等，断了会接着取。")
            return joined + text.format(percent=load.percent)
        case _:
            return joined + translate("FirstRun", "正在写入…")


def made(branch: str) -> str:
    """Return that a shop was made, and what comes next."""
    text = translate(
        "FirstRun",
        "{branch} 已建好，数据在本机，已加密。用店长的 PIN 登录；打印机和扫码枪以后再设也行。",
    )
    return text.format(branch=branch)


def joined(branch: str) -> str:
    """Return that a counter joined its head office."""
    return translate("FirstRun", "已接到总部，门店：{branch}。").format(branch=branch)


def restored(branch: str, members: int, sales: int) -> str:
    """Return what a backup brought."""
    text = translate(
        "FirstRun", "已恢复 {branch}：{members} 位会员，{sales} 笔消费。用原来的 PIN 登录。"
    )
    return text.format(branch=branch, members=points_text(members), sales=points_text(sales))


def confirm(page: Page, *, joins: bool, loading: bool) -> str:
    """Return what the one button does; nothing where there is none."""
    match page:
        case Page.NAMES | Page.PROGRAM:
            return translate("FirstRun", "下一步")
        case Page.OFFICE:
            return translate("FirstRun", "接入")
        case Page.WORKING if joins and loading:
            return translate("FirstRun", "先开始用，后台接着取")
        case Page.DONE:
            return translate("FirstRun", "去登录")
        case _:
            return ""
