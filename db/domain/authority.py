"""Whose word an operation is: a fact of any counter, a wish, or a decision of the authority.

Facts happened and are never refused, wishes may be answered with no, decisions are made once
(SYNC.md §2.1, DECISIONS 8). A shop without a head office is its own authority.
"""

from typing import Final

GRANTS: Final = frozenset({"lease_grant", "lease_reclaim", "lease_cover", "hold_grant"})
"""What head office alone ever writes: a counter that gave back would give twice."""
DECISIONS: Final = frozenset(
    {"expire", "debt", "tier_review", "member_merge", "member_unmerge", "offers_back", "restamp",
     "conflict_open", "conflict_close", "erase"}
)  # fmt: skip
"""What a counter wrote while it was its own authority, and never after it joined."""
