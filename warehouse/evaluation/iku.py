"""`iku`: the air quality index of a year from NO2 and SO2, of the region or of its four kinds of site."""

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
from warehouse.evaluation.model import Awaited, Case, Column, Request, Row, Scheme, Step
from warehouse.figures import ValueStatus
from warehouse.formulas.air_quality_index import air_quality_index, exposure_for, exposure_ratio
from warehouse.rules import LimitsPack, RuleBook

ID = "iku"
GASES = {"no2": "NO2", "so2": "SO2"}
SITES = ("transportasi", "industri", "permukiman", "perkantoran")


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.limits(ID)
    return [_case(row, pack) for row in rows]


def _case(row: Row, pack: LimitsPack) -> Case:
    key = key_of(row, "daerah", "tahun")
    ieu, steps, sentences = row.number("ieu"), [], []
    means, missing = _means(row)
    if ieu is not None and not missing:
        sentences += two_ways("Ieu", ieu, "NO2 dan SO2", exposure_ratio(means["no2"], means["so2"], pack))
    if ieu is None:
        if missing:
            return refused(key, pack, ValueStatus.INCOMPLETE, f"{', '.join(missing)} tidak diisi")
        ieu = exposure_ratio(means["no2"], means["so2"], pack)
        for gas, mean in means.items():
            limit = pack.limits[f"{gas}_reference"]
            steps.append(Step(f"{gas}_rata", f"{GASES[gas]} rata-rata setahun", mean, "ug/m3"))
            steps.append(
                Step(f"{gas}_rasio", f"{GASES[gas]} terhadap acuan {told(limit.value)}", mean / limit.value,
                     article=limit.article, standing=limit.standing)
            )  # fmt: skip
        ratios = {gas: mean / pack.value(f"{gas}_reference") for gas, mean in means.items()}
        binding = max(ratios, key=lambda gas: ratios[gas])
        sentences.append(f"Yang paling menahan {GASES[binding]}: {told(ratios[binding])} kali acuannya.")
    index = air_quality_index(ieu, pack)
    clean = exposure_for(FULL, pack)
    sentences.append(f"IKU {told(limited(index))} berjarak {told(FULL - limited(index))} dari 100.")
    if ieu > clean:
        sentences.append(f"IKU 100 tercapai bila Ieu turun dari {told(ieu)} menjadi {told(clean)}.")
    return Case(
        key=key,
        pack=pack,
        results={"iku": limited(index), "ieu": ieu},
        steps=(
            *steps,
            Step("ieu_dipakai", "Ieu, rata-rata kedua rasio", ieu),
            Step("iku_tepat", "IKU sebelum dibatasi dan dibulatkan", index, note=limited_note(index)),
        ),
        explanation=tuple(sentences),
        rounding=LIMITED,
        article="IKU = 100 - (50 / 0,9) x (Ieu - 0,1)",
    )


def _means(row: Row) -> tuple[dict[str, Decimal], list[str]]:
    """Yearly means by gas, and the columns that are missing for one."""
    means, missing = {}, []
    for gas in GASES:
        sites = {site: row.number(f"{gas}_{site}") for site in SITES}
        given = [value for value in sites.values() if value is not None]
        whole = row.number(gas)
        if whole is not None:
            means[gas] = whole
        elif len(given) == len(SITES):
            means[gas] = sum(given, Decimal(0)) / len(SITES)
        else:
            missing += [f"{gas}_{site}" for site, value in sites.items() if value is None] if given else [gas]
    return means, missing


SCHEME = Scheme(
    id=ID,
    title="Indeks kualitas udara",
    about=(
        "Satu baris = satu daerah pada satu tahun. Isi rata-rata setahun NO2 dan SO2, atau keempat jenis lokasinya, "
        "atau langsung Ieu."
    ),
    awaits=Awaited(
        "Smart Environment", "Indeks kualitas udara (IKU)", "DLH",
        "rata-rata setahun NO2 dan SO2 di empat jenis lokasi",
    ),
    columns=(
        REGION,
        YEAR,
        *(amount(gas, f"{label} rata-rata setahun seluruh lokasi", "ug/m3", "12.4") for gas, label in GASES.items()),
        *(
            amount(f"{gas}_{site}", f"{label} rata-rata setahun di lokasi {site}", "ug/m3", "12.4")
            for gas, label in GASES.items()
            for site in SITES
        ),
        Column("ieu", "rata-rata rasio terhadap acuan, bila sudah dihitung", required=False, example="0.262",
               lowest=Decimal(0)),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,no2,so2\nContoh,2025,12.4,5.6\n",
)  # fmt: skip
