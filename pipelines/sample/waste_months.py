"""Monthly waste weighed by kecamatan: towns are served better than far villages, rainy months weigh more.

Tonnages only, from no published figure; persons living in a region are the published number, shared out by the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pipelines.sample.deliveries import SampleFile, decimal_text, stream, write_lines
from pipelines.sample.region import FAR_FACTOR, WASTE_AREAS, SampleRegion, kecamatan_persons
from pipelines.sample.schedule import call_months
from pipelines.sample.spelling import MONTH_NAMES
from warehouse.indicators.periods import month_end

COLUMNS = "No;Bulan;Kecamatan;Diangkut ke TPA (ton);Diolah TPS 3R (ton);Bank Sampah (ton);Penduduk;Keterangan"
HAULED, FAR_HAULED = 0.24, 0.10  # kg a person and day
PROCESSED, COLLECTED = 0.035, 0.006
SEASON = (1.06, 1.05, 1.04, 1.0, 0.98, 0.96, 0.95, 0.95, 0.96, 0.98, 1.02, 1.06)  # by month, January first
WITHOUT_TPS3R = 0.35  # share of kecamatan without one: their weight is 0
SENT = timedelta(days=6)  # after the end of the month
AT = time(9, 40)


def waste_files(region: SampleRegion, first: date, as_of: date, seed: int) -> Iterator[SampleFile]:
    """One file for each whole month whose report had come by the end of a day."""
    if not region.senders[WASTE_AREAS]:
        return
    for start, _end in call_months(first.replace(day=1), as_of):
        received_at = datetime.combine(month_end(start) + SENT, AT)
        if received_at.date() <= as_of:
            name = f"sampah_kecamatan_{start:%Y-%m}.csv"
            yield SampleFile(WASTE_AREAS, name, received_at, _writer(region, start, seed))


def _writer(region: SampleRegion, month: date, seed: int) -> Any:
    def write(path: Path) -> int:
        rows = _rows(region, month, seed)
        write_lines(path, [COLUMNS, *(f"{number};{row}" for number, row in enumerate(rows, 1))])
        return len(rows)

    return write


def _rows(region: SampleRegion, month: date, seed: int) -> list[str]:
    own = stream(region, seed, "sampah")  # of a kecamatan, the same in every month
    served, has_site = own.uniform(0.8, 1.2, len(region.kecamatan)), own.random(len(region.kecamatan)) > WITHOUT_TPS3R
    draw = stream(region, seed, "sampah", month.isoformat())
    noise = draw.normal(1, 0.05, (3, len(region.kecamatan))).clip(0.8, 1.2) * SEASON[month.month - 1]
    rows, days = [], month_end(month).day
    for place, (kecamatan, persons) in enumerate(zip(region.kecamatan, kecamatan_persons(region), strict=True)):
        rate = FAR_HAULED if kecamatan.response_factor >= FAR_FACTOR else HAULED
        kinds = (rate * served[place], PROCESSED * has_site[place], COLLECTED * served[place])
        tons = (persons * days * kind * noise[number][place] / 1000 for number, kind in enumerate(kinds))
        name = f"{MONTH_NAMES[month.month - 1]} {month.year}"
        rows.append(";".join((name, kecamatan.spellings[0], *map(decimal_text, tons), str(persons), "")))
    return rows
