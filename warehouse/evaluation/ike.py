"""`ike`: the energy intensity of an office building in a month, judged as cooled, not cooled, or both."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.cases import amount, key_of, told
from warehouse.evaluation.model import Awaited, Case, Column, Request, Row, Scheme, Step, Value
from warehouse.evaluation.places import place_on, place_sentence
from warehouse.figures import ValueStatus
from warehouse.formulas.energy_intensity import Cooling, cooling_of, intensity, mixed_intensities
from warehouse.rules import LimitsPack, RuleBook, ScalePack, round_half_up

ID = "ike"
NAMES: dict[Cooling, str] = {"ac": "dengan AC", "tanpa_ac": "tanpa AC", "campuran": "sebagian ber-AC"}
UNIT = "kWh/m2/bulan"


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules) for row in rows]


def _case(row: Row, rules: RuleBook) -> Case:
    pack = rules.limits(ID)
    kwh, area = row.number("kwh") or Decimal(0), row.number("luas") or Decimal(0)
    cooled, cooling_kwh = row.number("luas_ac"), row.number("kwh_ac")
    _refuse(row, area, cooled, kwh, cooling_kwh)
    whole = intensity(kwh, area)
    steps = [Step("ike_gedung", "Listrik dibagi luas seluruhnya", whole, UNIT)]
    cooling: Cooling = "campuran"
    reason, found = "luas_ac tidak diisi: kelas gedung ber-AC dan tanpa AC berbeda", dict[Cooling, Decimal]()
    if cooled is not None:
        share = cooled / area * 100
        cooling = cooling_of(share, pack)
        limit = pack.limits["no_ac_share_pct" if cooling == "ac" else "ac_share_pct"]
        steps.append(
            Step("bagian_ac", "Bagian lantai ber-AC", share, "%", limit.article, limit.standing, NAMES[cooling])
        )
        reason = "kwh_ac tidak diisi: gedung yang sebagian ber-AC punya dua nilai"
        if cooling != "campuran":
            found = {cooling: whole}
        elif cooling_kwh is not None:
            found = mixed_intensities(kwh, cooling_kwh, area, cooled)
    return _answer(row, rules, pack, steps, found or reason)


def _answer(
    row: Row, rules: RuleBook, pack: LimitsPack, steps: list[Step], found: dict[Cooling, Decimal] | str
) -> Case:
    key = key_of(row, "gedung", "bulan")
    results: dict[str, Value] = {"ike": round_half_up(Decimal(str(steps[0].value)), 2)}
    if isinstance(found, str):
        return Case(key, pack, results, tuple(steps), status=ValueStatus.INCOMPLETE, reason=found)
    sentences = []
    scales = {cooling: rules.scale(f"ike_{cooling}") for cooling in found}
    for cooling, value in found.items():
        after = "" if len(found) == 1 else f"_{cooling}"
        results |= {f"ike{after}": round_half_up(value, 2), f"kelas{after}": scales[cooling].predikat(value)}
        if after:
            steps.append(Step(f"ike{after}_tepat", f"IKE {NAMES[cooling]}", value, UNIT, standing="ingatan"))
        sentences += _place(scales[cooling], value, NAMES[cooling], row.number("luas"))
    return Case(
        key=key,
        pack=scales[next(iter(found))],
        results=results,
        steps=tuple(steps),
        explanation=tuple(sentences),
        rounding="Dua angka desimal, setengah ke atas; kelas dari nilai yang belum dibulatkan",
        article="IKE = kWh sebulan / luas lantai",
    )


def _place(scale: ScalePack, value: Decimal, name: str, area: Decimal | None) -> list[str]:
    place = place_on(scale, value)
    if place is None:
        return []
    said = [place_sentence(place, f"IKE {name}", UNIT)]
    if place.below is not None and place.to_lower is not None and area is not None:
        said.append(
            f"Kelas {place.below.name} tercapai bila pemakaian turun lebih dari {told(place.to_lower * area, 2)} kWh "
            "sebulan pada luas yang sama."
        )
    return said


def _refuse(row: Row, area: Decimal, cooled: Decimal | None, kwh: Decimal, cooling_kwh: Decimal | None) -> None:
    if not area:
        raise row.problem("luas", "tidak boleh nol, contoh yang benar 5119")
    if cooled is not None and cooled > area:
        raise row.problem("luas_ac", f"{told(cooled)} lebih besar dari luas {told(area)}")
    if cooling_kwh is not None and cooling_kwh > kwh:
        raise row.problem("kwh_ac", f"{told(cooling_kwh)} lebih besar dari kwh {told(kwh)}")


SCHEME = Scheme(
    id=ID,
    title="Intensitas konsumsi energi gedung kantor",
    about="Satu baris = satu gedung pada satu bulan. Bagian lantai ber-AC menentukan kelas mana yang dipakai.",
    awaits=Awaited(
        "Smart Environment",
        "Intensitas energi gedung (IKE)",
        "Setiap OPD yang menempati gedung",
        "pemakaian listrik sebulan dan luas lantai ber-AC dan tanpa AC, tiap gedung",
    ),
    columns=(
        Column("gedung", "nama gedung", kind="text", required=False, example="Balai Kota"),
        Column("bulan", "bulan pemakaian", kind="text", required=False, example="2026-03"),
        amount("kwh", "listrik sebulan", "kWh", "63661", required=True),
        amount("luas", "luas lantai seluruhnya", "m2", "5119", required=True),
        amount("luas_ac", "luas lantai ber-AC", "m2", "4900"),
        amount("kwh_ac", "listrik untuk AC sebulan, bagi gedung yang sebagian ber-AC", "kWh", "30000"),
    ),
    evaluate=evaluate,
    sample="gedung,bulan,kwh,luas,luas_ac,kwh_ac\nBalai Kota,2026-03,63661,5119,4900,\n"
    "Kantor Dinas,2026-03,9000,1800,700,4200\n",
)
