"""`spbe-terbitan`: whether published SPBE results can come from whole levels, row by row, and how many of how many."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.index_cases import not_covered
from warehouse.evaluation.index_rows import PREDIKAT_ON, YEARS, pack_for, predikat_of, year_of
from warehouse.evaluation.index_words import told
from warehouse.evaluation.model import Case, Column, Request, Row, Scheme, Step, Value
from warehouse.figures import ValueStatus
from warehouse.formulas.published_index import Consistency, check_published
from warehouse.rules import IndexPack, RuleBook

SCHEME_ID = "spbe"
DOMAINS = ("d1_kebijakan", "d2_tata_kelola", "d3_manajemen", "d4_layanan")
ROUNDING = "jumlah tingkat tanpa pembulatan; domain dan indeks dibulatkan 2 desimal setengah ke atas"
PREDIKAT_FITS = {(True, True): "keduanya", (True, False): "belum dibulatkan", (False, True): "dibulatkan"}


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    cases = [_case(row, rules, request) for row in rows]
    return [*cases, _summary(cases)]


def _case(row: Row, rules: RuleBook, request: Request) -> Case:
    written, year = row.number("year"), year_of(row, request, "year")
    key: dict[str, Value] = {"year": None if written is None else int(written), "institution": row.text("institution")}
    pack = pack_for(SCHEME_ID, year, rules, request)
    if pack is None or year is None:
        reason = not_covered(SCHEME_ID, year, rules)
        return Case(key, None, {}, status=ValueStatus.NOT_APPLICABLE, reason=reason)
    names = DOMAINS[: len(pack.domains)]
    domains = {no: value for no, name in enumerate(names, 1) if (value := row.number(name)) is not None}
    index = row.number("index")
    if index is None or len(domains) < len(names):
        missing = [name for name in (*names, "index") if row.number(name) is None]
        return Case(key, pack, {}, status=ValueStatus.INCOMPLETE, reason=f"tidak diterbitkan: {', '.join(missing)}")
    predikat = predikat_of(row, "predikat", pack)
    found = check_published(domains, index, predikat, pack)
    results: dict[str, Value] = {
        "sesuai": "ya" if found.is_consistent else "tidak",
        "indeks_terbit": index,
        "indeks_mungkin": " atau ".join(f"{value}" for value in found.possible),
    }
    fits = PREDIKAT_FITS.get((found.predikat_unrounded, found.predikat_rounded), "tidak")
    results |= {"predikat_cocok": fits} if predikat else {}
    said = _tell(found, domains, index, pack)
    if predikat and fits == "tidak":
        said.append(f"Predikat terbit {predikat} tidak mengikuti dari indeks itu.")
    return Case(
        key=key,
        pack=pack,
        article=pack.article,
        rounding=ROUNDING,
        results=results,
        steps=tuple(_steps(found, pack)),
        explanation=tuple(said),
    )


def _steps(found: Consistency, pack: IndexPack) -> list[Step]:
    return [
        Step(
            f"domain_{part.item.no}",
            f"Jumlah tingkat berbobot di balik domain {part.item.no}",
            " atau ".join(f"{points:f}" for points in part.candidates),
            note=f"bobot {told(part.item.weight * 100 / pack.total_weight)} %",
        )
        for part in found.parts
    ]


def _tell(found: Consistency, domains: dict[int, Decimal], index: Decimal, pack: IndexPack) -> list[str]:
    span = f"{pack.lowest_level} sampai {pack.highest_level}"
    said = [
        f"Domain {no} terbit {told(domains[no])}: tidak ada jumlah tingkat {span} yang dibulatkan menjadi nilai itu."
        for no in found.impossible_domains
    ]
    possible = " atau ".join(told(value) for value in found.possible)
    words = "mengikuti" if found.index_follows else "tidak mengikuti"
    said.append(f"Indeks terbit {told(index)} {words} dari nilai domain terbitan, yang memberi {possible}.")
    return said


def _summary(cases: Sequence[Case]) -> Case:
    judged = [case for case in cases if case.status is ValueStatus.CALCULATED]
    others = [case for case in judged if case.results["sesuai"] == "tidak"]
    named = "; ".join(f"{case.key['institution']} {case.key['year']}" for case in others)
    said = f"{len(judged) - len(others)} dari {len(judged)} baris lengkap sesuai dengan tingkat indikator bulat"
    return Case(
        key={"rangkuman": "semua baris"},
        pack=None,
        rounding=ROUNDING,
        results={"sesuai": len(judged) - len(others), "lengkap": len(judged), "baris": len(cases)},
        steps=(Step("pengecualian", "Baris yang tidak sesuai", named or "tidak ada"),),
        explanation=(f"{said}{f', kecuali {named}' if named else ''}.",),
        status=ValueStatus.CALCULATED if judged else ValueStatus.NO_DATA,
        reason="" if judged else "tidak ada baris yang lengkap",
    )


def _figure(name: str, meaning: str) -> Column:
    return Column(name, meaning, required=False, example="3.52", lowest=Decimal(0), highest=Decimal(5))


SCHEME = Scheme(
    id="spbe-terbitan",
    title="Pemeriksaan hasil SPBE terbitan",
    about="Satu baris satu instansi seperti berkas sumber diskominfo_spbe. Keluar: apakah domain, indeks dan predikat "
    "terbitan dapat berasal dari tingkat indikator bulat, lalu rangkuman berapa dari berapa.",
    columns=(
        Column("year", "tahun penilaian", "", "integer", True, "2024", (), *YEARS),
        Column("institution", "nama instansi", kind="text", example="Pemerintah Kabupaten X"),
        *(_figure(name, f"nilai domain {no} terbitan") for no, name in enumerate(DOMAINS, 1)),
        _figure("index", "indeks terbitan"),
        Column("predikat", "predikat terbitan", kind="text", required=False),
        Column("group", "kelompok, tidak dipakai", kind="text", required=False),
        Column("kind", "jenis instansi, tidak dipakai", kind="text", required=False),
        Column("note", "catatan, tidak dipakai", kind="text", required=False),
    ),
    options=(PREDIKAT_ON,),
    evaluate=evaluate,
    sample=(
        "year,institution,d1_kebijakan,d2_tata_kelola,d3_manajemen,d4_layanan,index,predikat\n"
        "2024,Pemerintah Kab. Mojokerto,4.50,3.80,2.82,4.75,4.16,Sangat Baik\n"
        "2023,Pemerintah Kab. Banyuasin,2.40,1.70,1.09,0.30,1.05,Kurang\n"
    ),
)
