"""A synthetic book of members, made fast and kept: rows go straight into the tables.

Everything comes from a counter and a few prime steps, so that two machines make the same book.
Names follow how often surnames and given names occur, because that is what decides how many
members stand under one gram. No `ANALYZE`, as in a shop: with SQLite's samples of key values a
statement is compiled anew for every key it is asked for, which takes longer than its answer.
"""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from db.domain.clock import BusinessCalendar
from db.domain.ids import uuid7
from db.domain.lookup.member_number import number_in_block
from db.domain.lookup.search_grams import GRAMS_VERSION
from db.services.set_up import InitHome, init_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage, UnitOfWork

KEY = bytes(range(32))
NOW_MS = 1_795_240_800_000
TODAY = date(2026, 11, 21)
DAY_MS = 86_400_000
FORM = 2
"""Raised when the book is made otherwise."""
SALES_EACH = 20
BUYER_EVERY = 50
LINES_EACH = 3
_STEP = 48_271
_PRIME = 99_999_989
_SURNAMES = (
    "王李张刘陈杨黄赵吴周" * 6
    + "徐孙马朱胡郭何林罗高郑梁谢宋唐" * 2
    + "许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦傅方白邹孟熊秦"
    "邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单解仇"
)
_GIVEN = (
    "芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚"
    * 3
    + "桂英华玉兰红梅建国志伟文斌波辉燕玲婷宇浩欣怡子轩梓涵一诺思远晨曦雨佳嘉俊雪莹琳晓丹萍"
    "慧珍鹏飞凯旋海云龙凤春秋月亮天成永康德福瑞祥安宁心乐然可之若依诗韵瑶璐菲倩颖悦彤"
)
_PREFIXES = (
    "134", "135", "136", "137", "138", "139", "147", "150", "151", "152", "157", "158", "159",
    "178", "182", "183", "184", "187", "188", "198", "130", "131", "132", "155", "156", "185",
    "186", "133", "153", "189",
)  # fmt: skip
_MEMBER = (
    "INSERT INTO member (member_id, number, phone, name, channel, state, home_branch_id,"
    " joined_on, registered_at) VALUES (?, ?, ?, ?, 'walk_in', 'active', ?, ?, ?)"
)
_TOTAL = "INSERT INTO member_total VALUES (?, ?, ?, ?, 0, ?, ?, ?)"
_LOT = (
    "INSERT INTO lot (member_id, lot_id, op, leg, entry, awarded, remaining, available_on,"
    " expires_on, opened_at) VALUES (?, ?, ?, 0, 'earn', ?, ?, ?, NULL, ?)"
)
_SALE = (
    "INSERT INTO sale (sale_id, member_id, branch_id, counter_id, sold_at, business_day, items,"
    " gross, discount, redeemed, redeemed_value, due, paid_cash, earned, tier, program, source)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, ?9, ?9, ?10, '', 'bench@1', 'import')"
)
_LINE = "INSERT INTO sale_line VALUES (?, ?, ?, ?, 'food', 1, ?, 0, ?, ?, 0, 0)"


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the book, computed from his place in it."""

    place: int

    @property
    def member_id(self) -> bytes:
        """Return his id."""
        return _id(self.place, 1)

    @property
    def phone(self) -> str:
        """Return his phone as he says it; no two members share one."""
        prefix, place = _PREFIXES[self.place % 30], self.place // 30
        return f"{prefix}{place * _STEP % _PRIME:08d}"

    @property
    def number(self) -> str:
        """Return his member number."""
        return number_in_block("7K", self.place)

    @property
    def name(self) -> str:
        """Return his name: mostly three characters, some of two."""
        drawn = self.place * 7_919 + self.place // 977
        name = _SURNAMES[drawn % len(_SURNAMES)] + _GIVEN[drawn * 31 // 7 % len(_GIVEN)]
        return name if drawn % 5 == 0 else name + _GIVEN[drawn * 17 // 3 % len(_GIVEN)]

    @property
    def last_on(self) -> date:
        """Return the business day of his last visit, within two years, recent ones more often."""
        back = (self.place * 104_729 % 731) * (self.place * 15_485_863 % 997) // 997
        return TODAY - timedelta(days=back)

    @property
    def buyer(self) -> bool:
        """Say whether his purchases are in the book one by one."""
        return self.place % BUYER_EVERY == 0


def a_book(folder: Path, members: int) -> Path:
    """Return the file of a book with so many members, made when it is not there yet."""
    schema = "".join(
        each.read_text(encoding="utf-8")
        for each in sorted(Path("db/storage/migrations").glob("*.sql"))
    )
    mark = hashlib.sha256(f"{schema}{FORM}{GRAMS_VERSION}".encode()).hexdigest()[:12]
    path = folder / f"book-{members}-{mark}.db"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        for old in folder.glob(f"book-{members}-*"):
            old.unlink()
        partial = path.with_suffix(".partial")
        for left in folder.glob(f"{partial.name}*"):
            left.unlink()
        _write(partial, members)
        partial.replace(path)
    return path


def a_copy(book: Path, folder: Path) -> Path:
    """Return a copy that may be written to."""
    return Path(shutil.copy(book, folder / "guitai.db"))


class PassingClock(FixedClock):
    """A clock that moves on whenever it is read, so that ids come in the order of the acts."""

    def wall_ms(self) -> int:
        """Return the time, a millisecond later than the last time."""
        self.advance(1)
        return self.at_ms


def opened(path: Path) -> Storage:
    """Open a book."""
    return Storage(path, KEY, clock=PassingClock(NOW_MS))


def _write(path: Path, members: int) -> None:
    storage = opened(path)
    with storage.begin() as work:
        command = InitHome(branch="南京东路店", counter="01机", calendar=BusinessCalendar())
        init_home(work, command)
        everybody = [Member(place) for place in range(members)]
        work.sql.run_many(_MEMBER, _members(work, everybody))
        work.sql.run_many(_TOTAL, _totals(everybody))
        work.sql.run_many(_LOT, _lots(everybody))
    with storage.begin() as work:
        buyers = [each for each in everybody if each.buyer]
        work.sql.run_many(_SALE, _sales(work, buyers))
        work.sql.run_many(_LINE, _lines(buyers))
    with storage.begin() as work:
        work.grams.rebuild()
    storage._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    storage.close()


def _id(place: int, kind: int) -> bytes:
    """Return an id that is as ordered by time as real ones are."""
    chance = (place * _STEP % (1 << 64)).to_bytes(8, "big") + kind.to_bytes(2, "big")
    return uuid7(NOW_MS - 400 * DAY_MS + place * 20, chance)


def _members(work: UnitOfWork, everybody: list[Member]) -> Iterator[tuple[object, ...]]:
    branch_id = work.home.branch_id
    for each in everybody:
        registered_at = NOW_MS - 730 * DAY_MS + each.place
        yield (
            each.member_id,
            each.number,
            f"+86{each.phone}",
            each.name,
            branch_id,
            "2024-11-21",
            registered_at,
        )


def _totals(everybody: list[Member]) -> Iterator[tuple[object, ...]]:
    for each in everybody:
        last_on = each.last_on
        last_at = NOW_MS - (TODAY - last_on).days * DAY_MS - each.place % 20_000_000
        yield (
            each.member_id,
            SALES_EACH,
            1_000_000,
            10_000,
            "2024-11-21",
            last_on.isoformat(),
            last_at,
        )


def _lots(everybody: list[Member]) -> Iterator[tuple[object, ...]]:
    for each in everybody:
        opened_at = NOW_MS - 30 * DAY_MS
        yield (each.member_id, _id(each.place, 2), bytes(16), 500, 500, "2026-10-22", opened_at)


def _sales(work: UnitOfWork, buyers: list[Member]) -> Iterator[tuple[object, ...]]:
    home = work.home
    for each in buyers:
        for number in range(SALES_EACH):
            day = each.last_on - timedelta(days=31 * number)
            sold_at = NOW_MS - (TODAY - day).days * DAY_MS
            yield (
                _id(each.place * SALES_EACH + number, 3),
                each.member_id,
                home.branch_id,
                home.counter_id,
                sold_at,
                day.isoformat(),
                LINES_EACH,
                LINES_EACH * 1_990,
                LINES_EACH * 1_990,
                59,
            )


def _lines(buyers: list[Member]) -> Iterator[tuple[object, ...]]:
    for each in buyers:
        for number in range(SALES_EACH):
            sale_id = _id(each.place * SALES_EACH + number, 3)
            for line in range(1, LINES_EACH + 1):
                yield (sale_id, line, f"A{line}", "牛奶", 1_990, 1_990, 19)
