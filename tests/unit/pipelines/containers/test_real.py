"""Files written by others open as what they are, with as many sheets, rows and columns as counted apart."""

from __future__ import annotations

import csv

import pytest

from pipelines.containers import open_file
from pipelines.contracts.contract_parts import FileShape

pytestmark = pytest.mark.real
LRA = [
    "11_lra_20221130-120403", "11_lra_20221130-125014", "11_lra_20221219-171246", "20_lra_20221220-092441",
    "2_lra_20221130-122817", "2_lra_20221219-170101", "32_lra_20221207-153228", "32_lra_20221207-153247",
    "39_lra_20221207-093504", "48_lra_20221208-203941", "48_lra_20221208-204046", "48_lra_20221208-205244",
]  # fmt: skip
WEEKLY = [(715, 5)] * 8 + [(723, 5), (715, 5), (722, 4), (495, 3)]


def size_of(cells):
    """Rows that hold something, and columns."""
    return sum(any(cell != "" for cell in row) for row in cells), max(map(len, cells))


@pytest.mark.parametrize(
    ("path", "expected", "shape"),
    [
        *((f"anggaran/toba_{name}.xlsx", ("xlsx", [(16, 19)]), {}) for name in LRA),
        ("anggaran/toba_anggaran_kas_42_20221130-121956.xlsx", ("xlsx", [(15, 20)]), {}),
        ("anggaran/toba_anggaran_kas_48_20221208-205958.xlsx", ("xlsx", [(15, 20)]), {}),
        ("anggaran/toba_1_lra_20220720-082758.xls", ("xls", [(20, 21)]), {}),
        ("anggaran/toba_1_lra_20221031-164133.xls", ("xls", [(19, 21)]), {}),
        ("anggaran/dana_desa_sumut_20220720.xls", ("xls", [(30, 15)]), {}),
        ("statistik/kota_mojokerto_usaha_per_sls.xlsx", ("xlsx", WEEKLY), {}),
        ("boundaries/mojokerto_kabkota.geojson", ("geojson", [(1 + 2, 5)]), {}),
        ("boundaries/mojokerto_kecamatan.geojson", ("geojson", [(1 + 21, 5)]), {}),
        ("boundaries/mojokerto_kecamatan_dari_desa.geojson", ("geojson", [(1 + 21, 6)]), {}),
        ("boundaries/mojokerto_desa_kelurahan.geojson", ("geojson", [(1 + 322, 6)]), {}),
        ("boundaries/raw_wilayah_boundaries_kel_35.76.sql", ("sql", [(1 + 18, 5)]), {"table": "wilayah_boundaries"}),
        ("cuaca/bmkg_autogempa_20240109.json", ("json", [(1 + 1, 12)]), {}),
        ("cuaca/bmkg_autogempa_20240109.json", ("json", [(1 + 1, 12)]), {"records": "Infogempa.gempa"}),
        ("cuaca/bmkg_cap_banten_20260216.xml", ("xml", [(1 + 1, 23)]), {}),
        ("cuaca/bmkg_nowcast_rss_20260216.xml", ("xml", [(1 + 3, 8)]), {}),
        ("indeks/denpasar_spbe_nilai.sql", ("sql", [(1 + 4, 4)]), {"table": "tb_indeks_nilai"}),
        ("indeks/lppd_semarang_datastore_records.json", ("json", [(1 + 83, 4)]), {}),
        ("portal/satudata_trenggalek_katalog.json", ("json", [(1 + 645, 5)]), {}),
        ("portal/status_portal_2026-02-14.json", ("json", [(1 + 52, 1 + 7)]), {"records": "portals"}),
        ("portal/status_portal_2026-03-24.json", ("json", [(1 + 52, 1 + 7)]), {"records": "portals"}),
        ("program/mojokerto_proyek_pupr.sql", ("sql", [(1 + 17, 10)]), {"table": "projects"}),
    ],
)
def test_a_container_of_cells(real_data, tmp_path, path, expected, shape):
    opened = open_file(real_data / path, tmp_path, FileShape(**shape))
    assert (opened.kind, [size_of(grid.cells) for grid in opened.grids]) == expected


@pytest.mark.parametrize(
    ("path", "records", "columns"),
    [
        ("anggaran/toba_skpd.csv", 1 + 44, 15),
        ("anggaran/toba_pagu_skpd_2022.csv", 1 + 524, 9),
        ("anggaran/toba_realisasi_skpd_bulanan_2022.csv", 1 + 1314, 7),
        ("boundaries/kode_kecamatan_bps.csv", 1 + 21, 5),
        ("boundaries/kode_wilayah_mojokerto.csv", 1 + 345, 2),
        ("boundaries/penduduk_luas_mojokerto.csv", 1 + 2, 6),
        ("cuaca/bmkg_harian_2024_kab_bogor.csv", 1 + 366, 14),
        ("cuaca/bmkg_harian_2024_kota_bandung.csv", 1 + 366, 14),
        ("cuaca/hujan_harian_sidoarjo_2024.csv", 1 + 366, 4),
        ("indeks/jabar_indeks_lingkungan_hidup.csv", 1 + 48, 7),
        ("panggilan112/sumenep_112_kejadian_2021_2022.csv", 1 + 159, 11),
        ("panggilan112/sumenep_112_survei_kepuasan.csv", 1 + 17, 4),
        ("panggilan112/sumenep_ref_desa.csv", 1 + 334, 3),
        ("panggilan112/sumenep_ref_kecamatan.csv", 1 + 27, 2),
        ("panggilan112/sumenep_ref_kejadian_opd.csv", 1 + 15, 3),
        ("program/sumut_kegiatan_strategis.csv", 1 + 54, 4),
        ("program/sumut_prioritas.csv", 1 + 8, 2),
        ("program/toba_kegiatan_fisik_2022.csv", 1 + 350, 11),
        ("program/toba_kontrak_2022.csv", 1 + 681, 24),
        ("sampah/sipsn_2024_Data_Capaian_Pengelolaan_Sampah.csv", 1 + 315, 14),
        ("sampah/sipsn_2024_Data_Komposisi_Jenis_Sampah.csv", 1 + 317, 12),
        ("sampah/sipsn_2024_Data_Timbulan_Sampah.csv", 1 + 317, 5),
        ("udara/ispu_dki_2010_2023.csv", 1 + 5113, 11),
    ],
)
def test_a_delimited_text(real_data, tmp_path, path, records, columns):
    opened = open_file(real_data / path, tmp_path, FileShape())
    assert (opened.kind, opened.text.delimiter, opened.notes) == ("csv", ",", ())
    with opened.text.path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=opened.text.delimiter))
    assert (len(rows), len(rows[0])) == (records, columns)
