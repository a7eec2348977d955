"""What `guitai device` and its options do, in one line each; `help_words` takes them in."""

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]

DEVICE_COMMANDS: Final[Mapping[str, Pair]] = {
    "device": (
        "设备：打印机、顾客屏、扫码枪、试一试",
        "Devices: printer, display, scanner, test",
    ),
    "device show": ("这台柜台的设备", "The devices of this counter"),
    "device ports": ("插着东西的串口", "Serial ports that something is plugged into"),
    "device printer": ("设置小票打印机", "Set up the receipt printer"),
    "device display": ("设置顾客屏（CD5220）", "Set up the customer display (CD5220)"),
    "device scanner": ("设置扫码枪", "Set up the scanner"),
    "device sounds": ("提示音，开或关", "Sounds, on or off"),
    "device test": ("打测试页、开钱箱、试顾客屏", "Try the printer, the drawer, the display"),
}
DEVICE_PARAMETERS: Final[Mapping[str, Pair]] = {
    "device printer ADDRESS": (
        "192.168.1.60、COM3,9600、/dev/usb/lp0；none 不用",
        "192.168.1.60, COM3,9600, /dev/usb/lp0 or none",
    ),
    "device printer --paper": ("纸宽：58 或 80", "its width: 58 or 80"),
    "device printer --columns": ("每行字数；0 按纸宽", "columns of a line; 0 by the paper"),
    "device printer --charset": ("汉字：gbk、gb2312、picture", "gbk, gb2312 or picture"),
    "device printer --codes": ("打印机自己画二维码", "it draws QR codes itself"),
    "device printer --cuts": ("有切刀", "it has a cutter"),
    "device printer --drawer-pin": ("钱箱针脚：2 或 5", "the drawer's pin: 2 or 5"),
    "device printer --answers": ("会回答状态", "it says how it is when asked"),
    "device printer --language": ("小票语言：zh、en、none", "receipts in zh, en or none"),
    "device printer --auto": ("记账后自动打印", "prints a sale by itself"),
    "device display ADDRESS": ("COM4,9600、/dev/ttyUSB0；none 不用", "COM4,9600 or none"),
    "device scanner ADDRESS": ("COM3、/dev/ttyACM0；none 是键盘方式", "COM3; none is a keyboard"),
    "device scanner --gap": ("按键间隔，毫秒", "the most between two keys, ms"),
    "device scanner --prefix": ("扫码枪加的前缀", "what it sends before a code"),
    "device scanner --layout": ("键盘布局：us、qwertz、azerty", "us, qwertz or azerty"),
    "device sounds SWITCH": ("on 或 off", "on or off"),
    "device test WHAT": ("printer、drawer、display", "printer, drawer or display"),
}
