"""The agent in the background: what it publishes, when it asks again, and that it ends."""

import threading
from collections.abc import Callable

import pytest

from db.domain.trouble import Trouble
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.agent import (
    IDLE_MS_MAX,
    REST_SECONDS,
    RETRY_SECONDS,
    REVOKED_MS,
    SyncAgent,
    SyncState,
)
from sync.client.remote_office import LineAnswer, RemoteOffice
from sync.client.storage_access import directly_on
from sync.protocol.messages import PullReply, PullRequest
from sync.protocol.office import OfficeUnreachable
from sync.server.devices import revoke
from sync.server.door import Door
from sync.server.office import Office
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining

WAIT_S = 10


class Told:
    """Keeps every state, and lets a test wait for one."""

    def __init__(self) -> None:
        self.states: list[SyncState] = []
        self._changed = threading.Condition()

    def hear(self, state: SyncState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def until(self, wanted: Callable[[SyncState], bool]) -> SyncState:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(wanted, self.states)), WAIT_S)
            return next(state for state in reversed(self.states) if wanted(state))


class Switch:
    """A line that can be cut."""

    def __init__(self, joining: Joining) -> None:
        self._line = joining.line
        self.cut = False

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        if self.cut:
            raise OfficeUnreachable("offline")
        return self._line.carry(kind, sealed)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def switch(joining: Joining) -> Switch:
    joining.join()
    return Switch(joining)


@pytest.fixture
def agent(
    joining: Joining, storage: Storage, told: Told, switch: Switch, clock: FixedClock
) -> SyncAgent:
    device = joining.device()
    office = RemoteOffice(switch, private_key=device.private_key, server_key=device.server_key)
    return SyncAgent(
        directly_on(storage),
        office,
        device=device,
        changed=told.hear,
        clock=clock,
        chance=lambda count: b"\xff" * count,
    )


def test_a_good_exchange_is_published(
    agent: SyncAgent, told: Told, storage: Storage, clock: FixedClock
) -> None:
    a_sale(storage)

    pause = agent.exchange()

    assert told.states[0].busy
    assert (agent.state.online, agent.state.waiting, agent.state.busy) == (True, 0, False)
    assert agent.state.last_contact_at == clock.at_ms
    assert pause <= IDLE_MS_MAX


def test_without_a_line_it_waits_longer_each_time_and_says_what_waits(
    agent: SyncAgent, switch: Switch, storage: Storage
) -> None:
    agent.exchange()
    contact = agent.state.last_contact_at
    switch.cut = True
    a_sale(storage)

    pauses = [agent.exchange() for _ in range(3)]

    assert pauses[0] < pauses[1] < pauses[2]
    assert (agent.state.online, agent.state.waiting) == (False, 1)
    assert (agent.state.last_error, agent.state.last_contact_at) == ("offline", contact)


def test_a_full_disk_is_said_and_not_the_end(
    agent: SyncAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(service: object) -> None:
        raise Trouble

    monkeypatch.setattr(agent, "_run", full)

    assert agent.exchange() > 0
    assert agent.state.last_error == "trouble"


def test_standing_leases_are_looked_at_again_after_five_minutes(
    agent: SyncAgent, clock: FixedClock
) -> None:
    agent.exchange()

    assert not agent._renewal_is_due()
    clock.advance(300_000)
    assert agent._renewal_is_due()


def test_sync_now_wakes_it_and_stop_ends_it(
    agent: SyncAgent, told: Told, switch: Switch, storage: Storage
) -> None:
    switch.cut = True
    agent.start()
    told.until(lambda state: state.last_error == "offline")
    switch.cut = False

    agent.sync_now()

    told.until(lambda state: state.online)
    assert agent.stop()


@pytest.mark.expects_log
def test_a_bug_is_logged_and_the_thread_lives_on(
    agent: SyncAgent, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = agent._run
    calls = []

    def once(service: object) -> object:
        calls.append(service)
        if len(calls) == 1:
            raise KeyError("a bug")
        return work(service)

    monkeypatch.setattr(agent, "_run", once)
    agent.start()
    told.until(lambda state: state.last_error == "bug")

    agent.sync_now()

    told.until(lambda state: state.online)
    assert agent.stop()


def test_news_wake_the_agent_and_silence_does_not(
    agent: SyncAgent, joining: Joining, switch: Switch, storage: Storage
) -> None:
    device = joining.device()
    agent._listening = RemoteOffice(
        switch, private_key=device.private_key, server_key=device.server_key
    )
    before = agent.listen()
    for _ in range(2):
        agent.exchange()
    silence = agent.listen()
    a_sale(joining.office.storage)

    news = agent.listen()

    assert (before, silence, news) == (RETRY_SECONDS, RETRY_SECONDS, REST_SECONDS)
    assert agent._wake.is_set()
    assert agent.exchange() == IDLE_MS_MAX, "news wake it, so it need not look as often"


def test_who_was_let_wait_waits_on_at_once(
    agent: SyncAgent, joining: Joining, clock: FixedClock
) -> None:
    class Patient(RemoteOffice):
        def pull(self, request: PullRequest) -> PullReply:
            clock.advance(request.wait_ms)
            return super().pull(request)

    device = joining.device()
    agent._listening = Patient(
        joining.line, private_key=device.private_key, server_key=device.server_key
    )
    for _ in range(3):
        agent.exchange()

    assert agent.listen() == 0.0


def test_nobody_listens_on_a_line_that_is_down(
    agent: SyncAgent, joining: Joining, switch: Switch
) -> None:
    device = joining.device()
    agent._listening = RemoteOffice(
        switch, private_key=device.private_key, server_key=device.server_key
    )
    agent.exchange()
    switch.cut = True

    assert agent.listen() == RETRY_SECONDS
    assert agent._wake.is_set(), "the exchange is to find out"


def test_a_revoked_counter_leaves_head_office_alone_and_is_not_on_line(
    agent: SyncAgent, joining: Joining, storage: Storage
) -> None:
    revoke(joining.office.storage, joining.device().device)
    a_sale(storage)

    pause = agent.exchange()

    assert pause == REVOKED_MS
    assert (agent.state.online, agent.state.last_error) == (False, "revoked")
    assert agent.state.waiting == 1


def test_a_counter_that_is_too_old_goes_on_sending_without_longer_pauses(
    agent: SyncAgent, joining: Joining, office: Office, storage: Storage
) -> None:
    joining.line.door = Door(Office(office.storage, office.journal, needed=frozenset({"more"})))

    pauses = []
    for _ in range(3):
        a_sale(storage)
        pauses.append(agent.exchange())

    assert max(pauses) <= IDLE_MS_MAX
    assert (agent.state.waiting, agent.state.last_error) == (0, "update_needed")
