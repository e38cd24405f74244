"""What goes past the slow judgement is what it would have said: the same rows, sums, findings and notes."""

from __future__ import annotations

import random
from datetime import datetime
from decimal import Decimal

import pytest

from pipelines.contracts.contract import load_detached
from pipelines.judging import plain_rows
from pipelines.judging.background import Background
from pipelines.judging.validation import Checker, Setting
from warehouse.settings import load_settings

NEVER = 1 << 60
HEADER = "waktu,pos,kecamatan,jenis,nilai,jumlah,tanggal"
CONTRACT = """
title: Pembacaan
senders: {{nasional: [DPUPR]}}
file: {{delimiter: "{delimiter}", decimal: "{decimal}"}}
grain: [measured_at, station]
period: {{field: measured_at}}
fields:
  - {{name: measured_at, from: waktu, type: datetime, required: true}}
  - {{name: station, from: pos, type: code, required: true}}
  - {{name: kecamatan, from: kecamatan, type: text, ref: ref_kecamatan}}
  - {{name: kind, from: jenis, type: text, one_of: [tma, debit]}}
  - {{name: value, from: nilai, type: number, required: true, min: -5, max: 1000}}
  - {{name: number, from: jumlah, type: integer}}
  - {{name: day, from: tanggal, type: date, format: "%d/%m/%Y"}}
"""
RECEIVED = datetime(2026, 11, 21, 16, 8)
PLAIN = ["2026-11-01 01:00:00", "PA-01", "Sooko", "tma", "1.25", "12", "03/11/2026"]
ODD = [  # by column: whatever stands in delivered files
    ["2026-11-01T02:00", "2026-11-01", "01/11/2026 03.00", "13/11/2026", "11/13/2026", "2027-01-01 00:00", "46000",
     "x", ""],
    ["PA-02", "pa 03", "", "Budi Santoso", "081234567890", "JUMLAH", "  PA-04 ", "-", "3516010101010001"],
    ["sooko", "Kec. Sooko", "Soko", "Trowulan", "", "tidak tahu", "Kab. Mojokerto"],
    ["debit", "TMA", "lain", "", "n/a"],
    ["0", "1", "-2.5", "1,25", "1.250", "1,250", "1.234,5", "1,234.5", "9999", "-6", "nihil",
     "1e2", "Rp 5", "", "#REF!", "0.5000", "7.", "007"],
    ["0", "1.000", "1,000", "-7", "007", "12 orang", "", "99999999999", "1.5"],
    ["31/12/2026", "31/02/2026", "12/31/2026", "2026-11-03", "3 November 2026", "", "46000"],
]  # fmt: skip


def checked(folder, lines, large, decimal, monkeypatch):
    monkeypatch.setattr(plain_rows, "LARGE", large)
    delimiter = "," if decimal == "." else ";"
    (folder / "contract.yml").write_text(CONTRACT.format(delimiter=delimiter, decimal=decimal), "utf-8")
    path = folder / "a.csv"
    path.write_text(
        "\n".join([HEADER.replace(",", delimiter), *(delimiter.join(line) for line in lines)]) + "\n", "utf-8"
    )
    contract, _warnings = load_detached(folder)
    region = load_settings(data_dir=folder).region
    checker = Checker(contract, Setting(region, RECEIVED, Background(region.region_code), True, shown_rows=500))
    found = checker.check(path)
    taken = checker.connection.exec_driver_sql("SELECT count(*) FROM plain").scalar_one() if checker.connection else 0
    checker.close()
    return found, taken


def delivered(chance, decimal):
    """Lines mostly plain, with what offices write here and there."""
    odd = [[text for text in told if decimal == "." or ";" not in text] for told in ODD]
    share = chance.choice((0.02, 0.1, 0.3))

    def cell(place, minute):
        if place == 0 and chance.random() > 0.1:
            return f"2026-11-01 01:{minute:02d}:00"
        if chance.random() > share:
            return PLAIN[place].replace(".", decimal) if place == 4 else PLAIN[place]
        text = chance.choice(odd[place])
        return f'"{text}"' if "," in text and decimal == "." else text

    return [[cell(place, chance.randrange(60)) for place in range(7)] for _ in range(chance.randrange(1, 14))]


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize(  # the last: a word is covered in the row that stands for it
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 8)), 1013]
)
def test_both_ways_say_the_same(tmp_path, monkeypatch, decimal, seed):
    lines = delivered(random.Random(seed), decimal)
    quick, _taken = checked(tmp_path, lines, 0, decimal, monkeypatch)
    slow, taken = checked(tmp_path, lines, NEVER, decimal, monkeypatch)
    assert taken == 0
    assert vars(quick) == vars(slow)


