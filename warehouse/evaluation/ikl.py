"""`ikl`: the land quality index (also called IKTL) of a region from its area and its covered area."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.cases import (
    FULL,
    LIMITED,
    REGION,
    YEAR,
    amount,
    key_of,
    limited,
    limited_note,
    refused,
    told,
    two_ways,
)
from warehouse.evaluation.model import Awaited, Case, Request, Row, Scheme, Step
from warehouse.figures import ValueStatus
from warehouse.formulas.land_quality_index import covered_area, land_quality_index
from warehouse.rules import LimitsPack, RuleBook

ID = "ikl"


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.limits(ID)
    return [_case(row, pack) for row in rows]


def _case(row: Row, pack: LimitsPack) -> Case:
    key = key_of(row, "daerah", "tahun")
    area, covered = row.number("luas_wilayah") or Decimal(0), row.number("luas_tutupan")
    forest, other = row.number("hutan"), row.number("tutupan_lain")
    steps, doubted = [], []
    if not area:
        raise row.problem("luas_wilayah", "tidak boleh nol, contoh yang benar 98438")
    if covered is None:
        missing = [name for name, value in (("hutan", forest), ("tutupan_lain", other)) if value is None]
        if forest is None or other is None:
            return refused(key, pack, ValueStatus.INCOMPLETE, f"luas_tutupan atau {' dan '.join(missing)} tidak diisi")
        covered = covered_area(forest, other, pack)
        limit = pack.limits["partial_cover"]
        note = f"{told(forest)} + {told(limit.value)} x {told(other)}"
        steps.append(Step("ltl", "Luas tutupan lahan", covered, "ha", limit.article, limit.standing, note))
    elif forest is not None and other is not None:
        doubted = two_ways("luas_tutupan", covered, "hutan dan tutupan_lain", covered_area(forest, other, pack))
    if covered > area:
        raise row.problem("luas_wilayah", f"{told(area)} lebih kecil dari luas tutupan {told(covered)}")
    share, peat = covered / area * 100, row.number("dkk") or Decimal(0)
    index = land_quality_index(share, peat, pack)
    ideal = pack.value("ideal_cover_pct")
    short = (ideal - (share - peat)) * area / 100
    sentences = [f"Tutupan {told(share, 2)} % dari wilayah; acuan idealnya {told(ideal)} %."]
    if short > 0:
        sentences.append(f"IKL 100 memerlukan tambahan tutupan {told(short, 2)} ha.")
    return Case(
        key=key,
        pack=pack,
        results={"ikl": limited(index), "tutupan_persen": limited(share)},
        steps=(
            *steps,
            Step("bagian_tutupan", "Bagian bertutupan", share, "%"),
            Step("dkk_dipakai", "Dampak kebakaran dan kanal", peat, "%"),
            Step("ikl_tepat", "IKL sebelum dibatasi dan dibulatkan", index, note=limited_note(index)),
        ),
        explanation=(
            *sentences,
            *doubted,
            f"IKL {told(limited(index))} berjarak {told(FULL - limited(index))} dari 100.",
        ),
        rounding=LIMITED,
        article="IKL = 100 - (84,3 - (LTL / LW x 100 - DKK)) x 50 / 54,3",
    )


SCHEME = Scheme(
    id=ID,
    title="Indeks kualitas lahan (IKL, juga disebut IKTL)",
    about="Satu baris = satu daerah pada satu tahun. Isi luas_tutupan, atau hutan dan tutupan_lain.",
    awaits=Awaited(
        "Smart Environment",
        "Indeks kualitas lahan (IKL)",
        "DLH",
        "luas tutupan hutan dan vegetasi lain, dan luas wilayah, tiap tahun",
    ),
    columns=(
        REGION,
        YEAR,
        amount("luas_wilayah", "luas wilayah", "ha", "98438", required=True),
        amount("luas_tutupan", "luas tutupan lahan (LTL) bila sudah dihitung", "ha", "32100"),
        amount("hutan", "luas hutan", "ha", "27800"),
        amount("tutupan_lain", "belukar di kawasan hutan atau lereng, RTH, kebun raya, rehabilitasi", "ha", "7150"),
        amount("dkk", "dampak kebakaran dan kanal, hanya daerah bergambut", "%", "0"),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,luas_wilayah,hutan,tutupan_lain\nContoh,2025,98438,27800,7150\n",
)
