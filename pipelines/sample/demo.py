"""Two workbooks for showing what happens to a faulty delivery: one broken, one mended. Still DATA CONTOH."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pipelines.sample.incident_files import Workbook, write_rows
from pipelines.sample.region import SampleRegion, read_region
from pipelines.sample.schedule import DAY, WORKBOOK_AT
from pipelines.sample.spelling import STATUS_TEXT, fake_phone, long_instant, mistyped_month, mistyped_name
from warehouse.settings import Settings

FIRST_NUMBER = 9001  # far from the running numbers of the sample
KECAMATAN, REPORTED, CLOSED, STATUS = 4, 2, 11, 12  # columns of the workbook, from 0


@dataclass(frozen=True)
class _Case:
    incident: str
    reported_before: timedelta  # before the instant the workbook is complete to
    arrived_after: int | None  # minutes
    closed_after: int | None  # minutes; None is still open
    status: str = "selesai"
    fault: str = ""


CASES = (
    _Case("Banjir", timedelta(hours=45), 14, None, "menunggu_alat"),  # open for more than a day: the wall must show it
    _Case("Kebakaran", timedelta(hours=20), 12, 95),
    _Case("Evakuasi hewan", timedelta(hours=16), 11, 50),
    _Case("Kecelakaan Lalu Lintas", timedelta(hours=13), 9, 40),
    _Case("Pohon tumbang", timedelta(hours=9), 13, 130),
    _Case("Permintaan Ambulan", timedelta(hours=4), 10, 55),
    _Case("Kebakaran", timedelta(hours=22), 13, 80, fault="kecamatan"),
    _Case("Banjir", timedelta(hours=19), 15, 300, fault="bulan"),
    _Case("Pohon tumbang", timedelta(hours=11), 12, 140, fault="selesai_mundur"),
    _Case("Kecelakaan Lalu Lintas", timedelta(hours=7), 8, 45, fault="status_kosong"),
)


def write_demo_workbooks(settings: Settings, as_of: date, folder: Path) -> tuple[Path, Path]:
    """Write the broken and the mended workbook; returns their paths in that order.

    Both carry the same name, in two folders: sending the mended one replaces the broken one.
    """
    region = read_region(settings)
    sender = region.opd_of_role["BPBD"]
    about = Workbook(sender, "Berkas peragaan", datetime.combine(as_of, WORKBOOK_AT))
    broken, mended = (folder / part / f"kejadian_112_{sender}_demo.xlsx" for part in ("rusak", "benar"))
    for path in (broken, mended):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_rows(broken, region, about, _rows(region, about, faulty=True))
    write_rows(mended, region, about, _rows(region, about, faulty=False))
    return broken, mended


def latest_demo_day(now: datetime) -> date:
    """The last day whose workbook can already have been sent: one complete to an hour to come would be refused."""
    return (now - timedelta(hours=WORKBOOK_AT.hour, minutes=WORKBOOK_AT.minute)).date()


def _rows(region: SampleRegion, about: Workbook, faulty: bool) -> Sequence[Sequence[Any]]:
    rows = []
    for index, case in enumerate(CASES):
        cells = _cells(region, about, case, FIRST_NUMBER + index)
        if faulty and case.fault:
            _spoil(cells, case.fault)
        rows.append(cells)
    return rows


def _cells(region: SampleRegion, about: Workbook, case: _Case, number: int) -> list[Any]:
    reported = about.until - case.reported_before
    kecamatan = region.kecamatan[number % len(region.kecamatan)]
    place = kecamatan.centre
    return [
        None,
        f"{region.ticket_prefix}-{reported:%Y%m%d}-{number:04d}",
        long_instant(reported),
        case.incident,
        kecamatan.spellings[0],
        f"LatLng({place[0]:.5f}, {place[1]:.5f})" if place else None,
        f"Alamat contoh {number}",
        f"Pelapor contoh {number}",
        fake_phone(number),
        long_instant(reported + timedelta(minutes=2)),
        _after(reported, case.arrived_after),
        _after(reported, case.closed_after),
        STATUS_TEXT[case.status],
        about.opd_code,
        "DATA CONTOH",
    ]


def _spoil(cells: list[Any], fault: str) -> None:
    if fault == "kecamatan":
        cells[KECAMATAN] = mistyped_name(cells[KECAMATAN])
    elif fault == "bulan":
        cells[REPORTED] = mistyped_month(cells[REPORTED])
    elif fault == "selesai_mundur":
        day = datetime.strptime(str(cells[1]).split("-")[1], "%Y%m%d").date() - DAY
        cells[CLOSED] = long_instant(datetime.combine(day, time(8, 0)))
    else:
        cells[STATUS] = None


def _after(moment: datetime, minutes: int | None) -> str | None:
    return long_instant(moment + timedelta(minutes=minutes)) if minutes is not None else None
