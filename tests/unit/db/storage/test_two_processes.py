"""Two processes on one file: both write, neither loses, each sees what the other did."""

import subprocess
import sys
from pathlib import Path

from db.storage.home import database_path
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, value
from tests.support.makers import a_member, a_sale
from tests.support.storage_fixtures import MadeHome

SALES = 40
ANOTHER = """
import sys
from pathlib import Path
from db.domain.basket import Basket
from db.domain.staff import Actor, Role
from db.services.sales import Sell, sell
from db.storage.unit_of_work import Storage

path, key, member_id, sales = sys.argv[1:]
storage = Storage(Path(path), bytes.fromhex(key))
for _ in range(int(sales)):
    with storage.begin() as work:
        sell(work, Sell(op=work.new_id(), by=Actor(None, Role.MANAGER),
                        basket=Basket.of_amount(100), member_id=bytes.fromhex(member_id)))
storage.close()
"""


def test_two_processes_sell_side_by_side(
    storage: Storage, home_folder: Path, made_home: MadeHome
) -> None:
    member = a_member(storage)
    path, key = database_path(home_folder), made_home.key.hex()
    command = [sys.executable, "-c", ANOTHER, str(path), key, member.member_id.hex(), str(SALES)]

    with subprocess.Popen(command) as another:
        for _ in range(SALES):
            a_sale(storage, member.member_id, amount=100)
        assert another.wait(timeout=60) == 0

    assert value(storage, "SELECT visits FROM member_total") == 2 * SALES
    assert value(storage, "SELECT balance FROM account WHERE kind = 'member'") == 2 * SALES
    sequences = [row[0] for row in rows(storage, "SELECT sequence FROM operation ORDER BY 1")]
    assert sequences == list(range(1, 2 * SALES + 2))
    check_ledger(storage)
