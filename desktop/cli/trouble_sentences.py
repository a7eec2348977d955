"""What the disk, the line and the machine do, in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

TROUBLE_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "no_home": (
        "这里还没有数据，请先运行 guitai init：{home}",
        "There is no home here; run guitai init first: {home}",
    ),
    "newer_database": (
        "数据库由更新的版本写成（{found}），本版本最多认 {supported}；请升级软件。",
        "A newer version wrote the database ({found}; this one reads {supported}). Please upgrade.",
    ),
    "home_in_use": (
        "另一个窗口或服务正在使用这些数据。",
        "Another window or server works on this home.",
    ),
    "storage_unavailable": ("数据库不可用。", "The database cannot be used."),
    "storage_unavailable.no_home": (
        "这里还没有门店数据，请先运行 guitai init。",
        "There is no home here; run guitai init first.",
    ),
    "storage_unavailable.disk_full": (
        "磁盘已满，没有保存。",
        "The disk is full; nothing was kept.",
    ),
    "storage_unavailable.read_only": ("数据目录不可写。", "The home cannot be written."),
    "storage_unavailable.busy": (
        "另一个程序正在写入，等了 5 秒；请再试。",
        "Another process is writing; waited 5 seconds. Please try again.",
    ),
    "storage_unavailable.input_output": ("磁盘读写出错。", "The disk reports an error."),
    "storage_unavailable.corrupt": (
        "数据库文件已损坏，请用 restore 恢复备份。",
        "The database is damaged; restore a backup.",
    ),
    "storage_unavailable.cannot_open": ("数据库打不开。", "The database cannot be opened."),
    "storage_unavailable.wrong_key_or_not_a_database": (
        "数据库打不开：密钥不对，或者文件已损坏。请用 restore 恢复备份。",
        "The key is wrong, or the file is damaged. Restore a backup.",
    ),
    "storage_unavailable.unreachable": (
        "连不上 PostgreSQL，或者它不让进。请检查地址、用户和它是否在运行。",
        "PostgreSQL cannot be reached, or refuses us. Check the address, the user, the server.",
    ),
    "storage_unavailable.book_exists": (
        "这个数据库里已经有总部。",
        "There is a head office in this database already.",
    ),
    "storage_unavailable.driver_missing": (
        "没有装 PostgreSQL 驱动：pip install 'guitai[server]'。",
        "The PostgreSQL driver is missing: pip install 'guitai[server]'.",
    ),
    "storage_unavailable.key_missing": (
        "找不到数据库密钥；没有它，数据打不开。",
        "The database key is missing; without it nothing can be read.",
    ),
    "storage_unavailable.key_damaged": ("数据库密钥已损坏。", "The database key is damaged."),
    "address_not_free": (
        "{address} 用不了，换一个端口。",
        "{address} is not free; take another port.",
    ),
    "storage_unavailable.not_a_backup": ("这不是备份文件。", "This is no backup."),
    "storage_unavailable.device_damaged": (
        "本机的入网文件已损坏，请重新加入总部。",
        "The device file is damaged; enroll again.",
    ),
    "office_unreachable": (
        "连不上总部，本机没有加入。请检查地址和网络。",
        "Head office cannot be reached; nothing has changed. Check the address and the line.",
    ),
    "office_unreachable.not_ours": (
        "回答的不是总部，可能是网络的登录页。本机没有加入。",
        "What answered is not head office; perhaps a sign-in page. Nothing has changed.",
    ),
    "office_unreachable.status": (
        "那个地址上的服务出错，或者不是总部。本机没有加入。",
        "The server there reports a fault, or is not head office. Nothing has changed.",
    ),
    "office_unreachable.redirected": (
        "网络要求先登录，可能是公共 Wi-Fi。本机没有加入。",
        "The network wants a sign-in first. Nothing has changed.",
    ),
    "office_unreachable.tls": (
        "总部的加密证书不可信。本机没有加入。",
        "The certificate of head office cannot be trusted. Nothing has changed.",
    ),
    "office_unreachable.plain_http": (
        "那个地址说的是 http，不是 https：本机没有加入，请改地址。",
        "That address speaks http, not https. Nothing has changed; correct the address.",
    ),
    "office_unreachable.timeout": (
        "总部没有及时回答，本机没有加入。请再试。",
        "Head office did not answer in time; nothing has changed. Please try again.",
    ),
    "parcel_refused": (
        "这不是柜台导出的文件，或者没有传完整；什么也没有读入。",
        "This is no file of sync export, or not all of it; nothing was taken in.",
    ),
    "parcel_refused.unknown_device": (
        "这是别的总部的柜台导出的；什么也没有读入。",
        "It comes from a counter that is not ours; nothing was taken in.",
    ),
    "parcel_refused.bad_signature": (
        "文件的签名不对，可能被改过；什么也没有读入。",
        "Its signature is wrong, perhaps it was altered; nothing was taken in.",
    ),
    "office_refused": ("总部没有接受：{reason}", "Head office refused: {reason}"),
    "office_refused.code_unknown": ("入网码不对。", "The code is unknown."),
    "office_refused.code_expired": ("入网码已过期。", "The code has expired."),
    "office_refused.code_used": ("入网码已用过。", "The code was used already."),
    "office_refused.revoked": ("本机已被总部停用。", "Head office has revoked this counter."),
    "office_refused.no_blocks": (
        "总部的会员号段用完了，不能再加柜台。",
        "Head office has no block of member numbers left; no counter can join.",
    ),
    "office_refused.malformed": (
        "总部读不懂本机发的内容，请检查两边的版本和本机的时区。",
        "Head office cannot read what was sent; check both versions and this counter's time zone.",
    ),
    "office_refused.bad_signature": (
        "总部不认本机的签名。",
        "Head office does not accept this counter's signature.",
    ),
    "office_refused.too_large": (
        "发给总部的内容太大。",
        "What was sent to head office is too large.",
    ),
    "file_not_writable": ("文件写不了：{file}", "The file cannot be written: {file}"),
    "device_trouble": ("设备没有照做。", "The device did not do it."),
    "device_trouble.not_reached": (
        "连不上打印机。请检查电源、网线和地址。",
        "The printer cannot be reached. Check its power, its cable and the address.",
    ),
    "device_trouble.paper_out": ("打印机缺纸。", "The printer is out of paper."),
    "device_trouble.cover_open": ("打印机的盖子没有合上。", "The printer's cover is open."),
    "device_trouble.broken": ("打印机报错。", "The printer reports a fault."),
    "device_trouble.too_large": (
        "二维码比纸宽，打不下。",
        "The QR code is too large for the paper.",
    ),
    "device_trouble.display_not_reached": (
        "连不上顾客屏。请检查电源、串口线和地址。",
        "The customer display cannot be reached. Check its power, its cable and the port.",
    ),
    "verify_failed": ("账目核对不一致。", "The book does not agree with itself."),
    "bug": ("程序出错，什么都没有保存。", "A fault in the program; nothing was kept."),
}
