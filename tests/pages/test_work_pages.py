"""What each work page says over one small release of each profile: facts, missing data, late data, other releases.

Facts are read from a page's content; a screen only proves that the page runs and says its message in each state.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pages.shared import data
from reports.content import Figures
from reports.desk import Desk
from reports.pages import ringkasan, smart_environment, spbe
from reports.registry import find_page
from tests.pages.conftest import NOW, desk_on
from tests.pages.readers import opened
from tests.pages.reading import WORK_PAGES, open_page, read_content, read_page, words_of
from warehouse.catalogue import INDICATORS
from warehouse.filters import Filters
from warehouse.indicators.model import Indicator
from warehouse.queries import sources
from warehouse.releases import Serving

ONE_OF_EACH = tuple({one.dimension: one for one in INDICATORS}.values())  # whose page plain `pytest` opens
WITH_FIGURES = ("ringkasan", "spbe", "smart_environment", "smart_living", "masterplan")
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
        "3. Manajemen SPBE | 16,50 % | 2,82 | 0,73 | 1,86 | 1,65 | 2,18 | 0,36",
        "selisih ±0,01 dapat terjadi",
        "Nilai tertinggi nasional: tidak ada data",
        "PermenPANRB 59/2020; Lampiran, Tabel 3 sampai Tabel 9 | permenpanrb_59_2020@1",
        "Hanya sumber kedua",
    ),
    "smart_environment": (
        "ISPU ",
        "Timbulan sampah 449,64 ton/hari",
        "Pengurangan sampah 28,13 %",
        "Penanganan sampah 22,28 %",
        "Sampah terkelola 50,41 %",
        "Tidak terkelola | 81.386,76 | 49,59 %",
        "target 2025: 30 % · belum tercapai",
        "◆ Kab. Mojokerto",
    ),
    "smart_living": (
        "Hari ini 87 panggilan 112 sampai pukul 16.00, biasa 76–98; 3 dari 10 tiket terbuka lebih dari 24 jam",
        "DLH belum menyampaikan sejak",
        "15.00–16.00 | 3 | 5 | 15",
        "16.00–17.00 | tidak ada data | 4 | 11",
        "Panggilan masuk | 961",
        "November 2026 | 13,6 | 13 | n = 13; s.d. 21 November 2026 | ya",
        "Trawas | 19 dari 34 | 56 %",
        "SPM dinilai pada rata-rata",
        "MJK-20261119-0018 | 31 | ▲ perlu tindakan | Pohon tumbang | Trawas | DPUPR | Menunggu alat berat | ya",
    ),
    "ringkasan": ("DLH 10 hari", "18 dari 30 OPD mengirim tepat waktu"),
    "masterplan": ("Realisasi fisik masterplan ", "Program tanpa laporan"),
    "jelajah": ("Panggilan 112: ", "21 November 2026 | 87 | "),
    "disiplin_data": (
        "18 dari 30 OPD tepat waktu; tidak ada kiriman ditahan",
        "OPD tepat waktu 60 %",
        "Kejadian 112, satu baris tiap tiket | 4 dari 5 | DLH 10 hari",
        "Kejadian 112, satu baris tiap tiket | DLH | ◌ terlambat 10 hari | ",
        "belum disepakati",
        "Fakta terbitan resmi",
        '_SATPOLPP_2026-11-21.xlsx | SATPOLPP | Kejadian 112 | E74 | ditolak | Sel kolom "Kecamatan" berisi galat',
    ),
    "peringatan": ("Peringatan belum pernah dinilai di sini", "Tidak ada yang perlu ditindaklanjuti"),
    "indikator": (
        "Indeks SPBE 4,16, 2024, Kabupaten Mojokerto",
        "pembilang 416 · penyebut 100 · nilai 4,16 · dihitung",
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
        "Kota Mojokerto tidak tercantum dalam kiriman",
        "◆ Kota Mojokerto | tidak ada data",
    ),
    "ringkasan": ("Kota Mojokerto tidak tercantum dalam data SIPSN 2024",),
}


@pytest.mark.parametrize("page", WORK_PAGES)
def test_facts_of_the_kabupaten(page: str, kabupaten: Desk) -> None:
    words = read_content(kabupaten, page)
    assert [fact for fact in KABUPATEN_FACTS[page] if fact not in words] == []


@pytest.mark.parametrize("page", WORK_PAGES)
def test_facts_of_the_kota(page: str, kota: Desk) -> None:
    words = read_content(kota, page)
    assert [fact for fact in KOTA_FACTS.get(page, ()) if fact not in words] == []


def test_another_city_is_not_lent_to_the_kota(kota: Desk) -> None:
    """The kabupaten's tons stand in the table of peers, never in the city's own tiles."""
    content = smart_environment.build(kota, Filters())
    blocks = [block for section in content.sections for block in section.blocks if isinstance(block, Figures)]
    waste = [figure for block in blocks for figure in block.figures if "sampah" in figure.indicator_id]
    assert len(waste) == 4
    assert {figure.value for figure in waste} == {None}


@pytest.mark.parametrize("page", WORK_PAGES)
def test_page_shows_its_message_and_release(page: str, release: Path, kabupaten: Desk) -> None:
    """Every figure has its clock and a way to its definition."""
    shown = opened(page)
    words = words_of(shown)
    message = find_page(page).build(kabupaten, Filters()).message
    everywhere = (
        message,
        "Kabupaten Mojokerto",
        "Rilis 2026-11-21.01 · terbit 21 November 2026 16.08 WIB",
        "15 dari 22 sumber masih DATA CONTOH",
    )
    assert [fact for fact in everywhere if fact not in words] == []
    if page in WITH_FIGURES:
        assert len(shown.metric) >= 2
        assert sum(words.count(f"badge[{shape}") for shape in "●◔◌○—") >= len(shown.metric)
        assert words.count("](/indikator?id=") >= len(shown.metric)


@pytest.mark.parametrize("page", ["ringkasan", "smart_environment", "masterplan"])
def test_page_runs_for_the_kota(page: str, kota_release: Path) -> None:
    assert "Kota Mojokerto" in read_page(page)


@pytest.mark.parametrize("page", ["ringkasan", "smart_living", "jelajah", "disiplin_data"])
def test_page_runs_without_the_call_source(page: str, no_calls_release: Path) -> None:
    assert "Kabupaten Mojokerto" in read_page(page)


@pytest.mark.parametrize("page", WORK_PAGES)
def test_content_without_the_call_source_has_no_failed_section(page: str, without_calls: Desk) -> None:
    assert read_content(without_calls, page)


def test_missing_calls_are_no_data_never_zero(without_calls: Desk) -> None:
    words = read_content(without_calls, "smart_living")
    for step in ("Panggilan masuk", "Dijawab", "Tiket ditugaskan", "Tiket selesai"):
        assert f"{step} | tidak ada data" in words
    assert "Panggilan 112 tidak ada data" in words
    assert "data belum disampaikan: Panggilan 112, satu baris tiap panggilan, pemilik BPBD." in words
    assert words.startswith("Panggilan 112: data belum disampaikan; 3 dari 10 tiket terbuka")


def test_before_the_first_delivery_no_agreement_is_denied(without_calls: Desk) -> None:
    words = read_content(without_calls, "disiplin_data")
    assert "BPBD | — tidak ada | tidak ada data | tidak ada data | tiap jam | sesudah kiriman pertama" in words
    assert "BPBD | tiap jam | 30 menit" in words
    assert "Panggilan 112, satu baris tiap panggilan | 0 dari 1 |  | BPBD" in words


def test_late_data_loses_no_number_and_names_the_debtor(built_data_dir: Path) -> None:
    with desk_on(built_data_dir, instant=NOW + timedelta(days=2)) as desk:
        words = read_content(desk, "smart_living")
    assert "◌ terlambat 1 hari, BPBD" in words
    assert "target 90 % · tidak dinilai, data terlambat" in words
    assert words.startswith("21 November 2026: 87 panggilan 112 sampai pukul 16.00")


def test_late_data_is_marked_on_the_screen(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shared.data.local_now", lambda: NOW + timedelta(days=2))
    assert ":violet-badge[◌ terlambat 1 hari, BPBD]" in read_page("smart_living")


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


def test_a_section_that_fails_leaves_the_others(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringkasan, "_actions", _fail)
    shown = open_page("ringkasan")
    assert [error.value.partition("K-")[0] for error in shown.error] == [
        "Bagian ini belum dapat ditampilkan. Sampaikan kode "
    ]
    assert "Jam data" in words_of(shown)


def _fail(_desk: object) -> None:
    raise RuntimeError("broken on purpose")


@pytest.mark.parametrize(
    "indicator",
    [pytest.param(one, id=one.id, marks=[] if one in ONE_OF_EACH else [pytest.mark.slow]) for one in INDICATORS],
)
def test_every_indicator_can_be_opened(indicator: Indicator, kabupaten: Desk) -> None:
    words = read_content(kabupaten, "indikator", indikator=indicator.id)
    assert indicator.formula in words
    assert f"{indicator.id}, versi {indicator.version}" in words


def test_from_figure_to_file_and_row(release: Path) -> None:
    """The older key of links still opens the indicator."""
    words = read_page("indikator", id="smart_environment.sampah_terkelola")
    assert "pembilang 82.730,41 · penyebut 164.117,17 · nilai 50,41 % · dihitung" in words
    own = [line for line in words.splitlines() if line.startswith("sipsn_2024") and "Kab. Mojokerto" in line]
    assert own
    assert own[0].split(" | ")[1].isdigit()


def test_indicator_without_data_says_why(kota: Desk) -> None:
    words = read_content(kota, "indikator", indikator="smart_environment.sampah_terkelola")
    assert "tidak ada data: Kota Mojokerto tidak tercantum dalam data SIPSN 2024" in words


def test_choices_stay_in_the_address(release: Path) -> None:
    shown = open_page("spbe", tahun="2023")
    key = "saring:spbe:tahun"
    assert shown.selectbox(key=key).value == "2023"
    assert "Indeks 2023: terbitan dan hitung ulang" in words_of(shown)
    shown.selectbox(key=key).select("2024").run()
    assert "tahun" not in shown.query_params  # the page's own choice needs no address
    assert "Indeks 2024: terbitan dan hitung ulang" in words_of(shown)
    shown.selectbox(key=key).select("2023").run()
    assert shown.query_params["tahun"] == "2023"


def test_unknown_choice_in_the_address_means_the_default_and_is_told(release: Path) -> None:
    shown = open_page("spbe", tahun="1999")
    assert shown.selectbox(key="saring:spbe:tahun").value == "2024"
    assert "tahun=1999 tidak dikenal. Pilihan: 2026, 2024, 2023." in words_of(shown)


def test_address_changed_from_outside_wins(release: Path) -> None:
    shown = open_page("indikator", indikator="spbe.indeks")
    shown.query_params["indikator"] = "spbe.domain"
    assert shown.run().selectbox(key="saring:indikator:indikator").value == "spbe.domain"


def test_an_address_of_before_still_means_every_source(release: Path) -> None:
    shown = open_page("disiplin_data", sumber="semua")
    assert [warning.value for warning in shown.warning] == []
    assert shown.selectbox(key="saring:disiplin_data:sumber").value == "semua"


def test_sample_and_real_are_told_apart(kabupaten: Desk, release: Path) -> None:
    frame = kabupaten.ask(sources)
    published = {"diskominfo_spbe", "dlh_capaian_sampah", "dlh_komposisi_sampah", "dlh_timbulan_sampah"}
    assert set(frame[(frame["accepted_count"] > 0) & ~frame["is_sample"]]["source_id"]) == published
    marked = {one.title: one.is_sample for one in spbe.build(kabupaten, Filters()).sections}
    assert [marked[title] for title in ("Indeks dari tahun ke tahun", "Predikat")] == [False, False]
    assert any(marked.values())  # levels of a year that was not published
    assert ":gray-badge[DATA CONTOH]" in read_page("smart_living")


def test_limit_not_verified_is_marked(kabupaten: Desk) -> None:
    book = kabupaten.rules
    packs = tuple(
        replace(pack, limits={name: replace(limit, standing="ingatan") for name, limit in pack.limits.items()})
        for pack in book.limits_packs
    )
    desk = replace(kabupaten, rules=replace(book, limits_packs=packs))
    unread = "† belum diverifikasi: sumber batas ini belum dibaca langsung."
    asked = {"indikator": "smart_living.respons_kebakaran"}
    assert unread in read_content(desk, "indikator", **asked)
    assert unread not in read_content(kabupaten, "indikator", **asked)
