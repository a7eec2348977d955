"""The feed, alike whatever answers: dense in each bucket, and nothing missed beside pushers."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from sync.client.inbox import pull_request
from sync.protocol.digest import EMPTY
from sync.protocol.messages import Position, PullReply, PullRequest
from tests.contract.conftest import Ground, Joining, Till
from tests.support.checkers import rows, value

PUSHERS = 8
SALES_EACH = 12
_BUCKETS = "SELECT bucket, count(*), max(sequence) FROM feed GROUP BY bucket ORDER BY bucket"
_OF_A_STREAM = "SELECT count(*) FROM operation WHERE stream_id = ? AND status = 'applied'"
_PUBLISHED = (
    "SELECT count(*) FROM feed AS f JOIN operation AS o ON o.op = f.op WHERE o.stream_id = ?"
)
_HEADS = "SELECT bucket, sequence, sequence FROM feed_head ORDER BY bucket"


class Reader:
    """Reads the feed by hand from its start and keeps what came, in its places."""

    def __init__(self, till: Till, *, most: int = 500) -> None:
        self._till = till
        self._most = most
        self._incarnation = b""
        self._at: dict[bytes, Position] = {}
        self.heard: dict[bytes, list[bytes]] = {}

    def pull(self) -> PullReply:
        """Pull once; what comes must go on where the last page of its bucket ended."""
        with self._till.storage.begin() as work:
            asked: PullRequest = pull_request(work, self._till.device)
        reply = self._till.remote.pull(
            PullRequest(
                request=os.urandom(16),
                device=asked.device,
                token=asked.token,
                incarnation=self._incarnation,
                positions=tuple(self._at.values()),
                book=asked.book,
                most=self._most,
            )
        )
        self._incarnation = reply.incarnation
        for row in reply.rows:
            heard = self.heard.setdefault(row.bucket, [])
            assert row.at == len(heard) + 1, "dense, and in order"
            heard.append(bytes(row.op))
        for page in reply.pages:
            assert not page.again, "what was read stays read"
            assert page.upto == len(self.heard.get(page.bucket, ()))
            self._at[page.bucket] = Position(
                bucket=page.bucket, sequence=page.upto, sum256=page.sum256
            )
        return reply

    def pull_all(self) -> None:
        while self.pull().more:
            pass

    def counts(self) -> dict[bytes, int]:
        return {bucket: len(heard) for bucket, heard in self.heard.items()}


def held(ground: Ground) -> dict[bytes, int]:
    """Return how many operations each bucket holds; they are numbered from 1 without a gap."""
    counted = rows(ground.book, _BUCKETS)
    assert all(count == last for _, count, last in counted)
    assert counted == rows(ground.book, _HEADS)
    return {bucket: count for bucket, count, _ in counted}


def test_small_pages_bring_everything_in_order(ground: Ground, joining: Joining) -> None:
    till, other = joining(), joining("外滩店")
    for each in (till, other):
        each.sells(9, member=each.registers())
        assert each.exchange().trouble is None
    reader = Reader(other, most=4)

    reader.pull_all()

    assert reader.counts() == held(ground)
    assert all(position.sum256 != EMPTY for position in reader._at.values())


def test_an_operation_is_published_once_however_often_it_is_pushed(
    ground: Ground, joining: Joining
) -> None:
    till = joining()
    till.sells(5, member=till.registers())
    batches = till.batches(2)

    for batch in (*batches, *batches):
        till.remote.push(batch)

    held(ground)
    assert value(ground.book, _PUBLISHED, batches[0].stream) == len(till.batch().rows)


def test_a_reader_beside_many_pushers_misses_nothing(ground: Ground, joining: Joining) -> None:
    """All push into one branch's bucket: the numbers are given and seen in one order."""
    tills = [joining() for _ in range(PUSHERS)]
    watcher = Reader(joining("外滩店"))
    for till in tills:
        till.sells(SALES_EACH, member=till.registers())
    watcher.pull_all()
    done = Event()

    def watch() -> None:
        while not done.is_set():
            watcher.pull()

    with ThreadPoolExecutor(PUSHERS + 1) as pool:
        watching = pool.submit(watch)
        try:
            for pushing in [pool.submit(_push_all(till)) for till in tills]:
                pushing.result()
        finally:
            done.set()
        watching.result()
    watcher.pull_all()

    assert watcher.counts() == held(ground)
    streams = [till.batch().stream for till in tills]
    for stream, till in zip(streams, tills, strict=True):
        assert value(ground.book, _OF_A_STREAM, stream) == len(till.batch().rows)


def _push_all(till: Till) -> Callable[[], None]:
    batches = till.batches(3)

    def push() -> None:
        for batch in batches:
            reply = till.remote.push(batch)
            assert (reply.answer, reply.verdicts) == ("ack", ())

    return push


def test_one_batch_pushed_twice_at_once_is_stored_once(ground: Ground, joining: Joining) -> None:
    till = joining()
    till.sells(10, member=till.registers())
    batch = till.batch()
    twin = joining.twin(till)

    with ThreadPoolExecutor(2) as pool:
        replies = [pool.submit(each.push, batch) for each in (till.remote, twin)]

    assert {one.result().upto for one in replies} == {len(batch.rows)}
    held(ground)
    assert value(ground.book, _OF_A_STREAM, batch.stream) == len(batch.rows)


def test_counters_that_read_everything_have_the_same_book(joining: Joining) -> None:
    tills = [joining(), joining(), joining("外滩店")]
    for till in tills:
        till.sells(3, member=till.registers())
        till.sells(2)
    for till in (*tills, *tills):
        assert till.exchange().trouble is None

    one, two, three = (
        rows(till.storage, "SELECT member_id, remaining FROM lot ORDER BY 1, 2") for till in tills
    )
    assert one == two == three
