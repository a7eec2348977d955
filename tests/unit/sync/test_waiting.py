"""Who waits for news hears of it at once, and of nothing in time; nobody else waits with him."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
import pytest

from sync.client.inbox import pull_request
from sync.protocol.frames import unseal
from sync.protocol.messages import PullReply, is_silent, reply_in, seal_message
from sync.server.waiting import WaitingRoom
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import batch_of, exchanged

PATIENCE_S = 10


def asked(joining: Joining, *, wait_ms: int) -> bytes:
    """Return the sealed question of a counter that has heard everything."""
    device = joining.device()
    with joining.storage.begin() as work:
        request = pull_request(work, device)
    waiting = msgspec.structs.replace(request, wait_ms=wait_ms)
    return seal_message(waiting, private=device.private_key, purpose="pull request")


def told(answer: tuple[int, bytes]) -> PullReply:
    reply = reply_in(unseal(answer[1]))
    assert isinstance(reply, PullReply)
    return reply


def in_time(story: Callable[[], Coroutine[Any, Any, PullReply]]) -> PullReply:
    """Return what a story came to; fail when it hangs."""

    async def timed() -> PullReply:
        async with asyncio.timeout(PATIENCE_S):
            return await story()

    return asyncio.run(timed())


@pytest.fixture
def up_to_date(joining: Joining, bystander: Joining) -> Joining:
    """Return the bystander, who has heard everything and wants to hear more."""
    for _ in range(3):
        exchanged(joining)
        exchanged(bystander)
    return bystander


def test_what_another_counter_pushes_wakes_who_waits(joining: Joining, up_to_date: Joining) -> None:
    room = WaitingRoom(joining.line.door, look_seconds=PATIENCE_S)
    a_sale(joining.storage)
    push = seal_message(
        batch_of(joining), private=joining.device().private_key, purpose="push request"
    )

    async def story() -> PullReply:
        waits = asyncio.create_task(room.answer("pull", asked(up_to_date, wait_ms=20_000)))
        await asyncio.sleep(0)
        assert not waits.done()
        await room.answer("push", push)
        return told(await waits)

    assert len(in_time(story).rows) == 1


def test_news_of_another_process_are_looked_for_now_and_then(
    joining: Joining, up_to_date: Joining
) -> None:
    room = WaitingRoom(joining.line.door, look_seconds=0.05)
    a_sale(joining.storage)

    async def story() -> PullReply:
        waits = asyncio.create_task(room.answer("pull", asked(up_to_date, wait_ms=20_000)))
        await asyncio.sleep(0)
        exchanged(joining)
        return told(await waits)

    assert len(in_time(story).rows) == 1


def test_without_news_the_answer_is_nothing_once_the_time_is_over(
    joining: Joining, up_to_date: Joining
) -> None:
    room = WaitingRoom(joining.line.door)

    async def story() -> PullReply:
        return told(await room.answer("pull", asked(up_to_date, wait_ms=50)))

    assert is_silent(in_time(story))


def test_who_has_something_to_hear_does_not_wait(joining: Joining, up_to_date: Joining) -> None:
    room = WaitingRoom(joining.line.door)
    a_sale(joining.storage)
    exchanged(joining)

    async def story() -> PullReply:
        return told(await room.answer("pull", asked(up_to_date, wait_ms=20_000)))

    assert not is_silent(in_time(story))
