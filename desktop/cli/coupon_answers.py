"""A coupon as every command answers it: `id` is what is printed on it, `code` its kind."""

from db.domain.offers.coupons import CouponKind
from db.queries.coupon_list import CouponShown
from desktop.cli.answers import Document, plain


def coupon_document(coupon: CouponShown, kind: CouponKind | None) -> Document:
    """Return a coupon; what it is worth is asked of the program in force, which may not know it."""
    return {
        "code": coupon.kind,
        "id": coupon.code,
        "kind": None if kind is None else kind.kind,
        "value": None if kind is None else kind.value,
        "valid_from": plain(coupon.valid_from),
        "valid_to": plain(coupon.valid_to),
        "state": coupon.state,
        "member_id": plain(coupon.member_id),
        "number": coupon.member_number or None,
        "issued_on": plain(coupon.issued_on),
    }
