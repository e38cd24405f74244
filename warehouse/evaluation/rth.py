"""`rth`: the share of green space in a city against 30, 20 and 10 percent, and the area that is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from warehouse.evaluation.cases import REGION, YEAR, amount, day_of, key_of, refused, told, told_enough
from warehouse.evaluation.model import Awaited, Case, Request, Row, Scheme, Step, Value
from warehouse.figures import ValueStatus
from warehouse.indicators.model import percent
from warehouse.rules import LimitsPack, RuleBook, round_half_up

ID = "rth"
KINDS = {"publik": "public_pct", "privat": "private_pct", "seluruh": "total_pct"}


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.limits(ID)
    return [_case(row, pack, request) for row in rows]


def _case(row: Row, pack: LimitsPack, request: Request) -> Case:
    """Share of green space; needs both kinds, for the whole is their sum."""
    key = key_of(row, "daerah", "tahun")
    city, public, private = row.number("luas_kota") or Decimal(0), row.number("publik"), row.number("privat")
    if not city:
        raise row.problem("luas_kota", "tidak boleh nol, contoh yang benar 2048")
    if public is None or private is None:
        missing = [name for name, value in (("publik", public), ("privat", private)) if value is None]
        known = {name: value for name, value in (("publik", public), ("privat", private)) if value is not None}
        return replace(
            refused(key, pack, ValueStatus.INCOMPLETE, f"{', '.join(missing)} tidak diisi"),
            results={f"rth_{name}_persen": round_half_up(percent(area, city), 2) for name, area in known.items()},
        )
    if public + private > city:
        raise row.problem("luas_kota", f"{told(city)} lebih kecil dari jumlah RTH {told(public + private)}")
    areas = {"publik": public, "privat": private, "seluruh": public + private}
    shares = {name: percent(area, city) for name, area in areas.items()}
    gaps = {name: pack.value(limit) - shares[name] for name, limit in KINDS.items()}
    results: dict[str, Value] = {f"rth_{name}_persen": round_half_up(share, 2) for name, share in shares.items()}
    results |= {f"rth_{name}_memenuhi": "tidak" if gap > 0 else "ya" for name, gap in gaps.items()}
    short = {name: gap for name, gap in gaps.items() if gap > 0}
    sentences = [_sentence(name, gap, city, pack) for name, gap in gaps.items()]
    if short:
        sentences.append(f"Yang paling jauh dari batasnya RTH {max(short, key=lambda name: short[name])}.")
    day = day_of(request, row)
    if day is not None and day < pack.valid_from:
        sentences.append(f"{pack.regulation} berlaku mulai {pack.valid_from.year}; dipakai juga untuk tahun ini.")
    return Case(
        key=key,
        pack=pack,
        results=results,
        steps=tuple(
            Step(f"rth_{name}", f"RTH {name} terhadap luas kota", share, "%", pack.limits[KINDS[name]].article)
            for name, share in shares.items()
        ),
        explanation=tuple(sentences),
        rounding="Dua angka desimal, setengah ke atas; batas dinilai pada nilai yang belum dibulatkan",
        article="Pasal 29",
    )


def _sentence(name: str, gap: Decimal, city: Decimal, pack: LimitsPack) -> str:
    limit = told(pack.value(KINDS[name]))
    if gap > 0:
        hectares = told_enough(gap * city / 100, 2)
        return f"RTH {name} kurang {told_enough(gap, 2)} poin persen dari {limit} %, setara {hectares} ha."
    return f"RTH {name} {told(-gap, 2)} poin persen di atas batas {limit} %, setara {told(-gap * city / 100, 2)} ha."


SCHEME = Scheme(
    id=ID,
    title="Ruang terbuka hijau kota",
    about="Satu baris = satu kota pada satu tahun; luas dalam hektare.",
    awaits=Awaited(
        "Smart Environment",
        "Ruang terbuka hijau",
        "Dinas pengelola pertamanan",
        "luas ruang terbuka hijau publik dan privat, tiap tahun",
    ),
    columns=(
        REGION,
        YEAR,
        amount("luas_kota", "luas kota", "ha", "2048", required=True),
        amount("publik", "luas RTH publik", "ha", "210.5"),
        amount("privat", "luas RTH privat", "ha", "160"),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,luas_kota,publik,privat\nContoh,2025,2048,310.5,230\n",
)
