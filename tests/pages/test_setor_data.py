"""Setor data: an agency sees what it owes, what was understood of its file, and gets a receipt for what it sends."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from journal.audit import AuditQuery, find_entries
from journal.migrating import open_journal
from journal.model import Kind
from journal.store import journal_url
from pages.shared.access import NAME_KEY
from pipelines.contracts.contract import load_contracts
from pipelines.deliveries.submissions import Handover, list_submissions
from pipelines.sample import write_demo_workbooks
from tests.pages.conftest import NOW
from tests.pages.reading import words_of
from warehouse.scope import Role, Scope
from warehouse.settings import Settings, load_settings

PAGE = Path(__file__).parents[2] / "pages" / "setor_data.py"
INCIDENTS = {"opd": "BPBD", "sumber": "bpbd_kejadian_112"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The broken workbook and the mended one."""
    folder = tmp_path_factory.mktemp("demo")
    return write_demo_workbooks(load_settings(data_dir=folder), NOW.date(), folder)


def opened(name: str = "Petugas uji", **address: str) -> AppTest:
    shown = AppTest.from_file(str(PAGE), default_timeout=120)
    shown.session_state[NAME_KEY] = name
    for key, value in address.items():
        shown.query_params[key] = value
    return shown.run()


def delivered(settings: Settings) -> list[tuple[str, Handover]]:
    found = list_submissions(settings, load_contracts(), NOW)
    return [(item.file_name, item.handover) for item in found if item.origin == "inbox"]


def handed_over(settings: Settings) -> list[str]:
    journal = open_journal(journal_url("", settings.state_dir))
    found = find_entries(journal, Scope(Role.ADMIN, "admin", True), AuditQuery(kinds=(Kind.DELIVERED,)))
    journal.close()
    return [f"{entry.actor} {entry.subject_kind}" for entry in found.entries]


def give(shown: AppTest, path: Path) -> AppTest:
    content = path.read_bytes()
    shown.file_uploader[0].set_value((path.name, content, "application/octet-stream"))
    return shown.run()


def click(shown: AppTest, label: str) -> AppTest:
    (button,) = [button for button in shown.button if button.label.startswith(label)]
    return button.click().run()


def test_the_calendar_names_every_source_and_its_due_date(office: Settings) -> None:
    told = words_of(opened(opd="DLH"))
    for words in ("Kalender setor", "Indeks standar pencemar udara", "Timbulan sampah tahunan", "belum disepakati"):
        assert words in told
    assert "Panggilan 112" not in told


def test_the_due_day_is_the_same_beside_the_upload_as_in_the_calendar(office: Settings) -> None:
    told = words_of(opened(opd="DLH", sumber="opd_lra"))
    assert "bulanan · tenggat 10 Desember 2026" in told
    assert "11 Desember 2026" not in told


@pytest.mark.parametrize(("source", "has_none"), [("opd_lra", True), ("dlh_ispu", False)])
def test_a_source_without_a_template_says_why(office: Settings, source: str, has_none: bool) -> None:
    shown = opened(opd="DLH", sumber=source)
    assert ("Tanpa template: kirim keluaran sistemnya apa adanya" in words_of(shown)) is has_none
    assert any("Unduh template" in button.label for button in shown.get("download_button")) is not has_none


def test_a_broken_file_is_understood_before_it_is_sent(office: Settings, demo: tuple[Path, Path]) -> None:
    told = words_of(give(opened(**INCIDENTS), demo[0]))
    assert "6 baris dapat dimuat, 4 baris akan dikarantina" in told
    assert 'E15: "Mojosarii" di kolom "Kecamatan" tidak ada di daftar kode. Apakah "Mojosari" yang dimaksud?' in told
    assert delivered(office) == []


def test_what_is_sent_lies_in_the_archive_and_in_the_trail(office: Settings, demo: tuple[Path, Path]) -> None:
    shown = click(give(opened(**INCIDENTS), demo[1]), "Kirim sebagai BPBD")
    assert "● Diterima, nomor 20261121-" in words_of(shown)
    assert "setelah DATA CONTOH sumber ini dihapus" in words_of(shown)
    assert [(name, facts.opd_code, facts.by, facts.channel) for name, facts in delivered(office)] == [
        (demo[1].name, "BPBD", "Petugas uji", "WhatsApp")
    ]
    assert handed_over(office) == ["Petugas uji bpbd_kejadian_112"]
    assert not [button for button in shown.button if button.label.startswith("Kirim")]  # the file left the uploader
    again = words_of(click(give(shown, demo[1]), "Kirim sebagai BPBD"))
    assert "Sudah diterima sebelumnya" in again
    assert len(delivered(office)) == 1


@pytest.mark.slow
def test_a_file_that_is_no_table_cannot_be_sent(office: Settings, tmp_path: Path) -> None:
    (tmp_path / "surat.xlsx").write_bytes(b"%PDF-1.7 surat")
    shown = give(opened(**INCIDENTS), tmp_path / "surat.xlsx")
    assert "Berkas ini tidak dapat dimuat" in words_of(shown)
    assert not [button for button in shown.button if button.label.startswith("Kirim")]


def test_nothing_happened_is_one_click(office: Settings) -> None:
    shown = click(opened(**INCIDENTS), "Nihil Okt 2026")
    assert "● Diterima, nomor" in words_of(shown)
    ((name, facts),) = delivered(office)
    assert name == "nihil_bpbd_kejadian_112_BPBD_2026-10-01_2026-11-01.txt"
    assert (facts.nil_from.month, facts.nil_until.month) == (10, 11)


def test_a_source_with_a_report_offers_no_empty_one(office: Settings) -> None:
    shown = opened(opd="BPBD", sumber="opd_lra")
    assert not [button for button in shown.button if button.label.startswith("Nihil")]


@pytest.mark.slow
def test_without_a_name_nothing_is_sent(office: Settings, demo: tuple[Path, Path]) -> None:
    shown = give(opened(name="", **INCIDENTS), demo[1])
    assert "Isi dahulu Nama Anda" in words_of(shown)
    assert all(button.disabled for button in shown.button if button.label.startswith(("Kirim", "Nihil")))


@pytest.mark.slow
def test_the_sample_of_a_source_is_ended_by_who_may(office: Settings) -> None:
    shown = click(opened(**INCIDENTS), "Hapus DATA CONTOH Kejadian 112")
    assert "Contoh dihapus" in words_of(shown)
    assert not list((office.state_dir / "contoh").glob("bpbd_kejadian_112/*"))
