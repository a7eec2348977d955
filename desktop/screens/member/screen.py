"""A member's page: head and figures, a tab for each thing known of him, a sheet for acts."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.screens.member.act_page import ActPage
from desktop.screens.member.parts import CodeCard, HeadCard, TableTab
from desktop.screens.member.state import ActKind, ActState, MemberState
from desktop.screens.member.tabs import PrivacyTab, ProfileTab, TagsCard, scrolled
from desktop.screens.member.view_model import MemberViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP
from desktop.widgets.banner import Banner
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.component import Component
from desktop.widgets.sheet import Sheet
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
SHEET_WIDTH = 640
VALUE_TAB = 4


class MemberScreen(Component):
    """Wireframe D: overview, history, points, coupons, value, profile, privacy."""

    def __init__(
        self, look: Look, view_model: MemberViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self.back, self.use, self.save, self.value = (
            _button(look, *each)
            for each in (
                ("arrow-left", "backToMembers"),
                ("shopping-cart", "useOnCounter"),
                ("download", "savePageCard"),
                ("wallet", "pageValue"),
            )
        )
        self.tabs = QTabBar()
        self.tabs.setObjectName("memberTabs")
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self._head = HeadCard(look)
        self._facts = BenefitList(look)
        self.tags = TagsCard(look)
        self.history = TableTab(look, name="history")
        self.points = TableTab(look, name="points")
        self.coupons = TableTab(look, name="coupons")
        self.value_rows = TableTab(look, name="value")
        self.profile = ProfileTab(look)
        self.privacy = PrivacyTab(look)
        self.code = CodeCard(look)
        self._notice = Banner(look)
        self._pages = QStackedWidget()
        self._rows = QVBoxLayout(self)
        self._build()
        self._sheet = Sheet(look, self, width=SHEET_WIDTH)
        self._sheet.setObjectName("actSheet")
        self.act = ActPage(look)
        self._sheet.set_content("", self.act)
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: MemberState) -> None:
        """Show a state."""
        self._head.draw(state)
        self._facts.show_rows(state.facts)
        self.tags.draw(state.tags)
        self.tags.add.setEnabled(state.tag.usable)
        self.history.draw(state.history)
        self.points.draw(state.points)
        self.coupons.draw(state.coupons)
        self.value_rows.draw(state.value)
        self.profile.draw(state.profile)
        self.privacy.draw(state.privacy)
        self.code.draw(state)
        self.use.setEnabled(state.usable)
        self.save.setVisible(state.can_save)
        self.value.setVisible(state.keeps_value)
        self.value.setEnabled(state.usable)
        self.tabs.setTabVisible(VALUE_TAB, state.keeps_value or bool(state.value.rows))
        self._notice.show_notice(state.notice)

    def draw_act(self, state: ActState | None) -> None:
        """Lay the sheet of an act over the page, or take it away."""
        if state is None:
            if self._sheet.isVisible():
                self._sheet.hide()
                self.setFocus()
            return
        self._sheet.set_title(state.title)
        fresh = not self._sheet.isVisible()
        self.act.draw(state)
        if fresh:
            self._sheet.open()
            self.act.take_keyboard()

    def retranslate(self) -> None:
        """Name buttons and tabs, and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("会员资料"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回会员列表（Esc）"))
        self.use.set_caption(self.tr("用于收银 F4"))
        self.save.set_caption(self.tr("存会员码 PDF"))
        self.value.set_caption(self.tr("储值"))
        names = (
            self.tr("概览"),
            self.tr("流水"),
            self.tr("积分"),
            self.tr("券"),
            self.tr("储值"),
            self.tr("资料"),
            self.tr("隐私"),
        )
        for place, text in enumerate(names):
            self.tabs.setTabText(place, text)
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(MARGIN), px(12), px(MARGIN), px(MARGIN))
        self._rows.setSpacing(px(12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._view_model.leave()
            return
        super().keyPressEvent(event)

    def _connect(self, view_model: MemberViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.back.clicked.connect(view_model.leave)
        self.use.clicked.connect(view_model.use)
        self.save.clicked.connect(view_model.save_card)
        self.value.clicked.connect(view_model.open_value)
        self.history.table.row_chosen.connect(view_model.open_row)
        self.history.more.clicked.connect(view_model.load_more)
        self.points.table.row_chosen.connect(view_model.open_lot)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._head.reveal.clicked.connect(partial(self._begin, ActKind.REVEAL))
        self.tags.add.clicked.connect(partial(self._begin, ActKind.TAG))
        self.tags.dropped.connect(view_model.drop_tag)
        self.profile.acts.chosen.connect(view_model.begin)
        self.privacy.acts.chosen.connect(view_model.begin)
        self.privacy.withdraw.clicked.connect(view_model.withdraw_marketing)
        self._connect_act(view_model)

    def _connect_act(self, view_model: MemberViewModel) -> None:
        act = view_model.act
        act.changed.connect(self.draw_act)
        act.pin_refused.connect(self.act.pin.reset)
        self._sheet.close_requested.connect(act.back)
        self.act.written.connect(act.write)
        self.act.genders.chosen.connect(act.choose_gender)
        self.act.reasons.chosen.connect(act.choose_reason)
        self.act.candidates.chosen.connect(act.choose_other)
        self.act.approvers.chosen.connect(act.choose_approver)
        self.act.pin.entered.connect(act.enter_pin)
        self.act.confirm.clicked.connect(act.confirm)

    def _begin(self, kind: ActKind, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's clicked
        self._view_model.begin(kind)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch(1)
        for button in (self.value, self.save, self.use):
            head.addWidget(button)
        pages = (
            self._overview(),
            self.history,
            self.points,
            self.coupons,
            self.value_rows,
            self.profile,
            self.privacy,
        )
        for page in pages:
            self.tabs.addTab("")
            self._pages.addWidget(page)
        self._rows.addLayout(head)
        self._rows.addWidget(self._notice)
        self._rows.addWidget(self._head)
        self._rows.addWidget(self.tabs)
        self._rows.addWidget(self._pages, 1)

    def _overview(self) -> QWidget:
        """Build facts, tags and the code; a low window scrolls them, for half a code is none."""
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(self.look.px(MARGIN))
        left = QVBoxLayout()
        left.setSpacing(self.look.px(GAP))
        left.addWidget(self._facts)
        left.addWidget(self.tags)
        left.addStretch(1)
        columns.addLayout(left, 1)
        columns.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        return scrolled(page)


def _button(look: Look, icon: str, name: str) -> TouchButton:
    button = TouchButton(look, kind=Kind.SMALL, icon=icon)
    button.setObjectName(name)
    return button
