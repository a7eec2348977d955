"""The one list of what the counter can look like: each screen in each of its named states.

Pictures, the layout's checks, the contact sheets and `guitai gallery` all go through it, so a state
that is missing here is a state that nobody looks at.
"""

from collections.abc import Callable

from desktop.gallery import (
    conflict_scenes,
    counter_scenes,
    device_scenes,
    goods_scenes,
    house_scenes,
    member_scenes,
    sale_scenes,
    shift_scenes,
)
from desktop.gallery.cashier import Cashier

Scene = Callable[[Cashier], None]


def _named(*scenes: Scene) -> dict[str, Scene]:
    return {scene.__name__: scene for scene in scenes}


SCREENS: dict[str, dict[str, Scene]] = {
    "sign_in": _named(
        counter_scenes.sign_in,
        counter_scenes.wrong_pin,
        counter_scenes.locked,
        counter_scenes.handed_over,
    ),
    "counter": _named(
        counter_scenes.empty,
        counter_scenes.candidates,
        counter_scenes.letters,
        counter_scenes.member,
        counter_scenes.caution,
        counter_scenes.private_code,
        counter_scenes.welcome,
        counter_scenes.trouble,
    ),
    "sale": _named(
        counter_scenes.redeem,
        counter_scenes.sold,
        counter_scenes.why,
        counter_scenes.undone,
        goods_scenes.goods_sale,
        goods_scenes.goods_sheet,
        goods_scenes.proving,
    ),
    "offers": _named(
        counter_scenes.generous,
        counter_scenes.paid_by_value,
        counter_scenes.coupons,
        counter_scenes.crowded,
    ),
    "value": _named(counter_scenes.top_up, counter_scenes.refund, counter_scenes.refund_approval),
    "enroll": _named(counter_scenes.enroll),
    "members": _named(
        counter_scenes.members, member_scenes.members_filter, member_scenes.members_filtered
    ),
    "member": _named(
        counter_scenes.overview,
        counter_scenes.history,
        member_scenes.member_tags,
        member_scenes.member_points,
        member_scenes.member_coupons,
        member_scenes.member_value,
        member_scenes.member_profile,
        member_scenes.member_profile_of_cashier,
    ),
    "member_acts": _named(
        member_scenes.member_edit,
        member_scenes.member_phone_pin,
        member_scenes.member_merge,
        member_scenes.member_erase,
        member_scenes.member_privacy,
    ),
    "sales": _named(
        sale_scenes.sales,
        sale_scenes.sales_attach,
        sale_scenes.sales_void,
        sale_scenes.sales_void_pin,
        sale_scenes.sales_none,
    ),
    "goods_return": _named(
        sale_scenes.return_goods, sale_scenes.return_amount, sale_scenes.returned
    ),
    "shift": _named(
        counter_scenes.shift,
        counter_scenes.shift_far_off,
        counter_scenes.shift_of_another,
        shift_scenes.shift_notes,
        shift_scenes.shift_cash,
        shift_scenes.shift_approval,
        shift_scenes.shift_led,
    ),
    "report": _named(counter_scenes.report),
    "program": _named(counter_scenes.program, counter_scenes.program_tried),
    "conflicts": _named(
        conflict_scenes.status,
        conflict_scenes.conflicts,
        conflict_scenes.conflicts_duplicate,
        conflict_scenes.conflicts_asked,
        conflict_scenes.conflicts_refunded,
        conflict_scenes.conflicts_decided,
    ),
    "users": _named(
        house_scenes.users,
        house_scenes.user,
        house_scenes.new_user,
        house_scenes.user_pin,
        house_scenes.user_badge,
        house_scenes.own_pin,
    ),
    "import_wizard": _named(
        house_scenes.import_list,
        house_scenes.import_columns,
        house_scenes.import_preview,
        house_scenes.import_done,
    ),
    "diagnostics": _named(house_scenes.diagnostics),
    "devices": _named(
        device_scenes.devices_printer,
        device_scenes.devices_wrong,
        device_scenes.devices_scanner,
        device_scenes.devices_size,
    ),
}
"""Screen by screen: the states by name, each reached as a cashier reaches it."""

SCENES: dict[str, Scene] = {
    name: scene for states in SCREENS.values() for name, scene in states.items()
}
"""The states of all screens; a name is that of one state only."""
