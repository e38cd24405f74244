"""Files of other institutions that belong to no source of the product: each gives the reading that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from pipelines.commands.validation_json import file_block
from pipelines.contracts.contract import load_detached
from pipelines.judging.background import Background
from pipelines.judging.validation import Checker, Setting
from tests.corpus.running import REGION
from tests.unit.pipelines.loaded import warehouse
from warehouse.settings import PROJECT_DIR

CONTRACTS = PROJECT_DIR / "tests" / "fixtures" / "contracts"
pytestmark = pytest.mark.real


@dataclass(frozen=True)
class Known:
    """`told`: codes and rows of the messages."""

    contract: str
    path: str
    accepted: int
    quarantined: int = 0
    sums: dict[str, str | None] = field(default_factory=dict)
    ranges: dict[str, list[str]] = field(default_factory=dict)
    told: tuple[tuple[str, int | None], ...] = ()


ABSENT = ("kolom", None)
ALL = (
    Known(
        "jabar_indeks_lingkungan",
        "indeks/jabar_indeks_lingkungan_hidup.csv",
        48,
        sums={"indeks": "2488.719", "tahun": "96792"},
    ),
    Known("denpasar_spbe_indeks", "indeks/denpasar_spbe_nilai.sql", 4, sums={"nilai": "70.86", "tahun": "8076"}),
    Known("denpasar_spbe_domain", "indeks/denpasar_spbe_nilai.sql", 10, sums={"bobot": "111"}),
    Known(
        "denpasar_spbe_domain_nilai",
        "indeks/denpasar_spbe_nilai.sql",
        14,
        2,
        {"nilai": "22.38"},
        told=(("kode", 58), ("kode", 67)),
    ),
    Known(
        "semarang_lppd",
        "indeks/lppd_semarang_datastore_records.json",
        82,
        1,
        {"tahun_2018": "4679.64", "tahun_2019": "4934.48"},
        told=(("angka", 34), ("angka", 34)),
    ),
    Known("wilayah_kode", "boundaries/kode_wilayah_mojokerto.csv", 345),
    Known(
        "wilayah_penduduk",
        "boundaries/penduduk_luas_mojokerto.csv",
        2,
        sums={"pria": "652614", "wanita": "645802", "total": "1298416", "luas": "1004.86"},
    ),
    Known("wilayah_kecamatan_bps", "boundaries/kode_kecamatan_bps.csv", 21, sums={"desa": "331"}),
    Known("wilayah_batas", "boundaries/mojokerto_kabkota.geojson", 2, sums={"desa": None}, told=(ABSENT, ABSENT)),
    Known("wilayah_batas", "boundaries/mojokerto_kecamatan.geojson", 21, sums={"desa": None}, told=(ABSENT, ABSENT)),
    Known(
        "wilayah_batas", "boundaries/mojokerto_kecamatan_dari_desa.geojson", 21, sums={"desa": "322"}, told=(ABSENT,)
    ),
    Known("wilayah_batas", "boundaries/mojokerto_desa_kelurahan.geojson", 322, sums={"desa": None}, told=(ABSENT,)),
    Known("wilayah_batas_kelurahan", "boundaries/raw_wilayah_boundaries_kel_35.76.sql", 18),
    Known(
        "trenggalek_katalog",
        "portal/satudata_trenggalek_katalog.json",
        645,
        sums={"urutan": "125598"},
    ),
    Known("status_portal", "portal/status_portal_2026-02-14.json", 52, sums={"tingkat": "170"}),
    Known("status_portal", "portal/status_portal_2026-03-24.json", 52, sums={"tingkat": "170"}),
    Known(
        "sumenep_survei_112",
        "panggilan112/sumenep_112_survei_kepuasan.csv",
        17,
        sums={"kinerja": "1530", "sarana": "1460"},
    ),
    Known("sumenep_kecamatan", "panggilan112/sumenep_ref_kecamatan.csv", 27),
    Known("sumenep_desa", "panggilan112/sumenep_ref_desa.csv", 333, 1, told=(("ganda", 11),)),
    Known(
        "sumenep_kejadian_opd",
        "panggilan112/sumenep_ref_kejadian_opd.csv",
        12,
        3,
        told=(("daftar", 7), ("daftar", 12), ("daftar", 13)),
    ),
    Known(
        "bmkg_gempa",
        "cuaca/bmkg_autogempa_20240109.json",
        1,
        sums={"magnitudo": "2.8", "kedalaman": "6"},
        ranges={"tanggal": ["2024-01-09"] * 2, "hari": ["2024-01-10"] * 2, "saat": ["2024-01-10T20:17:26"] * 2},
        told=(("not_before", 2),),
    ),
    Known("sumut_prioritas", "program/sumut_prioritas.csv", 8),
    Known(
        "mojokerto_usaha_sls",
        "statistik/kota_mojokerto_usaha_per_sls.xlsx",
        713,
        1,
        {"plkumkm_count": "19106", "kdm_count": "19124", "difference": "-18"},
        told=(("bentuk", 350), ("kode_angka", None), *[("lembar", None)] * 9),
    ),
)


@pytest.mark.parametrize("known", ALL, ids=lambda known: known.path)
def test_a_real_file_gives_what_is_known_of_it(real_data, known):
    contract, warnings = load_detached(CONTRACTS / known.contract)
    assert warnings == ()
    setting = Setting(REGION, datetime(2026, 11, 29), Background(REGION.region_code), is_own=True)
    with warehouse() as connection:
        read = file_block(Checker(contract, setting, connection).check(real_data / known.path))
    told = sorted(((message["code"], message["row"]) for message in read["messages"]), key=str)
    assert (read["rows_accepted"], read["rows_quarantined"]) == (known.accepted, known.quarantined)
    assert (read["sums"], read["date_ranges"]) == (known.sums, known.ranges)
    assert told == sorted(known.told, key=str)
    assert read["outcome"] == ("partial" if known.quarantined else "accepted")


def test_every_real_file_is_asked_for_by_some_test(real_data):
    """By its name, or by the pattern of names of a family."""
    written = "\n".join(path.read_text("utf-8") for path in (PROJECT_DIR / "tests").rglob("*.py"))
    families = ("toba_", "sipsn_2024_", "bmkg_harian_2024_", "mojokerto_kecamatan_dari_desa")
    files = [path.name for path in real_data.rglob("*") if path.parent != real_data and path.is_file()]
    assert [name for name in files if name not in written and not name.startswith(families)] == []
