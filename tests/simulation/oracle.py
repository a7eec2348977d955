"""The oracle: it knows every act whose commit returned, and checks each commit against them all.

It keeps its own small books (who was granted what, what was spent of it, which hash stands where
in which stream, how far each bucket goes) beside the product's and trusts none of the product's
sums. The names I1 to I16 are those of SYNC.md §3.3. What needs a quiet universe is in `ending`.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import msgspec

from db.domain.ids import parse_id
from db.storage.database import Reader
from tests.simulation.machines import Headquarters, Till
from tests.simulation.program import FLOOR_PER_COUNTER

_NEW = (
    "SELECT rowid, stream_id, sequence, op, kind, hash, raw, status FROM operation"
    " WHERE rowid > ? ORDER BY rowid"
)
_REPEATED = (
    "SELECT rowid, stream_id, sequence, op, 'repeated', hash, raw, 'repeated' FROM repeated"
    " WHERE rowid > ? ORDER BY rowid"
)
_STREAMS = (
    "SELECT stream_id, sequence, acked_sequence FROM stream WHERE counter_id ="
    " (SELECT unhex(value) FROM setting WHERE name = 'counter_id')"
)
_CHAIN = "SELECT sequence, hash, raw FROM operation WHERE stream_id = ? ORDER BY sequence"
_CURSORS = "SELECT bucket, sequence, incarnation FROM cursor"
_LIFE = "SELECT unhex(value) FROM setting WHERE name = 'office_incarnation'"
_OWN_LIFE = "SELECT unhex(value) FROM setting WHERE name = 'incarnation'"
_HEADS = "SELECT bucket, max(sequence), count(*) FROM feed GROUP BY bucket"
_SUM = "SELECT coalesce(sum(balance), 0) FROM account"
_BALANCE = "SELECT balance FROM account WHERE kind = 'member' AND owner = ?"
_MINE = "SELECT unhex(value) FROM setting WHERE name = 'stream_id'"
GENESIS = bytes(32)
REMEMBERED = frozenset({
    "lease_grant", "hold_grant", "lease_reclaim", "lease_cover", "debt", "erase", "expire",
    "tier_review", "adjust", "member_merge", "member_unmerge", "member_freeze", "conflict_close",
    "coupon_issue", "coupon_void", "gift_stock", "tag", "event_award",
})  # fmt: skip
"""What a head office that is put back remembers by its journal, as SYNC.md wants it to."""


class Violated(AssertionError):
    """An invariant does not hold; the message begins with its name."""


def hold(name: str, truth: object, *said: object) -> None:
    """Raise `Violated` unless this is true."""
    if not truth:
        raise Violated(f"{name}: " + " ".join(str(part) for part in said))


@dataclass(slots=True)
class Act:
    """An operation whose commit returned at the machine that wrote it."""

    op: bytes
    kind: str
    who: str
    true_ms: int
    fields: dict[str, Any]
    strange: bool = False


@dataclass(slots=True)
class Granted:
    """A lease as head office gave it, and what became of it in truth."""

    stream: bytes
    points: int
    until_ms: int
    own: bool
    spent: int = 0
    reclaimed: int = 0
    forced: int = 0

    @property
    def overspent(self) -> int:
        """Return the points that left it beyond what was granted."""
        return max(0, self.spent + self.reclaimed - self.points)


@dataclass(slots=True)
class Known:
    """How far one file has been looked at."""

    row: int = 0
    repeated: int = 0
    stream: bytes = b""
    cursors: dict[bytes, int] = field(default_factory=dict)
    acked: dict[bytes, int] = field(default_factory=dict)


class Oracle:
    """Looks on at every commit of one universe."""

    def __init__(self, risk: str = "") -> None:
        self._risk = risk
        self._by_floor: Counter[str] = Counter()
        self.acts: dict[bytes, Act] = {}
        self.leases: dict[bytes, Granted] = {}
        self.coupon_uses: Counter[str] = Counter()
        self.uses_of: dict[bytes, list[str]] = {}
        self.chains: dict[bytes, list[bytes]] = {}
        self.held: dict[tuple[bytes, int], bytes] = {}
        self.heard: set[bytes] = set()
        """Every act that head office, in whatever life, ever had: other counters may know it."""
        self.heads: dict[bytes, int] = {}
        self.life = b""
        self.decisions = 0
        self.overspent = 0
        self.granted_points = 0
        self._known: dict[str, Known] = {}

    def exchanging(self, till: Till) -> None:
        """Begin another spell of a counter's floor: it may hear of head office now."""
        self._by_floor[till.name] = 0

    def counter_committed(self, till: Till, reader: Reader) -> None:
        """Take in what a counter's file says now, and check it."""
        known = self._known.setdefault(till.name, Known())
        streams = {row[0]: row[1:] for row in reader.all(_STREAMS)}
        for row, stream, _, op, kind, _, raw, _ in reader.all(_NEW, (known.row,)):
            known.row = row
            if stream in streams and op not in self.acts:
                self._acted(till, op, kind, raw)
        for stream, (sequence, acked) in streams.items():
            self._follow(reader, stream, sequence)
            self._check_ack(till, known, stream, acked)
        self._check_cursors(till, known, reader)
        hold("I1 conservation", reader.value(_SUM) == 0, till.name)

    def office_committed(self, office: Headquarters, reader: Reader) -> None:
        """Take in what head office's file says now, and check it."""
        known = self._known.setdefault("office", Known())
        mine, self.life = reader.value(_MINE), reader.value(_OWN_LIFE)
        for row, stream, sequence, op, kind, digest, raw, _ in reader.all(_NEW, (known.row,)):
            known.row = row
            self._hold_row(stream, sequence, digest, mine=mine)
            if stream == mine:
                self._decided(office, reader, op, kind, raw)
            elif kind != "unreadable":
                hold("I4 exactly once", op in self.acts, "nobody wrote", kind, op.hex())
                self.heard.add(op)
        for row, stream, sequence, _, _, digest, _, _ in reader.all(_REPEATED, (known.repeated,)):
            known.repeated = row
            self._hold_row(stream, sequence, digest, mine=mine)
        for bucket, head, count in reader.all(_HEADS):
            hold("I8 dense feed", head == count, "a gap in", bucket.hex())
            hold("I8 feed", head >= self.heads.get(bucket, 0), "went back")
            self.heads[bucket] = head
        hold("I1 conservation", reader.value(_SUM) == 0, "office")

    def office_restored(self, held: set[bytes]) -> None:
        """Begin head office's books anew; what no file holds any more is declared lost.

        Only head office's own decisions can be: every counter has what it wrote.
        """
        self._known["office"] = Known()
        self.held.clear()
        self.heads.clear()
        for known in self._known.values():
            known.cursors.clear()
        for op in self.acts.keys() - held:
            act = self.acts.pop(op)
            hold("I4 exactly once", act.who == "office", act.who, "lost", act.kind)
            if act.kind == "lease_reclaim":
                shares = act.fields["b"]["shares"]
                lease = self.leases[parse_id(act.fields["b"]["lease"])]
                lease.reclaimed -= sum(share["points"] for share in shares)

    def _acted(self, till: Till, op: bytes, kind: str, raw: bytes) -> None:
        """Write down what a counter did; check what it spent (I2, I11, I16)."""
        fields = msgspec.json.decode(raw)
        now_ms, strange = till.clock.timeline.now_ms, op in till.strange
        act = self.acts[op] = Act(op, kind, till.name, now_ms, fields, strange)
        if strange:
            return
        body = fields["b"]
        for token in fields.get("gtok", ()):
            if not token.get("sig"):
                self._granted_to_itself(till, token)
        self._spent(till, act, body)
        self._used(act, body)

    def _granted_to_itself(self, till: Till, token: dict[str, Any]) -> None:
        """I2: a counter of a head office does so as the shop's program allows, and no more."""
        why = token.get("why", "")
        allowed = not why if not till.joined else why and why == self._risk
        hold("I2 authority", allowed, till.name, "leases to itself", why)
        if why == "floor":
            self._by_floor[till.name] += token["n"]
            within = self._by_floor[till.name] <= FLOOR_PER_COUNTER
            hold("I2 floor", within, till.name, self._by_floor[till.name], "in one spell")
        self._granted(token, own=True)

    def _spent(self, till: Till, act: Act, body: dict[str, Any]) -> None:
        for spend in body.get("spends", ()):
            lease = self.leases.get(parse_id(spend["lease"]))
            hold("I2 no double spend", lease is not None, act.kind, "spends an unknown lease")
            assert lease is not None
            lease.spent += spend["points"]
            self._check_lease(lease, act.kind)
            stream = parse_id(act.fields["s"])
            hold("I2 no double spend", lease.stream == stream, "spent another stream's lease")
            late = act.true_ms - lease.until_ms
            hold("I16 lease", late <= till.clock.behind_ms, f"spent {late} ms after its end")
        for back in body.get("restored", ()):
            if back.get("lease"):
                known = parse_id(act.fields["ref"]) in self.heard
                hold("I2 given back", not known, act.kind, "into a lease, as others may do too")
                self.leases[parse_id(back["lease"])].spent -= back["points"]

    def _used(self, act: Act, body: dict[str, Any]) -> None:
        """Count the uses of coupons that stand (I11)."""
        codes = [use["code"] for use in body.get("coupons", ()) if act.kind == "sale"]
        self.uses_of[act.op] = codes
        for code in codes:
            self.coupon_uses[code] += 1
            hold("I11 coupon", self.coupon_uses[code] <= 1, code, "was used twice")
        back = list(body.get("offers", {}).get("restored", ()))
        reference = act.fields.get("ref")
        if act.kind == "reversal" and reference is not None:
            back = self.uses_of.pop(parse_id(reference), [])
        for code in back:
            self.coupon_uses[code] -= 1

    def _decided(
        self, office: Headquarters, reader: Reader, op: bytes, kind: str, raw: bytes
    ) -> None:
        """Write down what head office decided; check that it gave only what was there (I2, I3)."""
        if op in self.acts:
            return
        fields = msgspec.json.decode(raw)
        self.acts[op] = Act(op, kind, "office", office.clock.timeline.now_ms, fields)
        if kind == "lease_grant":
            self._granted(fields["b"]["token"], own=False)
            left = reader.value(_BALANCE, (parse_id(fields["m"]),))
            fine = left >= 0 or self._risk in {"forced", "floor"}
            hold("I3 funds", fine, "a grant left", left, "points to", fields["m"])
        elif kind == "lease_reclaim":
            lease = self.leases[parse_id(fields["b"]["lease"])]
            back = sum(share["points"] for share in fields["b"]["shares"])
            lease.reclaimed += back
            lease.forced += back if fields["b"].get("forced") else 0
            hold("I2 force", self._risk == "forced" or not lease.forced, "taken back by force")
            self._check_lease(lease, kind)
        elif kind not in REMEMBERED:
            self.decisions += 1

    def _granted(self, token: dict[str, Any], *, own: bool) -> None:
        lease = Granted(parse_id(token["s"]), token["n"], token["until"], own)
        self.leases.setdefault(parse_id(token["g"]), lease)
        self.granted_points += 0 if own else token["n"]

    def _check_lease(self, lease: Granted, kind: str) -> None:
        """I2: no more is spent twice than came back by force; without force, nothing at all."""
        self.overspent += lease.overspent
        fine = lease.overspent <= lease.forced
        hold("I2 no double spend", fine, lease.overspent, "points, by", kind)

    def _follow(self, reader: Reader, stream: bytes, sequence: int) -> None:
        """Check that a stream's chain goes on from where it stood (I9)."""
        chain = self.chains.setdefault(stream, [])
        if sequence == len(chain):
            return
        rows = reader.all(f"{_CHAIN} LIMIT -1 OFFSET {len(chain)}", (stream,))
        for place, digest, raw in rows:
            hold("I9 chain", place == len(chain) + 1, "a hole before", place)
            before = chain[-1] if chain else GENESIS
            expected = hashlib.sha256(before + raw).digest()
            hold("I9 chain", digest == expected, "a hash that does not follow at", place)
            chain.append(digest)

    def _check_ack(self, till: Till, known: Known, stream: bytes, acked: int) -> None:
        """I10: what a counter holds as acknowledged, head office holds, byte for byte."""
        if acked == known.acked.get(stream, 0):
            return
        went_back = acked < known.acked.get(stream, 0)  # it offers again what may be in doubt
        known.acked[stream] = acked
        if went_back or acked == 0:
            return
        same = self.held.get((stream, acked)) == self.chains[stream][acked - 1]
        hold("I10 acks", same, till.name, "was told of more than head office holds:", acked)

    def _check_cursors(self, till: Till, known: Known, reader: Reader) -> None:
        """I8: cursors never go back, nor beyond what there is."""
        if (mine := reader.value(_MINE)) != known.stream:
            known.stream, known.cursors = mine, {}  # who joins anew reads everything anew
        living = reader.value(_LIFE)
        for bucket, sequence, life in reader.all(_CURSORS):
            if life != self.life or living != self.life:
                continue
            hold("I8 cursors", sequence >= known.cursors.get(bucket, 0), till.name, "went back")
            hold("I8 cursors", sequence <= self.heads.get(bucket, 0), till.name, "runs ahead")
            known.cursors[bucket] = sequence

    def _hold_row(self, stream: bytes, sequence: int, digest: bytes, *, mine: bytes) -> None:
        """I9: what head office holds of a stream is what its counter wrote, in that place."""
        self.held[stream, sequence] = digest
        chain = self.chains.get(stream, [])
        if stream != mine and sequence <= len(chain):
            hold("I9 chain", chain[sequence - 1] == digest, "another operation at", sequence)
