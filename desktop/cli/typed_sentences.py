"""What was typed and cannot be meant, in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

TYPED_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "phone_invalid": ("手机号不对。", "This is not a telephone number."),
    "phone_invalid.empty": ("请输入手机号。", "Please give a telephone number."),
    "phone_invalid.too_short": (
        "手机号少 {digits} 位。",
        "Digits missing in the number: {digits}.",
    ),
    "phone_invalid.too_long": (
        "手机号多 {digits} 位。",
        "Digits too many in the number: {digits}.",
    ),
    "phone_invalid.letters": ("手机号里有字母。", "There are letters in the number."),
    "phone_invalid.masked": ("手机号带星号，不完整。", "The number is masked with stars."),
    "phone_invalid.two_numbers": ("这里有两个号码，请只填一个。", "These are two numbers."),
    "phone_invalid.not_in_use": ("没有这样的号段。", "No such number is in use."),
    "phone_invalid.payment_code": (
        "这是付款码，不是手机号；没有保存。",
        "This is a payment code, not a telephone number; it was not kept.",
    ),
    "phone_invalid.bank_card": (
        "这是银行卡号，不是手机号；没有保存。",
        "This is a bank card, not a telephone number; it was not kept.",
    ),
    "phone_invalid.identity_card": (
        "这是身份证号，不是手机号；没有保存。",
        "This is an identity card, not a telephone number; it was not kept.",
    ),
    "private_code_refused": (
        "这是付款码、银行卡或证件号，不是会员码；没有保存。",
        "This is a payment code, a bank card or an identity card, not a member; it was not kept.",
    ),
    "member_number_invalid": (
        "会员号不完整或读错，请重扫。",
        "The member number is damaged; scan it again.",
    ),
    "not_an_amount": ("金额不对。", "This is not an amount."),
    "not_an_amount.empty": ("请输入金额。", "Please give an amount."),
    "not_an_amount.not_a_number": ("金额不是数字。", "The amount is no number."),
    "not_an_amount.negative": ("金额不能是负数。", "The amount may not be negative."),
    "not_an_amount.zero": ("金额不能是 0。", "The amount may not be 0."),
    "not_an_amount.too_precise": ("金额最多两位小数。", "The amount has at most two decimals."),
    "not_an_amount.too_large": ("金额太大。", "The amount is too large."),
    "field_invalid": ("字段 {field} 的内容不对。", "The field {field} holds what it may not."),
    "birthday_invalid": (
        "生日不对，请写 MM-DD 或 YYYY-MM-DD。",
        "Not a birthday; write MM-DD or YYYY-MM-DD.",
    ),
    "invalid_program": (
        "方案文件有错，未采用。",
        "The program has errors; nothing was taken over.",
    ),
    "invalid_scenario": ("情景文件有错，未运行。", "The scenario has errors; nothing was run."),
    "option_needs_value": ("选项 {option} 缺少值。", "The option {option} needs a value."),
    "pin_without_person": (
        "--pin 前面要有 --staff 或 --approver。",
        "--pin belongs behind --staff or --approver.",
    ),
    "pin_missing": ("{option} 需要 --pin。", "{option} needs --pin."),
    "staff_required": (
        "这个操作需要 --staff 和 --pin。",
        "This act needs --staff and --pin.",
    ),
    "not_a_sandbox": (
        "--at 和 GUITAI_NOW 只在沙盒（init --sandbox）里有效。",
        "--at and GUITAI_NOW work in a sandbox (init --sandbox) only.",
    ),
    "not_a_time": ("时间不对：{text}", "This is no time: {text}"),
    "not_a_day": ("日期不对：{text}", "This is no day: {text}"),
    "not_an_id": ("这不是 ID：{text}", "This is no id: {text}"),
    "not_points": (
        "积分要写整数，不能是 0：{text}",
        "Points are whole numbers and not 0: {text}",
    ),
    "reason_required": ("请用 --reason 写明原因。", "Please give a reason with --reason."),
    "one_of": ("请写其中一个，只写一个：{options}", "Give exactly one of {options}."),
    "unknown_value": (
        "{option} 只能是：{allowed}",
        "{option} is one of: {allowed}",
    ),
    "home_exists": ("这个目录里已经有门店数据：{home}", "There is a home already: {home}"),
    "file_not_readable": ("文件读不了：{file}", "The file cannot be read: {file}"),
    "file_empty": ("文件是空的：{file}", "The file is empty: {file}"),
    "not_text": (
        "文件编码认不出（支持 UTF-8、GBK、GB18030、UTF-16）。",
        "The encoding is unknown (UTF-8, GBK, GB18030 and UTF-16 are read).",
    ),
    "spreadsheet": (
        "这是 2007 年以前的 Excel 文件，请另存为 .xlsx 或 CSV 再导入：{file}",
        "This is a spreadsheet of before 2007; save it as .xlsx or CSV first: {file}",
    ),
    "file_too_large": ("文件太大：{file}", "The file is too large: {file}"),
    "out_required": ("请用 --out 指定文件。", "Give a file with --out."),
    "days_out_of_range": ("日期范围不对，最多 {days} 天。", "At most {days} days, in order."),
    "no_such_branch": ("没有这个门店：{name}", "There is no such branch: {name}"),
    "not_a_table": ("文件不是表格：{problem}", "The file is no table: {problem}"),
    "columns_missing": (
        "缺少列：{missing}。文件里的列：{found}",
        "Columns are missing: {missing}. The file has: {found}",
    ),
    "map_invalid": ("列对照文件不对：{problem}", "The map file is wrong: {problem}"),
    "tender_invalid": (
        "付款写成 cash=128.00；方式只能是：{allowed}",
        "Write a tender as cash=128.00; it is one of: {allowed}",
    ),
    "line_invalid": (
        "第 {row} 行的 {field} 不对：{text}",
        "Row {row}: {field} is wrong: {text}",
    ),
    "line_invalid.quantity": (
        "第 {row} 行的数量（quantity）不对：{text}；要写 1 到 100,000 的整数。",
        "Row {row}: quantity is wrong: {text}; write a whole number from 1 to 100,000.",
    ),
    "line_invalid.unit_price": (
        '第 {row} 行的单价（unit_price）不对：{text}；写成 12.50，在 JSON 里写成 "12.50"。',
        'Row {row}: unit_price is wrong: {text}; write it as 12.50, in JSON as "12.50".',
    ),
    "line_invalid.discount": (
        '第 {row} 行的优惠（discount）不对：{text}；写成 12.50，在 JSON 里写成 "12.50"。',
        'Row {row}: discount is wrong: {text}; write it as 12.50, in JSON as "12.50".',
    ),
    "line_invalid.above_price": (
        "第 {row} 行的优惠 ¥{text} 大于这一行的金额 ¥{price}。",
        "Row {row}: the discount of ¥{text} is above the line's ¥{price}.",
    ),
    "no_lines": ("明细文件里没有商品行。", "The file of lines has no lines."),
    "not_json": ("不是有效的 JSON：{problem}", "This is no JSON: {problem}"),
    "ambiguous_member": (
        "不止一位会员符合，请用会员号或 ID。",
        "More than one member answers; use the number or the id.",
    ),
    "demo_command_failed": (
        "演示停在 {command}（退出码 {exit_code}）：{said}",
        "The demo stopped at {command} (exit {exit_code}): {said}",
    ),
    "not_built": ("这个功能还没有装上：{feature}", "This part is not installed: {feature}"),
    "database_address_invalid": (
        "数据库地址要写成 postgresql://用户@主机/数据库。",
        "Write the database as postgresql://user@host/database.",
    ),
    "one_worker": (
        "多个进程要用 PostgreSQL：office init --database。",
        "Several workers need PostgreSQL: office init --database.",
    ),
    "usage": ("用法不对：{message}", "Usage: {message}"),
    "enrolled_already": ("本机已经加入总部。", "This counter belongs to a head office already."),
    "backup_of_postgresql": (
        "数据在 PostgreSQL 里：用它的工具备份并试过恢复，再运行 office backup --archived。",
        "The book is in PostgreSQL: back it up by its tools, then office backup --archived.",
    ),
    "backup_of_a_file": (
        "请写明备份写到哪个文件；--archived 只用于 PostgreSQL。",
        "Name the file to write; --archived is for a book in PostgreSQL.",
    ),
    "not_enrolled": ("本机还没有加入总部。", "This counter belongs to no head office."),
    "office_address_invalid": (
        "总部地址不对，要以 https:// 开头；只有本机可以用 http://。",
        "Not an address of head office: it begins with https://, or http:// on this machine.",
    ),
    "device_address_invalid": (
        "地址不对：{address}。可写 192.168.1.60、COM3,9600、/dev/usb/lp0；none 是不用。",
        "No address: {address}. Write 192.168.1.60, COM3,9600, /dev/usb/lp0 or none.",
    ),
    "serial_port_needed": (
        "扫码枪要写串口，如 COM3 或 /dev/ttyACM0；键盘方式的写 none。",
        "Write the scanner's serial port, like COM3; none for one that plays a keyboard.",
    ),
    "columns_invalid": (
        "每行字数要在 {least} 到 {most} 之间；0 是按纸宽。",
        "Columns are {least} to {most}; 0 goes by the paper.",
    ),
    "drawer_pin_invalid": ("钱箱针脚是 2 或 5。", "The drawer's pin is 2 or 5."),
    "switch_invalid": ("写 on 或 off。", "Write on or off."),
    "language_invalid": ("语言写 zh、en 或 none。", "Write zh, en or none."),
    "device_unknown": (
        "能试的是 printer、drawer、display。",
        "What can be tried: printer, drawer, display.",
    ),
    "device_not_set_up": (
        "这台柜台还没有设置它：先运行 guitai device printer 或 device display。",
        "It is not set up at this counter: guitai device printer, or device display, comes first.",
    ),
}
