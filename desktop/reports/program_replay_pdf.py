"""A replay of a program on A4: how the changes are spread as bars, then the tables.

The members stay out of it: a list of numbers belongs into the spreadsheet.
"""

from typing import Final

from db.queries.program_replay import ProgramReplay
from desktop.reports.paper import MARGIN, Foot, Ink, Paper
from desktop.reports.paper_tables import Strip, draw_chart, draw_table, draw_title
from desktop.reports.program_replay_tables import (
    replay_tables,
    replay_title,
    spread_bars,
    spread_title,
)
from desktop.wording.speech import Speech

CHART_HEIGHT: Final = 150.0
GAP: Final = 10.0


def program_replay_pdf(replay: ProgramReplay, say: Speech) -> bytes:
    """Return the comparison as a PDF; `say` knows the language and the programs' names."""
    days = f"{replay.first_day.isoformat()} – {replay.last_day.isoformat()}"
    title = f"{replay_title(say)}·{replay.now.program} → {replay.proposed.program}"
    paper = Paper(title=title)
    whole = Strip(MARGIN, paper.inner_width)
    paper.text((MARGIN, paper.y - 20), title, Ink(18, bold=True))
    paper.text((MARGIN, paper.y - 38), days, Ink(10.5, colour="muted"))
    paper.y -= 48
    paper.rule(MARGIN, paper.width - MARGIN, paper.y, colour="primary")
    paper.y -= GAP
    draw_title(paper, spread_title(replay, say), whole)
    draw_chart(paper, spread_bars(replay, say), whole, height=CHART_HEIGHT)
    for table in replay_tables(replay, say):
        if table.key != "members" and table.rows:
            paper.y -= GAP
            draw_table(paper, table, whole)
    page = say("第 {page} / {pages} 页", "Page {page} of {pages}")
    return paper.finish(Foot(f"{say('柜台会员', 'Guitai')}·{title}", page))