def test_nearly_all_of_a_plain_file_goes_past(tmp_path, monkeypatch):
    lines = [
        (f"2026-11-01 {n // 60:02d}:{n % 60:02d}:00", "PA-01", "Sooko", "tma", f"{n / 100}", "", "") for n in range(400)
    ]
    lines[7] = (*lines[7][:4], "5000", "", "")
    lines[9] = (lines[9][0], "PA-02", "Soko", *lines[9][3:])
    found, taken = checked(tmp_path, lines, 0, ".", monkeypatch)
    assert taken >= 395
    assert (found.rows_accepted, found.rows_quarantined) == (398, 2)
    assert {(message.row, message.code) for message in found.messages} == {(9, "rentang"), (11, "kode")}
    assert found.sums["value"] == Decimal(sum(n for n in range(400) if n not in (7, 9))) / 100


def test_a_limit_below_a_millionth_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.CONTRACT", CONTRACT.replace("min: -5", "min: 0.0000001"))
    lines = [
        (f"2026-11-01 01:{n:02d}:00", "PA-01", "Sooko", "tma", f"{(n - 5) ** 2 / 100:.2f}", "", "") for n in range(9)
    ]
    for large in (0, NEVER):
        found, _taken = checked(tmp_path, lines, large, ".", monkeypatch)
        assert (found.rows_accepted, [message.row for message in found.messages]) == (8, [7])


def test_a_file_without_a_plain_row_is_judged_the_slow_way(tmp_path, monkeypatch):
    lines = [(f"2026-11-01 01:{minute:02d}:00", "PA-01", "Sooko", "tma", "n/a", "", "") for minute in range(9)]
    quick, taken = checked(tmp_path, lines, 0, ".", monkeypatch)
    slow, _taken = checked(tmp_path, lines, NEVER, ".", monkeypatch)
    assert taken == 0
    assert vars(quick) == vars(slow)


@pytest.mark.parametrize("again", ["PA-01", "PA-300"])
def test_twins_are_found_in_a_file_that_goes_on_in_time(tmp_path, monkeypatch, again):
    """300 posts a minute; one is said again among what is written plainly, or in a line that is not."""
    rising, judged = [], plain_rows._is_rising
    monkeypatch.setattr(plain_rows, "_is_rising", lambda *told: rising.append(judged(*told)) or rising[-1])
    lines = [
        (f"2026-11-01 01:{minute:02d}:00", f"PA-{post:02d}", "Sooko", "tma", "1.25", "12", "")
        for minute in range(2)
        for post in sorted(range(1, 301), key=lambda post: f"PA-{post:02d}")
    ]
    for odd in ("1.25", "1.5000"):  # the second with a sign too many is judged the slow way
        said = [*lines, (lines[-1][0], again, "Sooko", "tma", odd, "12", "")]
        quick, taken = checked(tmp_path, said, 0, ".", monkeypatch)
        slow, _taken = checked(tmp_path, said, NEVER, ".", monkeypatch)
        assert vars(quick) == vars(slow)
        assert (quick.rows_accepted, taken > 290) == (600, True)
    assert set(rising) >= {True}


def test_a_large_file_is_taken_so_by_itself(tmp_path, monkeypatch):
    rows = plain_rows.LARGE // 40
    start = datetime(2020, 1, 1).timestamp()
    lines = (
        (datetime.fromtimestamp(start + 60 * n).isoformat(" "), "PA-01", "Sooko", "tma", "1.25", "12", "03/11/2026")
        for n in range(rows)
    )
    found, taken = checked(tmp_path, lines, plain_rows.LARGE, ".", monkeypatch)
    assert found.rows_accepted == rows
    assert taken > rows - 5
