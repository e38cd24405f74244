"""What looks like a person in text: one table of cases, read by Python and by DuckDB alike."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.judging.covering import covered_sql, fold_sql, shielded_sql
from tests.canaries import HOUSE, NAME, SEVERAL, WRITTEN, people
from warehouse.personal import COVER, EVERYTHING, IN_CODES, IN_TITLES, cover, cover_title, fold

# Covered whole, wherever it stands.
NUMBERS = [
    "0812-3456-7890",
    "081234567890",
    "+62 812-3456-7890",
    "+62-812-3456-7890",
    "+6281234567890",
    "0062 812 3456 7890",
    "6281234567890",
    "62 812 3456 7890",
    "62.812.3456.7890",
    "(0812) 3456 7890",
    "(+62) 812-3456-789",
    "+62 (0) 812 3456 7890",
    "0812.3456.7890",
    "0812 3456 7890",
    "0812 345 678",
    "0812 345 678 901",
    "0812-34567890",
    "08123 4567890",
    "08 12 34 56 78 90",
    "0 8 1 2 3 4 5 6 7 8 9 0",
    "0\u00a08\u00a01\u00a02\u00a03\u00a04\u00a05\u00a06\u00a07\u00a08\u00a09\u00a00",
    "0.8.1.2.3.4.5.6.7.8.9",
    "\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10",
    "0812\u200b3456\u200b7890",
    "0812\u20113456\u20117890",
    "\u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660",
    "081\u00ad2345\u20607890",
    "(0321) 123456",
    "0321-123456",
    "(021) 555 1234",
    "+62 321 123456",
    "3516010506780001",
    "3516 0105 0678 0001",
    "3516.0105.0678.0001",
    "351601 050678 0001",
    "351601.450678.0001",
    "35.16.01.050678.0001",
    "35 16 01 05 06 78 00 01",
    "3 5 1 6 0 1 0 5 0 6 7 8 0 0 0 1",
    "198001012005011001",
    "19800101 200501 1 001",
    "NIP. 510 123 456",
    "NPWP: 12.345.678.9-012.000",
    "siti.aminah@contoh.example",
    "siti.aminah @ contoh.co.id",
    "siti\uff20contoh.example",
    "s\u00edti@contoh.example",
    "S 1234 AB",
    "s 1234 ab",
    "AG 123 XY",
    "L-1234-QX",
    "W1234AB",
    "nopol S 12 A",
]
NAMED = ["Bpk. Slamet Riyadi", "Ibu Siti Aminah", "Pak slamet", "Sdr. Slamet Riyadi", "a.n. Siti Aminah",
         "BPK SLAMET RIYADI", "Ny. Siti Aminah", "Bapak/Ibu Slamet", "pemilik: Siti Aminah", "Almarhum Slamet",
         "Bu S\u00edti"]  # fmt: skip
# In free text only: the name of a work keeps its place.
HOUSES = [
    "Jl. Melati No 5 RT 02/RW 01",
    "Jalan Melati Gang 2 No. 5A",
    "RT 02 RW 01",
    "RT.002/RW.001",
    "Jln. Melati 5",
    "Dusun Sumber RT 3 RW 1",
    "Perum Griya Indah Blok C-12",
    "H. Slamet Riyadi",
    "Drs. Slamet Riyadi",
]
NOBODY = [
    "5.1.02.01.01.0024",
    "5.1.02.08.12.0034",
    "5.2.08.01.0812.345678",
    "1.234.567.890",
    "62.812.345.678",
    "Rp 62.812.345.678,00",
    "Rp 812.345.678",
    "81.234.567.890",
    "253.587.976.750,22",
    "04.2/SPK/PPK/DAK/PL/VII/2022",
    "050/0812/416-101/2026",
    "600.1/0815/416-109.3/2026",
    "027/12345/PPK.08/2026",
    "-7.4614, 112.4751",
    "LatLng(-7.516312, 112.5561223)",
    "-7.0812345678",
    "0.8123456789",
    "2026-08-12 16:05:09",
    "08-12-2026 16.05",
    "08.12.2026 16.05",
    "12/08/2026 08:12:34",
    "08 Desember 2026",
    "112-20241121-00001",
    "112-20240812-12345",
    "MJK-20241121-0004",
    "MJK-20240812-0004",
    "3576010001000100",  # a block of Statistics Indonesia: no day 00
    "2026112116050912",
    "MP-6-03",
    "SC.1.1.01",
    "33 (tiga puluh tiga) unit",
    "17.149,75 ton",
    "P 350 M",
    "SALURAN L 1500 M",
    "PAKET B 2026 DI DESA",
    "D 600 MM",
    "50 buah @ 200000",
    "Rumah Sakit Ibu dan Anak",
    "100 ibu hamil",
    "Persiapan Tuan Rumah PON",
    "Peningkatan jalan Gedeg-Kemlagi",
    "Jl. Wahid Hasyim",
    "kejadian_112_BPBD_2026-11.xlsx",
    "panggilan_112_2026-08-12_2026-08-13_s.d._16.csv",
    "lra_DLH_2026-10.xlsx",
]
# What no pattern can know. Where such a cell ends up is told in docs/opd.md; tests/integration/test_canary.py counts.
SEEN = [
    ("Siti Aminah", cover, "a plain name: only where the words of a column are known"),
    ("Lahan milik Siti belum bebas", cover, "a plain name in a sentence"),
    (
        "riyadi",
        lambda text: cover(f"Pak slamet {text}").removeprefix(f"{COVER} "),
        "the second of two names in small letters",
    ),
    ("Jl. Melati No 5 RT 02/RW 01", cover_title, "an address in the name of a work: it is where the work is"),
    ("Jl. KH. Wahid Hasyim", cover_title, "a street named after somebody"),
    ("P 350 M", cover, "a plate that ends like a unit or a short word"),
    ("0812/3456/7890", cover, "a telephone number with slashes: contracts are numbered so"),
    ("O812 3456 789O", cover, "letters for digits"),
    ("0321123456", cover, "a desk's number in one piece, without brackets or a gap"),
    ("62.812.345.678", cover, "a telephone number written like an amount"),
    ("siti(at)contoh.example", cover, "an e-mail address in words"),
]


def by_duckdb(texts: list[str], patterns: tuple[str, ...]) -> list[str]:
    """As the staged cells are covered: told where it is changed, and found by the search for suspects."""
    gate = "|".join(patterns)
    rows = (
        duckdb.connect()
        .execute(
            f"SELECT plain, {covered_sql('kept', patterns)}, regexp_matches(plain, ?) FROM "
            f"(SELECT {fold_sql('text')} AS plain, {shielded_sql('text')} AS kept FROM (SELECT unnest(?) AS text))",
            [gate, texts],
        )
        .fetchall()
    )
    assert all(is_found for plain, covered, is_found in rows if plain != covered)
    return [text if plain == covered else covered for text, (plain, covered, _found) in zip(texts, rows, strict=True)]


ALL = [*NUMBERS, *NAMED, *HOUSES, *NOBODY, *(text for text, _function, _why in SEEN)]
IN_WORDS = [f"Hubungi {text}, lalu lapor" for text in ALL] + [f"x_{text}_2026.csv" for text in ALL]
TWICE = [f"{text} {text}; {text}" for text in NUMBERS]


@pytest.mark.parametrize(("patterns", "function"), [(EVERYTHING, cover), (IN_TITLES, cover_title)])
def test_python_and_duckdb_cover_the_same(patterns, function):
    texts = [*ALL, *IN_WORDS, *TWICE]
    assert by_duckdb(texts, patterns) == [function(text) for text in texts]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_covered_everywhere(text):
    for function in (cover, cover_title):
        assert function(text) == COVER
        assert function(f"Hubungi {text} segera").removeprefix("Hubungi ").startswith(COVER)
        assert not any(sign.isdigit() for sign in function(f"lihat {text} {text}; {text}"))
        assert COVER in function(f"laporan_{text}_akhir.csv")


@pytest.mark.parametrize("text", NAMED)
def test_names_behind_a_title_are_covered(text):
    for function in (cover, cover_title):
        told = function(f"Rehab rumah {text} di Gedeg")
        assert COVER in told
        assert "gedeg" in told.lower()
        assert not {"slamet", "riyadi", "aminah"} & set(told.lower().replace(".", " ").split())


@pytest.mark.parametrize("text", HOUSES)
def test_the_address_of_a_house_is_covered_in_free_text(text):
    assert cover(f"lahan di {text} belum bebas") == f"lahan di {COVER} belum bebas"
    assert cover_title(text) == text


@pytest.mark.parametrize("text", NOBODY)
def test_what_only_looks_like_a_person_stays(text):
    assert (cover(text), cover_title(text)) == (text, text)
    assert cover(f"Realisasi {text} tercapai") == f"Realisasi {text} tercapai"


@pytest.mark.parametrize(("text", "function", "why"), SEEN, ids=[why for _text, _function, why in SEEN])
def test_what_no_pattern_can_know_is_named(text, function, why):
    assert function(text) == text, f"covered now: take it off the list of limits ({why})"


def test_codes_that_are_people_are_found():
    written = {kind: write(people(1)[0]) for kind, write in WRITTEN.items() if kind not in (NAME, "sapaan")}
    texts = [text for kind, text in written.items() if kind != "tanpa 0"]
    assert all(COVER in told for told in by_duckdb(texts, IN_CODES))


def test_every_canary_is_covered_in_free_text_but_for_plain_names():
    for person in people(200):
        for kind, write in WRITTEN.items():
            told = cover(write(person))
            assert kind == NAME or COVER in told, (kind, write(person))
            assert kind in (NAME, SEVERAL) or not {*person.name.split(), person.mobile, person.nik} & set(told.split())
            assert kind != HOUSE or told == COVER


def test_text_without_people_is_given_back_as_it_is():
    text = "Lebar \uff13 m \u2013 \u201cjalan\u201d\u00a0desa"
    assert (cover(text), fold(text)) == (text, "Lebar 3 m - \u201cjalan\u201d desa")


def test_long_texts_are_read_once():
    """Not once for each of their signs: that would take minutes."""
    for text in ("a" * 100_000 + "@", "8" * 100_000, "jalan " * 10_000, "Bpk " * 10_000, "0 8 " * 20_000):
        cover(text)
