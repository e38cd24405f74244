"""What each work page says over one small release of each profile: facts, missing data, late data, other releases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pages.shared import data
from tests.pages.conftest import NOW
from tests.pages.reading import WORK_PAGES, open_page, read_page, words_of
from warehouse.catalogue import INDICATORS
from warehouse.queries import sources
from warehouse.releases import Serving

KABUPATEN_FACTS = {
    "spbe": (
        "Indeks SPBE 4,16",
        "2024 · Sangat Baik",
        "2023 | 3,52 | Sangat Baik | 4,50 | 4,67",
        "2025 | tidak ada data",
        "2026 | Pemdi 2026: belum ada hasil",
        "Pemdi 2026: belum ada hasil",
        "2025: tidak ada data, hasil belum dikirim",
        "kurang 0,04 ke Memuaskan (4,20)",
        "3. Manajemen SPBE | 16,50 % | 2,82 | naik 0,73 | 2,18 | 0,36",
        "selisih ±0,01 dapat terjadi",
        "Nilai tertinggi nasional: tidak ada data",
        "PermenPANRB 59/2020; Lampiran, Tabel 3 sampai Tabel 9 | permenpanrb_59_2020@1",
        "Hanya sumber kedua",
    ),
    "smart_environment": (
        "Timbulan sampah 449,64 ton/hari",
        "Pengurangan sampah 28,13 %",
        "Penanganan sampah 22,28 %",
        "Sampah terkelola 50,41 %",
        "Tidak terkelola | 81.386,76 | 49,59 %",
        "target 2025: 30 % · belum tercapai",
        "◆ Kab. Mojokerto",
    ),
    "smart_living": (
        "DLH belum menyampaikan sejak",
        "Panggilan masuk | ",
        "Trawas | ",
        "SPM dinilai pada rata-rata",
    ),
    "ringkasan": ("◌ terlambat 10 hari",),
    "disiplin_data": (
        "OPD tepat waktu 80 %",
        "◌ terlambat 10 hari, DLH",
        "belum disepakati",
        "Fakta terbitan resmi",
    ),
}

KOTA_FACTS = {
    "spbe": (
        "Indeks SPBE 4,32",
        "2024 · Memuaskan",
        "predikat tertinggi",
    ),
    "smart_environment": (
        "Timbulan sampah tidak ada data",
        "Sampah terkelola tidak ada data",
        "Pemilik data: DLH",
        "Kota Mojokerto tidak tercantum dalam Komposisi jenis sampah (SIPSN)",
        "**◆ Kota Mojokerto** | **tidak ada data**",
    ),
    "ringkasan": ("Kota Mojokerto tidak tercantum dalam data SIPSN 2024",),
}


@pytest.mark.parametrize("page", WORK_PAGES)
def test_page_of_the_kabupaten(page: str, release: Path) -> None:
    words = read_page(page)
    everywhere = (
        "Kabupaten Mojokerto",
        "Rilis 2026-11-21.01 · terbit 21 November 2026 16.08 WIB",
        "2 dari 6 sumber masih DATA CONTOH",
    )
    assert [fact for fact in (*everywhere, *KABUPATEN_FACTS.get(page, ())) if fact not in words] == []


@pytest.mark.parametrize("page", WORK_PAGES)
def test_page_of_the_kota(page: str, kota_release: Path) -> None:
    words = read_page(page)
    assert [fact for fact in ("Kota Mojokerto", *KOTA_FACTS.get(page, ())) if fact not in words] == []


def test_another_city_is_not_lent_to_the_kota(kota_release: Path) -> None:
    """The kabupaten's tons stand in the table of peers, never in the city's own tiles."""
    shown = open_page("smart_environment")
    assert {metric.value for metric in shown.metric} == {"tidak ada data"}


@pytest.mark.parametrize("page", WORK_PAGES)
def test_page_without_the_call_source(page: str, no_calls_release: Path) -> None:
    words = read_page(page)
    assert "Kabupaten Mojokerto" in words


def test_missing_calls_are_no_data_never_zero(no_calls_release: Path) -> None:
    words = read_page("smart_living")
    for step in ("Panggilan masuk", "Dijawab", "Tiket ditugaskan", "Tiket selesai"):
        assert f"{step} | tidak ada data" in words
    assert "Panggilan 112 tidak ada data" in words
    assert "tidak ada data: Panggilan 112, satu baris tiap panggilan. Pemilik data: BPBD." in words


def test_before_the_first_delivery_no_agreement_is_denied(no_calls_release: Path) -> None:
    words = read_page("disiplin_data")
    assert "tidak ada data | tiap jam | sesudah kiriman pertama" in words
    assert "BPBD | tiap jam | 30 menit" in words


def test_late_data_loses_no_number_and_names_the_debtor(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shared.data.local_now", lambda: NOW + timedelta(days=2))
    words = read_page("smart_living")
    assert ":violet-badge[◌ terlambat 1 hari, BPBD]" in words
    assert "target 90 % · tidak dinilai, data terlambat" in words
    assert "87" in words


def test_damaged_release_is_said(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = data.current()
    monkeypatch.setattr("pages.shared.data.current", lambda: Serving(served.release, "2026-11-22.01"))
    assert "Rilis 2026-11-22.01 rusak dan tidak dibaca" in read_page("ringkasan")


@pytest.mark.parametrize("page", WORK_PAGES)
def test_no_release_is_said_with_the_remedy(
    page: str, tmp_path: Path, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.shared.data.current", _no_release)
    assert "python -m pipelines run" in read_page(page)


def _no_release() -> Serving:
    raise data.ReleaseMissingError("Belum ada rilis data. Jalankan `python -m pipelines run`.")


@pytest.mark.parametrize("page", ["ringkasan", "spbe", "smart_environment", "smart_living"])
def test_every_figure_has_its_clock_and_a_way_to_its_definition(page: str, release: Path) -> None:
    shown = open_page(page)
    words = words_of(shown)
    assert len(shown.metric) >= 2
    assert sum(words.count(f"badge[{shape}") for shape in "●◔◌○—") >= len(shown.metric)
    assert words.count("](/indikator?id=") >= len(shown.metric)


def test_a_section_that_fails_leaves_the_others(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shared.clocks.show_actions", _fail)
    shown = open_page("ringkasan")
    assert [error.value for error in shown.error] == [
        "Bagian ini belum dapat ditampilkan. Rinciannya ada di log server."
    ]
    assert "Jam data" in words_of(shown)


def _fail(_desk: object) -> None:
    raise RuntimeError("broken on purpose")


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_every_indicator_can_be_opened(indicator: object, release: Path) -> None:
    words = read_page("indikator", id=indicator.id)  # type: ignore[attr-defined]
    assert indicator.formula in words  # type: ignore[attr-defined]
    assert f"{indicator.id}, versi {indicator.version}" in words  # type: ignore[attr-defined]


def test_from_figure_to_file_and_row(release: Path) -> None:
    words = read_page("indikator", id="smart_environment.sampah_terkelola")
    assert "pembilang 82.730,41 · penyebut 164.117,17 · nilai 50,41 % · dihitung" in words
    assert "sipsn_2024_Data_Capaian_Pengelolaan_Sampah_jawa_timur.csv | " in words
    assert "Kab. Mojokerto" in words
    own = [line for line in words.splitlines() if line.startswith("sipsn_2024") and "Kab. Mojokerto" in line]
    assert own and own[0].split(" | ")[1].isdigit()


def test_indicator_without_data_says_why(kota_release: Path) -> None:
    words = read_page("indikator", id="smart_environment.sampah_terkelola")
    assert "tidak ada data: Kota Mojokerto tidak tercantum dalam data SIPSN 2024" in words


def test_choices_stay_in_the_address(release: Path) -> None:
    shown = open_page("spbe", tahun="2023")
    assert shown.selectbox(key="tahun").value == "2023"
    assert "Indeks 2023: terbitan dan hitung ulang" in words_of(shown)
    shown.selectbox(key="tahun").select("2024").run()
    assert shown.query_params["tahun"] == "2024"
    assert "Indeks 2024: terbitan dan hitung ulang" in words_of(shown)


def test_unknown_choice_in_the_address_means_the_default(release: Path) -> None:
    assert open_page("spbe", tahun="1999").selectbox(key="tahun").value == "2024"


def test_address_changed_from_outside_wins(release: Path) -> None:
    shown = open_page("indikator", id="spbe.indeks")
    shown.query_params["id"] = "spbe.domain"
    assert shown.run().selectbox(key="id").value == "spbe.domain"


def test_sample_and_real_are_told_apart(release: Path) -> None:
    frame = data.ask(data.current().release.release_id, sources)
    assert set(frame[frame["is_sample"]]["source_id"]) == {"bpbd_kejadian_112", "bpbd_panggilan_112"}
    assert "DATA CONTOH]" not in read_page("spbe").replace("masih DATA CONTOH]", "")
    assert ":gray-badge[DATA CONTOH]" in read_page("smart_living")


def test_limit_not_verified_is_marked(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = data.rules()
    packs = tuple(
        replace(pack, limits={name: replace(limit, standing="ingatan") for name, limit in pack.limits.items()})
        for pack in book.limits_packs
    )
    monkeypatch.setattr("pages.shared.data.rules", lambda: replace(book, limits_packs=packs))
    assert "belum diverifikasi" in read_page("indikator", id="smart_living.respons_kebakaran")
