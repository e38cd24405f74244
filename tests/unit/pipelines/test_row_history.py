"""What was shown on a day, who said it and on which way: read again from the originals, persons left out."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipelines.__main__ import main
from pipelines.deliveries.receiving import Counter, Upload
from pipelines.deliveries.submissions import archive_inbox
from tests.unit.pipelines.test_repeats import _INSTALLED as WASTE
from tests.unit.pipelines.test_repeats import HEADER
from tests.unit.pipelines.test_restricted_store import row, workbook
from warehouse.scope import Role, Scope
from warehouse.settings import load_settings

A, B, C = (f"sipsn_2024_Data_Timbulan_Sampah_{letter}.csv" for letter in "abc")
KEY = ("Tahun=2024", "Provinsi=Jawa Timur", "Kabupaten/Kota=Kab. Uji")
INCIDENTS = "bpbd_kejadian_112"


@pytest.fixture
def history(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PENDOPO_CONTOH", "false")

    def history(*words, now="2026-11-21T16:08"):
        code = main(["--now", now, "history", *words])
        printed = capsys.readouterr()
        return code, printed.out.splitlines(), printed.err

    return history


def drop(source_id, name, text, at):
    settings = load_settings()
    path = settings.state_dir / "inbox" / source_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    archive_inbox(settings.state_dir, [source_id], at)


def waste(ton, separator=","):
    cells = ["2024", "Jawa Timur", "Kab. Uji", ton, ""]
    return "".join(separator.join(line) + "\n" for line in (HEADER, cells))


@pytest.fixture
def delivered(history):
    """A figure, the same again, a broken one, and a correction that a person handed over."""
    drop(WASTE.source_id, A, waste("450.25"), datetime(2026, 10, 2, 8, 11))
    drop(WASTE.source_id, B, waste("450.25", ";"), datetime(2026, 10, 5, 9))
    drop(WASTE.source_id, C, waste("tujuh"), datetime(2026, 10, 10, 9))
    counter = Counter(load_settings(), Scope(Role.STEWARD, "dewi", is_verified=True), datetime(2026, 11, 1, 10))
    counter.receive_file(WASTE, Upload("DLH", "whatsapp", A, waste("460.25").encode()))
    return history


def states(lines):
    return [line.split(". ", 1)[1].split(":")[0] for line in lines if line[0].isdigit()]


def test_each_version_says_who_when_why_and_what_became_of_it(delivered):
    code, lines, _err = delivered(WASTE.source_id, *KEY)
    text = "\n".join(lines)
    assert (code, states(lines)) == (0, ["digantikan", "sudah diterima", "ditolak", "berlaku"])
    assert lines[1] == f"Yang berlaku saat itu: {A} baris 2, diterima 2026-11-01 10.00."
    assert "DLH, oleh dewi lewat whatsapp; kiriman dlh_timbulan_sampah:" in text
    assert "DLH, lewat inbox; kiriman dlh_timbulan_sampah:" in text
    assert [line.split(": ")[1] for line in lines if "Harian(ton): " in line] == ["450.25", "450.25", "tujuh", "460.25"]
    assert f"Pesan: Sudah diterima: isinya sama dengan kiriman {A}, diterima 2 Oktober 2026 pukul 08.11." in text
    assert 'Pesan: "tujuh" di kolom "Timbulan Sampah Harian(ton)" bukan angka' in text


def test_a_day_in_the_past_is_told_as_it_was(delivered):
    _code, lines, _err = delivered(WASTE.source_id, *KEY, "--on", "2026-10-20")
    assert lines[1] == f"Yang berlaku saat itu: {A} baris 2, diterima 2026-10-02 08.11."
    assert states(lines) == ["berlaku", "sudah diterima", "ditolak"]
    lines = delivered(WASTE.source_id, *KEY, "--on", "2026-10-01")[1]
    assert lines[1:] == ["Tidak ada yang berlaku saat itu."]


def test_an_older_file_sent_again_counted_on_both_days(history):
    for at, ton in (((10, 2), "450.25"), ((10, 5), "455.5"), ((10, 9), "450.25")):
        drop(WASTE.source_id, A, waste(ton), datetime(2026, *at, 9))
    for day, said in (("2026-10-06", "455.5"), ("2026-10-10", "450.25")):
        lines = history(WASTE.source_id, *KEY, "--on", day)[1]
        first = next(number for number, line in enumerate(lines) if ". berlaku: " in line)
        assert f"   Timbulan Sampah Harian(ton): {said}" in lines[first : first + 7]
    assert "berkas yang sama pernah diterima 2026-10-02 09.00" in "\n".join(lines)


def test_persons_are_never_told(history, tmp_path):
    settings = load_settings()
    folder = settings.state_dir / "inbox" / INCIDENTS
    folder.mkdir(parents=True)
    rows = [row(1, "Kenari Satu"), [*row(2, "Kenari Dua")[:3], "Kenari Nama", *row(2, "Kenari Dua")[4:]]]
    workbook(folder, "kejadian_112_BPBD_a.xlsx", rows)
    archive_inbox(settings.state_dir, [INCIDENTS], datetime(2026, 11, 21, 8))
    for number, status in ((1, "berlaku"), (2, "dikarantina")):
        code, lines, _err = history(INCIDENTS, f"nomor tiket=MJK-{number}")
        text = "\n".join(lines)
        assert (code, f"1. {status}: " in text, "Nomor Tiket: MJK-" in text) == (0, True, True)
        assert not [word for word in ("Kenari", "0812", "Rahasia", "Nama Pelapor") if word in text], text
    assert [path.name for path in settings.state_dir.parent.iterdir()] == [settings.profile]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dlh_timbulan", "a=b"), "dlh_timbulan tidak ada; maksudnya 'dlh_timbulan_sampah'?"),
        ((WASTE.source_id, "Tahun"), 'Tahun bukan kunci dlh_timbulan_sampah. Tulis seperti "Tahun=..." "Provinsi=...'),
        ((WASTE.source_id, "Tahu=2024"), "maksudnya 'Tahun'?"),
        ((WASTE.source_id, "Tahun=2024"), "belum lengkap"),
        ((WASTE.source_id, *KEY, "--on", "2026-11-22"), "2026-11-22 belum tiba"),
        ((WASTE.source_id, *KEY), "Belum ada kiriman"),
    ],
)
def test_what_cannot_be_looked_up_is_said(history, words, said):
    code, _lines, err = history(*words)
    assert (code, said in err) == (2, True), err
