"""Page Ringkasan: the clock of a source says on time or late only where a due date was agreed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from reports.content import Table
from reports.pages import ringkasan
from tests.unit.reports.examples import CLOCK, LATE, VIEW, desk
from warehouse.alarms.lines import Severity
from warehouse.figures import ActionItem, ClockReading, ClockState
from warehouse.filters import Filters

UNKNOWN = replace(CLOCK, state=ClockState.UNKNOWN, due_at=None)
NEVER = replace(CLOCK, opd_code="DKP", state=ClockState.NEVER, data_until=None, due_at=None)


@pytest.mark.parametrize(
    ("clocks", "words"),
    [
        ((CLOCK, LATE), "1 dari 2"),
        ((CLOCK, NEVER), "1 dari 2"),
        ((UNKNOWN, NEVER), "○ tenggat belum disepakati · 1 dari 2 OPD pernah mengirim"),
        ((UNKNOWN,), "○ tenggat tidak diketahui"),
        ((NEVER, replace(NEVER, opd_code="DLH")), "— tidak ada"),
    ],
)
def test_senders_on_time(clocks: tuple[ClockReading, ...], words: str) -> None:
    page = replace(desk(replace(VIEW, clocks=clocks)), ask=lambda *_asked: pd.DataFrame())
    (table,) = (block for block in ringkasan.build(page, Filters()).sections[-1].blocks if isinstance(block, Table))
    assert [row[1] for row in table.rows] == [words]


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ((), "Tidak ada yang perlu tindakan pada data yang sudah masuk"),
        (("kritis", "perlu tindakan"), "2 hal perlu tindakan"),
        (("perlu tindakan", "data", "data"), "3 hal perlu tindakan, 2 di antaranya data yang belum masuk"),
        (("data",), "1 hal perlu tindakan, semuanya data yang belum masuk"),
    ],
)
def test_the_message_counts_what_the_wall_counts(severities: tuple[Severity, ...], words: str) -> None:
    actions = tuple(ActionItem(one, "Hal", "DLH", "", "", False) for one in severities)
    page = replace(desk(replace(VIEW, actions=actions, opd_count=0)), ask=lambda *_asked: pd.DataFrame())
    assert ringkasan.build(page, Filters()).message == words
