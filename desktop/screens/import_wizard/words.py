"""The wizard's sentences."""

import re

from PySide6.QtCore import QObject

from db.domain.clock import BusinessCalendar
from db.domain.lookup.names import mask_name
from db.domain.lookup.phone_masks import mask_phone
from db.domain.member_sheet import MemberSheet, SheetMember
from db.queries.import_batches import ImportLine
from db.services.imports import BatchNotRevertible
from desktop.screens.import_wizard.state import Step
from desktop.widgets.data_table import Row
from desktop.wording.figures import points_text
from desktop.wording.import_words import row_fault_text

ROWS_SHOWN_MAX = 500
_LONG = re.compile(r"\d{8,}")
SOURCE_MARK = 17  # a blank and sixteen hexadecimal digits, which tell two files of one name apart


class ImportWords(QObject):
    """Says what the wizard has to say, counted things in the right number."""

    def steps(self, step: Step) -> str:
        """Return where one is on the way."""
        names = (
            self.tr("1 选文件"),
            self.tr("2 对列"),
            self.tr("3 预览"),
            self.tr("4 导入"),
        )
        at = min(list(Step).index(step), len(names) - 1)
        return "  ›  ".join(
            f"【{name}】" if place == at else name for place, name in enumerate(names)
        )

    def title(self, step: Step, *, stopped: bool) -> str:
        """Return the title of a step."""
        match step:
            case Step.CHOOSE:
                return self.tr("导入会员")
            case Step.COLUMNS:
                return self.tr("每一列是什么？")
            case Step.PREVIEW:
                return self.tr("看一眼再导入")
            case Step.RUNNING:
                return self.tr("正在导入")
            case _ if stopped:
                return self.tr("导入已停止")
            case _:
                return self.tr("导入完成")

    def confirm(self, step: Step, *, members: int) -> str:
        """Return what the one button does; nothing where there is none."""
        match step:
            case Step.COLUMNS:
                return self.tr("下一步：预览")
            case Step.PREVIEW if members:
                return self.tr("导入 %n 位会员", "", members)
            case Step.PREVIEW:
                return self.tr("没有可以导入的行")
            case Step.DONE:
                return self.tr("完成")
            case _:
                return ""

    def choose_text(self) -> str:
        """Return what may be chosen."""
        return self.tr(
            "选一份会员名单：CSV、TXT 或 Excel（.xlsx）。编码和分隔符自动识别。导入前先预览，"
            "导入后 7 天内可以整批撤回。",
        )

    def columns_text(self, name: str, rows: int) -> str:
        """Return what was read, and what is asked."""
        text = self.tr("{name}：%n 行。已按表头猜好，不对的请改。", "", rows)
        return text.format(name=name)

    def preview_text(self, good: int, left: int) -> str:
        """Return how many come in."""
        coming = self.tr("%n 行可以导入。", "", good)
        if not left:
            return coming
        return coming + self.tr("%n 行会跳过，原因写在后面。", "", left)

    def running_text(self, done: int, of_all: int) -> str:
        """Return how far it is."""
        text = self.tr("{done} / {all}。收银照常；停下时已导入的保留。")
        return text.format(done=points_text(done), all=points_text(of_all))

    def done_text(self, added: int, points: int, skipped: int) -> str:
        """Return what came in."""
        parts = [self.tr("新增 %n 位会员。", "", added)]
        if points:
            text = self.tr("带入积分 {points} 分。")
            parts.append(text.format(points=points_text(points)))
        if skipped:
            parts.append(self.tr("跳过 %n 行。", "", skipped))
        return "".join(parts)

    def reverted(self, members: int) -> str:
        """Return that an import was taken back."""
        return self.tr("已整批撤回 %n 位会员", "", members)

    def not_revertible(self, refusal: BatchNotRevertible) -> str:
        """Return why an import stays."""
        match refusal.reason:
            case "too_late":
                return self.tr("超过 7 天，不能再整批撤回")
            case "reverted":
                return self.tr("这一批已经撤回过")
            case _:
                return self.tr(
                    "其中 %n 位会员已有消费或积分变动，不能整批撤回",
                    "",
                    refusal.members,
                )

    def former(self, line: ImportLine, *, calendar: BusinessCalendar) -> str:
        """Return an import of before in a line."""
        at = f"{calendar.local(line.started_at):%m-%d %H:%M}"
        name = line.source[:-SOURCE_MARK] if len(line.source) > SOURCE_MARK else line.source
        text = self.tr("{at}  {name}：新增 {added}，跳过 {skipped}")
        said = text.format(
            at=at, name=name, added=points_text(line.added), skipped=points_text(line.skipped)
        )
        return said if line.reverted_at is None else said + self.tr("·已撤回")

    def preview_rows(self, sheet: MemberSheet) -> tuple[Row, ...]:
        """Return what is to be looked at: the rows that stay out first, then those that come in."""
        faults = [
            Row(
                (str(fault.row), "", "", "", row_fault_text(fault.code)), (fault.row, "", "", 0, "")
            )
            for fault in sheet.faults
        ]
        good = [self._good(member) for member in sheet.members[:ROWS_SHOWN_MAX]]
        return tuple((faults + good)[:ROWS_SHOWN_MAX])

    def _good(self, member: SheetMember) -> Row:
        cells = (
            str(member.row),
            mask_phone(member.phone),
            mask_name(member.name),
            points_text(member.points),
            self.tr("可以导入"),
        )
        return Row(cells, (member.row, *cells[1:3], member.points, ""))


def sample(field: str, cell: str) -> str:
    """Return a cell as an example of its column: of names and numbers as much as a screen shows."""
    if field == "name":
        return mask_name(cell)
    return _LONG.sub(lambda number: f"{number[0][:3]}****{number[0][-4:]}", cell)
