"""Imports in words: the columns of a list, why a row does not come in, why a file holds no list."""

from PySide6.QtCore import QCoreApplication

from desktop.tables.records import TableFault

translate = QCoreApplication.translate


def field_name(field: str) -> str:
    """Return what a column of ours is called."""
    names = {
        "phone": translate("Import", "手机号"),
        "name": translate("Import", "姓名"),
        "gender": translate("Import", "性别"),
        "birthday": translate("Import", "生日"),
        "points": translate("Import", "积分"),
        "points_expire_on": translate("Import", "积分到期日"),
        "external_id": translate("Import", "原会员号"),
        "email": translate("Import", "邮箱"),
        "city": translate("Import", "城市"),
        "note": translate("Import", "备注"),
        "joined_on": translate("Import", "入会日"),
    }
    return names.get(field, field)


def row_fault_text(code: str) -> str:
    """Return why a row is left out, and by what it may be put right."""
    for words in (_phone_words(), _birthday_words(), _row_words()):
        if code in words:
            return words[code]
    return translate("Import", "这一行有一格看不懂")


def table_fault_text(fault: TableFault) -> str:
    """Return why a file holds no list, and what to do."""
    match fault.reason:
        case "file_empty":
            return translate("Import", "文件是空的，请另选一个。")
        case "file_too_large":
            return translate("Import", "文件太大，请分成几个再导入。")
        case "spreadsheet":
            return translate(
                "Import", "这是 2007 年以前的 Excel 文件。请另存为 .xlsx 或 CSV，再选一次。"
            )
        case "not_text":
            return translate(
                "Import", "认不出文件的编码。请在原来的系统里重新导出，或另存为 .xlsx。"
            )
        case "file_not_readable":
            return translate("Import", "文件读不了，可能正被别的程序打开。关掉它再选一次。")
        case _:
            return translate("Import", "文件里没有表格。请选会员名单（CSV 或 Excel）。")


def _phone_words() -> dict[str, str]:
    return {
        "phone_taken": translate("Import", "已是会员"),
        "phone_empty": translate("Import", "没有手机号"),
        "phone_too_short": translate("Import", "手机号位数不够"),
        "phone_too_long": translate("Import", "手机号位数太多"),
        "phone_letters": translate("Import", "手机号里有字母"),
        "phone_masked": translate("Import", "手机号带星号，看不到原号"),
        "phone_two_numbers": translate("Import", "一格里有两个号码，只留一个"),
        "phone_not_in_use": translate("Import", "没有这样的号段"),
        "phone_payment_code": translate("Import", "这是付款码，不是手机号"),
        "phone_bank_card": translate("Import", "这是银行卡号，不是手机号"),
        "phone_identity_card": translate("Import", "这是身份证号，不是手机号"),
        "phone_not_a_number": translate("Import", "手机号的数字丢了，要从原系统重新导出"),
    }


def _birthday_words() -> dict[str, str]:
    return {
        "birthday_not_a_date": translate("Import", "生日不是日期"),
        "birthday_no_such_day": translate("Import", "没有这一天（生日）"),
        "birthday_in_the_future": translate("Import", "生日在将来"),
        "birthday_too_long_ago": translate("Import", "生日太早"),
        "birthday_ambiguous": translate("Import", "生日有两种读法，请写成 1990-05-23"),
    }


def _row_words() -> dict[str, str]:
    return {
        "points_invalid": translate("Import", "积分不是整数"),
        "day_invalid": translate("Import", "入会日或到期日不对"),
        "duplicate_in_file": translate("Import", "和前面一行的手机号相同"),
        "more_cells_than_headings": translate("Import", "单元格比表头多，可能串了列"),
        "characters_lost": translate("Import", "有文字丢失，读不出"),
        "other_encoding": translate("Import", "这一行的编码与文件不同，请核对"),
    }
