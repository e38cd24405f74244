"""Codes, lists, yes and no, and the nearest word where one is not known."""

from __future__ import annotations

from tests.corpus.values.columns import Bad, column

NO_CODE, NOT_LISTED, SHAPE = Bad("kode"), Bad("daftar"), Bad("bentuk")


def near(code: str, word: str) -> Bad:
    return Bad(code, word)


KECAMATAN = (
    "code,name,aliases\n35.76.01,Prajurit Kulon,Prajuritkulon\n35.76.02,Magersari,\n35.76.03,Kranggan,Kranggan Kota\n"
)
TYPES = "code,name\nPJU,Lampu Jalan\nJLN,Jalan Rusak\nSMP,Sampah\n"
TWICE = "code,name,aliases\nA,Satu,sama\nB,Dua,sama\n"

CASES = (
    column(
        "codes keep zeros",
        "code",
        [
            ("0012", None),
            ("1.02.01", None),
            ("35.76.01", None),
            ("5.1.02.01.01.0001", None),
            ("00", None),
            ("A-12/B", None),
        ],
    ),
    column(
        "no code",
        "code, required: true",
        [("Dinas Lingkungan Hidup Kota", SHAPE), ("jumlah pegawai yang hadir", SHAPE)],
    ),
    column(
        "no code where none is needed",
        "code",
        [("Dinas Lingkungan Hidup Kota", None), ("A1", None)],
        told=[("bentuk", 2, "Nilai", "dikosongkan")],
    ),
    column(
        "codes of a workbook",
        "code",
        [
            (12, None),
            ("0012", None),
            (3576010001, None),
            (1.5, Bad("kode_angka")),
            (1234567890123456789, Bad("kode_angka")),
        ],
        book=True,
    ),
    column(
        "one of",
        "code, one_of: [Selesai, Proses, Belum Ditangani]",
        [
            ("selesai", None),
            ("SELESAI ", None),
            ("belum  ditangani", None),
            ("belum-ditangani", None),
            ("seleasi", near("daftar", "Selesai")),
            ("ditutup", NOT_LISTED),
            ("", None),
        ],
    ),
    column(
        "one of text", "text, one_of: [Selesai, Proses]", [("selesai", None), ("Prosess", near("daftar", "Proses"))]
    ),
    column(
        "codes of the contract",
        "code, codes: {Laki-laki: L, Perempuan: P, LK: L, PR: P}",
        [
            ("laki-laki", None),
            ("LAKI LAKI", None),
            ("L", None),
            ("perempuan", None),
            ("pr", None),
            ("Perempuam", near("kode", "Perempuan")),
            ("X", NO_CODE),
        ],
    ),
    column(
        "own list",
        "code, ref: jenis.csv",
        [
            ("PJU", None),
            ("lampu jalan", None),
            ("Jalan  Rusak", None),
            ("Jalan Rusaq", near("kode", "Jalan Rusak")),
            ("Banjir", NO_CODE),
            ("pju", None),
        ],
        beside={"jenis.csv": TYPES},
    ),
    column(
        "own codes mistyped, one near and several",
        "code, ref: pos.csv",
        [("PS1", near("kode", "PS01")), ("PS03", NO_CODE), ("Pos Huluu", near("kode", "Pos Hulu")), ("ps02", None)],
        beside={"pos.csv": "code,name\nPS01,Pos Hulu\nPS02,Pos Hilir\n"},
    ),
    column(
        "own list, unknown is empty",
        "code, ref: jenis.csv, unmatched: empty",
        [("PJU", None), ("Banjir", None)],
        beside={"jenis.csv": TYPES},
        told=[("kode", 3, "Nilai", "dikosongkan")],
    ),
    column(
        "own list, several in a cell",
        'code, ref: jenis.csv, separator: ","',
        [("PJU, SMP", None), ("Sampah", None), ("PJU, Banjir", NO_CODE)],
        beside={"jenis.csv": TYPES},
    ),
    column(
        "declared codes, several in a cell",
        'code, codes: {Api: A, Air: B}, separator: ","',
        [("Api, Air", None), ("b", None), ("Api, Angin", NO_CODE)],
    ),
    column(
        "declared words, several in a cell",
        'text, one_of: [Api, Air], separator: ","',
        [("Api, air", None), ("AIR", None), ("Api, Angin", NOT_LISTED)],
    ),
    column(
        "own districts",
        "code, ref: kecamatan.csv",
        [
            ("Kec. Magersari", None),
            ("Kecamatan Kranggan", None),
            ("KEC MAGERSARI", None),
            ("prajuritkulon", None),
            ("Prajurit-Kulon", None),
            ("Magersri", near("kode", "Magersari")),
            ("Desa Magersari", NO_CODE),
            ("35.76.02", None),
            ("Kota Magersari", NO_CODE),
        ],
        beside={"kecamatan.csv": KECAMATAN},
    ),
    column(
        "own villages",
        "code, ref: desa.csv",
        [
            ("Desa Sumbersari", None),
            ("Ds. Sumbersari", None),
            ("Kel. Wates", None),
            ("Kelurahan Wates", None),
            ("wates", None),
            ("Kec. Wates", NO_CODE),
        ],
        beside={"desa.csv": "code,name\n1,Sumbersari\n2,Wates\n"},
    ),
    column(
        "own regions",
        "code, ref: wilayah.csv",
        [
            ("Kab. Malang", None),
            ("Kabupaten Malang", None),
            ("Kota Malang", None),
            ("Malang", NO_CODE),
            ("Kota Batu", None),
            ("KOTA  BATU", None),
        ],
        beside={"wilayah.csv": "code,name\n3507,Kabupaten Malang\n3573,Kota Malang\n3579,Kota Batu\n"},
    ),
    column(
        "installed list of dimensions",
        "code, ref: ref_dimension",
        [
            ("Smart Governance", None),
            ("smart  governance", None),
            ("Smart Govermance", near("kode", "Smart Governance")),
            ("Pemerintahan Ajaib", NO_CODE),
        ],
    ),
    column(
        "booleans",
        "boolean",
        [
            ("ya", None),
            ("Tidak", None),
            ("Y", None),
            ("N", None),
            ("true", None),
            ("FALSE", None),
            ("1", None),
            ("0", None),
            ("ada", None),
            ("tidak ada", None),
            ("sudah", None),
            ("belum", None),
            ("v", None),
            ("\u221a", None),
            ("\u2713", None),
            ("mungkin", SHAPE),
            ("2", SHAPE),
            ("x", SHAPE),
            ("", None),
            ("-", None),
        ],
    ),
    column(
        "native booleans",
        "boolean",
        [(True, None), (False, None), (1, None), (0, None), ("ya", None), (2, SHAPE)],
        book=True,
    ),
    column(
        "sentences",
        "text",
        [("  dua   spasi ", None), ("baris\npertama", None), ("'0812", None), ("=1+1", None), ("-", None)],
    ),
    column(
        "points",
        "latitude",
        [("-7,47", None), ("-7.4721", None), ("7\u00b028'12\" LS", SHAPE), ("95", SHAPE), ("112.43", SHAPE)],
    ),
    column(
        "longitudes",
        "longitude",
        [("112,4384", None), ("112.4384", None), ("1124384", SHAPE), ("-7,47, 112,43", SHAPE)],
    ),
)
