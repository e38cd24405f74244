"""Deliveries over time, agencies side by side, waits and what runs by itself: with data, without, stale and in part."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from reports.content import Chart, Table, Words
from reports.delivery_history import HISTORY_TITLE
from reports.delivery_league import LEAGUE_TITLE, rank
from reports.desk import Desk
from reports.opening import asking
from reports.pages import disiplin_data
from reports.running import Running, running_section
from reports.turnaround import TITLE as WAITS_TITLE
from tests.unit.reports.examples import desk as paper_desk
from tests.unit.warehouse.small_warehouse import CALLS, INCIDENTS, at, deliver, fresh_warehouse
from warehouse.alarms.signals import READERS, Sight
from warehouse.catalogue import calculate_all
from warehouse.feed_health import FeedHealth
from warehouse.filters import Filters
from warehouse.operations_status import OperationsStatus
from warehouse.punctuality import Due, Standing
from warehouse.reminder_record import Addressed, ReminderRecord
from warehouse.rules import load_rules
from warehouse.schema import meta_confirmation, meta_excuse
from warehouse.scope import machine_scope
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

SETTINGS = load_settings(profile="kabupaten_mojokerto")
RULES = load_rules({})
READER = machine_scope("")
NOW = at("2026-11-21 16:08")
DAY = timedelta(days=1)


@contextmanager
def desk_on(connection):
    calculate_all(connection, SETTINGS.region.region_code, RULES)
    view = read_wall_view(connection, SETTINGS, RULES, NOW)
    yield Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)


def section(desk, title, filters=Filters()):  # noqa: B008 - frozen
    content = disiplin_data.build(desk, filters)
    assert [one.title for one in content.sections if one.is_failed] == []
    return next(one for one in content.sections if one.title == title)


def words(part):
    return " ".join(block.text for block in part.blocks if isinstance(block, Words))


def tables(part):
    return [block for block in part.blocks if isinstance(block, Table)]


def test_without_deliveries_each_part_says_what_is_missing():
    with fresh_warehouse() as connection, desk_on(connection) as desk:
        assert "dihitung sejak kiriman pertama" in words(section(desk, HISTORY_TITLE))
        assert "paling sedikit 3 kiriman" in words(section(desk, LEAGUE_TITLE))
        assert words(section(desk, WAITS_TITLE)) == "Belum ada kiriman yang dimuat, ditahan atau ditolak."


def fill(connection):
    """SATPOLPP daily and in time until the 18th, nothing since; DINKES in time; the others never."""
    for day in range(10, 22):
        until = at(f"2026-11-{day} 00:00")
        deliver(connection, INCIDENTS, [], opd="DINKES", until=until)
        if day <= 18:
            deliver(connection, INCIDENTS, [], opd="SATPOLPP", until=until)


def test_a_month_tells_its_worst_state_and_how_much_of_it_was_in_time():
    with fresh_warehouse() as connection:
        fill(connection)
        with desk_on(connection) as desk:
            part = section(desk, HISTORY_TITLE)
            (chart,) = (block for block in part.blocks if isinstance(block, Chart))
            cells = {cell.row: (cell.kind, cell.words) for cell in chart.arguments[0]}
            assert cells == {"DINKES": ("tepat waktu", "12/12"), "SATPOLPP": ("belum masuk", "9/11")}
            grid, still_open = tables(part)
            assert grid.rows == (("DINKES", "● 12/12"), ("SATPOLPP", "× 9/11"))
            assert [row[:4] for row in still_open.rows] == [("SATPOLPP", "Kejadian 112", "× belum masuk", 2)]
            assert "Belum pernah mengirim, jadi belum dihitung: BPBD, DISKOMINFO, DLH, DPUPR." in words(part)
            own = section(desk, HISTORY_TITLE, Filters(opd=("DINKES",)))
            assert "Tidak ada kiriman yang belum masuk atau dimaklumi." in words(own)


def test_what_was_excused_is_told_and_not_counted_late():
    with fresh_warehouse() as connection:
        fill(connection)
        said = {"source_id": INCIDENTS, "opd_code": "SATPOLPP", "reason": "x", "excused_by": "uji", "excused_at": NOW}
        days = ("2026-11-19 00:00", "2026-11-20 00:00")
        connection.execute(sa.insert(meta_excuse), [said | {"period_end": at(day)} for day in days])
        with desk_on(connection) as desk:
            (clock,) = (one for one in desk.view.clocks if one.opd_code == "SATPOLPP")
            assert clock.is_excused
            assert desk.view.opd_on_time_count == 2
            late = READERS["data_terlambat"](Sight(connection, desk.view, desk.rules))
            assert not [reading for reading in late.readings if reading.owner == "SATPOLPP"]
            rows = tables(section(desk, "Jam data tiap pengirim"))[0].rows
            assert next(row[2] for row in rows if row[1] == "SATPOLPP") == "◌ terlambat 2 hari, dimaklumi"
            still_open = tables(section(desk, HISTORY_TITLE))[1]
            assert [row[:4] for row in still_open.rows] == [("SATPOLPP", "Kejadian 112", "◇ dimaklumi", 2)]


def due(opd, days_ago, standing):
    return Due("s", "S", opd, NOW - days_ago * DAY, NOW - days_ago * DAY, None, standing, False)


def test_agencies_are_ranked_by_share_then_name_with_their_trend():
    good, late = Standing.ON_TIME, Standing.LATE
    owed = [
        *(due("B", day, good) for day in (1, 2, 3)),
        *(due("A", day, good) for day in (1, 2, 3)),
        *(due("A", day, late) for day in (91, 92, 93)),
        *(due("C", day, late) for day in (1, 2)),
        *(due("D", day, standing) for day, standing in enumerate((good, Standing.GRACE, late, late), start=1)),
        *(due("D", day, standing) for day, standing in enumerate((good, good, good, late), start=95)),
        *(due("D", day, standing) for day, standing in ((5, Standing.EXCUSED), (6, Standing.HELD), (400, late))),
    ]
    lines = rank(owed, NOW)
    assert [(line.opd_code, line.good, line.every) for line in lines] == [
        ("A", 3, 3),
        ("B", 3, 3),
        ("D", 2, 4),
        ("C", 0, 2),
    ]
    assert [line.trend for line in lines] == [
        "↑ naik",
        "belum ada banding",
        "↓ turun",
        "belum ada banding",
    ]
    assert lines[2].share == Decimal(50)


def test_waits_tell_median_and_count_and_no_percentile_of_few():
    with fresh_warehouse() as connection:
        for hours in (1, 3, 8):
            held = deliver(connection, CALLS, [], received=at("2026-11-18 08:00"))
            word = {
                "submission_id": held,
                "source_id": CALLS,
                "confirmed_at": at("2026-11-18 08:00") + hours * DAY / 24,
            }
            connection.execute(sa.insert(meta_confirmation), [word])
        deliver(connection, CALLS, [], received=at("2026-11-19 16:00"), status="ditahan")
        with desk_on(connection) as desk:
            (table,) = tables(section(desk, WAITS_TITLE))
            assert table.rows[1][1:] == (3, "3 jam", "baru 3 dari 30", "8 jam", 1, "2 hari")
            assert table.rows[2][1:] == (0, "-", "baru 0 dari 30", "-", 0, "")


STATUS = OperationsStatus(1, "uji", NOW - DAY, NOW, NOW + DAY / 24, "berkala")
FEED = FeedHealth("bpbd_kejadian_112", NOW, NOW - DAY, "gagal", "menolak server ini (403)", 2)
FAILED = ReminderRecord({"DLH PENGINGAT_DLH": Addressed(failures=2, retry_at=NOW + DAY, problem="kode 403")})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": None}, "Proses operasi belum pernah berjalan di sini"),
        ({"status": STATUS}, "● Proses operasi berjalan; rilis berikutnya paling lambat 21 November 2026 17.08 WIB."),
        ({"status": replace(STATUS, looked_at=NOW - DAY)}, "tidak berjalan sejak 20 November 2026 16.08 WIB"),
        ({"status": replace(STATUS, failures=2)}, "2 pembangunan berturut-turut gagal"),
        ({"feeds": None}, "Catatan pengambilan tidak terbaca"),
        ({"feeds": ()}, "Belum ada sumber yang diambil sendiri"),
        ({"reminders": None}, "Catatan pengingat tidak terbaca"),
        ({"reminders": ReminderRecord()}, "Belum ada pengingat yang dikirim."),
        ({"reminders": ReminderRecord({"a": Addressed(sent_at=NOW)})}, "dikirim 21 November 2026 16.08 WIB"),
    ],
)
def test_what_runs_by_itself(changes, told):
    running = replace(Running(NOW, STATUS, (), ReminderRecord()), **changes)
    assert told in words(running_section(paper_desk(), running))


def test_failed_feeds_and_reminders_are_told_with_their_reason():
    with fresh_warehouse() as connection, desk_on(connection) as desk:
        reminders, feeds = tables(running_section(desk, Running(NOW, STATUS, (FEED,), FAILED)))
    assert reminders.rows == (("DLH PENGINGAT_DLH", 2, NOW + DAY, "kode 403"),)
    assert feeds.rows == (("Kejadian 112", "◌ gagal", NOW, NOW - DAY, 2, "menolak server ini (403)"),)
