"""Published values that do not follow from their rule: computed as they are, and listed in docs/pengecualian.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.warehouse.rules.judged import judge

TOLD = (Path(__file__).parents[4] / "docs" / "pengecualian.md").read_text(encoding="utf-8")

BEDS = "tempat_tidur,hari,hari_perawatan,keluar\n312,365,5856,1736\n"
STUNTED = "wilayah,tahun,sumber,prevalensi,pendek,diukur\nKota Mojokerto,2023,e-PPGBM,2.04,122,6145\n"
BANYUASIN = (
    "year,institution,d1_kebijakan,d2_tata_kelola,d3_manajemen,d4_layanan,index\n"
    "2023,Pemerintah Kab. Banyuasin,2.40,1.70,1.09,0.30,1.05\n"
)
KEDIRI = "baseline,output,outcome,impact,quick_win,tahun_lalu\n3.60,3.21,3.23,3.07,3.65,3.06\n"
BOVEN_DIGOEL = "tahun,d1,d2,d3,d4\n2023,1.90,1.60,1.00,2.17\n"
NIAS_BARAT = "tahun,d1,d2,d3,d4\n2023,1.00,1.00,1.00,2.75\n"
MEANS_2024 = "tahun,d1,d2,d3,d4\n2024,{}\n"
DENPASAR_2019 = "tahun,i18,i19,i22,i23,i24\n2019,3,3,3,3,3\n"

OZONE = "tanggal,o3\n2010-01-01,{}\n"
RS_X = "tempat_tidur,hari,hari_perawatan,keluar\n608,30,12246,1931\n"
DENGUE = "tahun,kasus,meninggal,penduduk\n2025,10752,48,\n"
CENTRAL_JAVA = "tahun,kasus,meninggal,penduduk\n2023,6157,144,\n"
KEDIRI_2021 = "tahun,ika,iku,ikl\n2021,62.23,92.27,45.64\n"
CALLED = "wilayah,masuk,darurat,prank,ghost\nKab. Tangerang,5761,158,2447,3165\n"
EXCEPTIONS = [  # scheme, file, options, result, told: case, published, computed
    ("112-rekap", CALLED, {}, "jumlah_jenis", ("Kab. Tangerang, Januari-Februari 2025", "5761", "5770")),
    ("bor", BEDS, {"desimal": "1"}, "bto", ("BTO, 1.736 pasien keluar dari 312 tempat tidur", "5.5", "5.6")),
    ("bor", BEDS, {"desimal": "1"}, "alos", ("LOS, 5.856 hari untuk 1.736 pasien keluar", "3.3", "3.4")),
    ("bor", RS_X, {}, "bor", ("BOR, 12.246 hari perawatan", "67.13", "67.14")),
    ("dbd", DENGUE, {}, "cfr", ("Nasional sampai 16 Februari 2025", "0.8", "0.45")),
    ("dbd", CENTRAL_JAVA, {}, "cfr", ("Jawa Tengah, CFR dari 144 kematian di antara 6.157 kasus", "2.2", "2.34")),
    ("iklh", KEDIRI_2021, {}, "iklh", ("Kota Kediri 2021, IKLH", "64.60", "70.76")),
    ("sampel", "populasi\n100000\n", {}, "sampel", ("Populasi 100.000", "384", "383")),
    ("stunting", STUNTED, {}, "prevalensi", ("Kota Mojokerto 2023, 122 dari 6.145 balita", "2.04", "1.99")),
    ("smart-city", KEDIRI, {}, "indeks", ("Kota Kediri 2022, indeks", "3.31", "3.32")),
    ("smart-city", KEDIRI, {}, "peningkatan", ("Kota Kediri 2022, peningkatan", "0.25", "0.26")),
    ("spbe-terbitan", BANYUASIN, {}, "sesuai", ("Kab. Banyuasin 2023", "0.30", "tidak")),
    ("spbe", BOVEN_DIGOEL, {}, "predikat", ("Kab. Boven Digoel 2023", "Cukup", "Kurang")),
    ("spbe", NIAS_BARAT, {}, "predikat", ("Kab. Nias Barat 2023", "Cukup", "Kurang")),
    ("spbe", MEANS_2024.format("4.01,3.65,2.61,4.26"), {}, "indeks", ("Rerata LPNK 2024", "3.82", "3.80")),
    ("spbe", MEANS_2024.format("3.61,3.11,2.31,3.81"), {}, "indeks", ("Rerata LNS dan lainnya 2024", "3.37", "3.36")),
    ("spbe", MEANS_2024.format("3.61,3.07,2.17,3.98"), {}, "indeks", ("Rerata provinsi 2024", "3.42", "3.41")),
    ("spbe", DENPASAR_2019, {}, "aspek_3", ("Kota Denpasar 2019, aspek 3", "3.50", "3.00")),
    ("spbe", DENPASAR_2019, {}, "aspek_5", ("Kota Denpasar 2019, aspek 5", "2.67", "3.00")),
    ("iku", "ieu\n0.262\n", {}, "iku", ("Ieu 0,262", "90.9774", "91.00")),
    ("ispu", OZONE.format("2417.8002"), {}, "sub_indeks_tertinggi", ("O3 2.417,8002 ug/m3", "1108.9001", "500.0000")),
    ("ispu", OZONE.format("2657.7466"), {}, "sub_indeks_tertinggi", ("O3 2.657,7466 ug/m3", "1228.8733", "500.0000")),
    (
        "ispu",
        "tanggal,o3\n2012-04-22,200\n",
        {"masukan": "indeks"},
        "kategori",
        ("Jakarta, indeks tepat 200 (22 April 2012", "Sangat Tidak Sehat", "Tidak Sehat"),
    ),
    ("ip", "kelas,do,do_jenuh\nII,5.29,7\n", {}, "ip", ("Kota Bogor 25 Juni 2020, nisbah DO", "0.14", "0.5700")),
    (
        "siaga",
        "pos,nilai\nrolak_songo,1332.61\n",
        {},
        "tingkat",
        ("Rolak Songo 1.332,61 m3/s", "kuning", "hijau"),
    ),
]


@pytest.mark.parametrize(("scheme", "text", "options", "result", "told"), EXCEPTIONS)
def test_exception_is_computed_by_the_rule_and_told(scheme, text, options, result, told):
    case, published, computed = told
    found = judge(scheme, text, **options)[0]
    assert str(found.results[result]) == computed != published
    shown = f" | {published} | {computed} | ".replace(".", ",")
    assert any(line.startswith(f"| `{scheme}` | {case}") and shown in line for line in TOLD.splitlines())


def test_nothing_else_is_told():
    assert sum(line.startswith("| `") for line in TOLD.splitlines()) == len(EXCEPTIONS)
