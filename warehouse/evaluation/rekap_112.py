"""`112-rekap`: published call counts of a centre, added up again; what does not fit is told, not mended."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.model import Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.words import number
from warehouse.figures import ValueStatus
from warehouse.formulas.call_totals import (
    FALSE_KINDS,
    KINDS,
    OF_KINDS,
    Totals,
    counts_of_share,
    split_mismatch,
    total_up,
)
from warehouse.rules import RuleBook, round_half_up

SCHEME_ID = "112-rekap"
RULES = "layanan_112"
PLACES = 2
AUTOMATIC = "otomatis"
BASES = (AUTOMATIC, "masuk", "terhubung", "diangkat", OF_KINDS)
COUNTS = {
    "masuk": "panggilan masuk",
    "putus": "putus sebelum sampai petugas",
    "terhubung": "sampai ke petugas",
    "diangkat": "diangkat petugas, bila dihitung tersendiri",
    "darurat": "kejadian darurat (normal)",
    "informasi": "permintaan informasi",
    "prank": "panggilan iseng",
    "ghost": "tanpa suara",
    "prank_ghost": "iseng dan tanpa suara bila dihitung jadi satu",
    "tak_berjenis": "tanpa jenis",
    "dikirim": "petugas dikirim",
    "tiba": "petugas tiba",
    "selesai": "tiket selesai",
}
SHARES = tuple(f"{kind}_pct" for kind in KINDS)


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    base = request.options["dasar"]
    return [_case(row, rules, "" if base == AUTOMATIC else base) for row in rows]


def _case(row: Row, rules: RuleBook, base: str) -> Case:
    pack = rules.limits(RULES)
    key: dict[str, Value] = {"wilayah": row.text("wilayah"), "periode": row.text("periode")}
    given = {name: int(value) for name in COUNTS if (value := row.number(name)) is not None}
    printed = {name: value for name in SHARES if (value := row.number(name)) is not None}
    if not given:
        return Case(key, pack, {}, status=ValueStatus.NO_DATA, reason="tidak ada satu pun jumlah panggilan")
    found = total_up(given, base)
    results: dict[str, Value] = {**found.flow, **found.kinds}
    results |= {"jumlah_jenis": found.kinds_sum if found.kinds else None, "sisa_tanpa_jenis": found.remainder}
    results |= {f"{kind}_pct": _rounded(found.share_pct(kind)) for kind in found.kinds}
    results["iseng_pct"] = _rounded(found.share_pct(*FALSE_KINDS))
    masuk, putus = found.flow.get("masuk"), found.flow.get("putus")
    results["putus_pct"] = _rounded(Decimal(putus) * 100 / masuk) if masuk and putus is not None else None
    told = [*_tell_flow(found, given), *_tell_kinds(found), *_tell_printed(found, printed)]
    contradicts = bool(found.faults or (found.remainder or 0) < 0 or split_mismatch(given) or _off(found, printed))
    results["cocok"] = "tidak" if contradicts else "ya"
    return Case(
        key=key,
        pack=pack,
        article="jumlah bagian dibandingkan dengan keseluruhannya",
        rounding=f"{PLACES} desimal setengah ke atas",
        results=results,
        steps=tuple(_steps(found, printed)),
        explanation=tuple(told),
    )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round_half_up(value, PLACES)


def _steps(found: Totals, printed: dict[str, Decimal]) -> list[Step]:
    steps = [
        Step(f"jumlah_{name}", COUNTS[name], value, "panggilan",
             note="dihitung dari selisih" if name in found.derived else "seperti diisi")
        for name, value in found.flow.items()
    ]  # fmt: skip
    steps.append(Step("dasar_bagian", "Bagian dihitung terhadap", COUNTS.get(found.base, "jumlah semua jenis")))
    steps.append(Step("jumlah_jenis", "Jumlah semua jenis", found.kinds_sum, "panggilan"))
    if printed:
        steps.append(Step("jumlah_persen_terbit", "Jumlah persen yang diterbitkan", sum(printed.values()), "%"))
    return steps


def _tell_flow(found: Totals, given: dict[str, int]) -> list[str]:
    told = []
    flow = found.flow
    if {"masuk", "putus", "terhubung"} <= set(flow):
        off = split_mismatch(given)
        if off:
            word = "lebih" if off > 0 else "kurang"
            told.append(
                f"Putus {number(flow['putus'])} dan terhubung {number(flow['terhubung'])} berjumlah "
                f"{number(flow['putus'] + flow['terhubung'])}, {word} {number(abs(off))} dari {number(flow['masuk'])} "
                "yang masuk."
            )
        else:
            masuk, putus, terhubung = (number(flow[name]) for name in ("masuk", "putus", "terhubung"))
            told.append(f"{masuk} masuk = {putus} putus + {terhubung} terhubung.")
    for name, part, whole in found.faults:
        told.append(f"{COUNTS[name].capitalize()} {number(part)} lebih banyak dari keseluruhannya {number(whole)}.")
    return told


def _tell_kinds(found: Totals) -> list[str]:
    if not found.kinds:
        return ["Tidak ada jenis panggilan yang dihitung."]
    said = f"Jumlah jenis {number(found.kinds_sum)}"
    if found.remainder is None or found.whole is None:
        return [f"{said}, tanpa keseluruhan untuk dibandingkan."]
    whole = f"{number(found.whole)} ({COUNTS[found.base]})"
    if found.remainder < 0:
        return [f"{said} lebih {number(-found.remainder)} dari {whole}: bagian melebihi keseluruhan."]
    if found.remainder:
        return [f"{said} dari {whole}: {number(found.remainder)} panggilan tidak disebut jenisnya."]
    false = found.share_pct(*FALSE_KINDS)
    share = "" if false is None else f"; iseng dan tanpa suara {number(false)} %"
    return [f"{said} sama dengan {whole}{share}."]


def _off(found: Totals, printed: dict[str, Decimal]) -> list[str]:
    """Printed shares that the counts do not give, and shares that do not make 100."""
    off = []
    for name, pct in printed.items():
        computed = found.share_pct(name.removesuffix("_pct"))
        places = max(-int(pct.as_tuple().exponent), 0)
        if computed is not None and round_half_up(computed, places) != pct:
            off.append(f"{name.removesuffix('_pct')} terbit {number(pct)} %, hitungan {number(computed)} %.")
    total = sum(printed.values(), Decimal(0))
    slack = sum((Decimal(1).scaleb(int(pct.as_tuple().exponent)) / 2 for pct in printed.values()), Decimal(0))
    if len(printed) > 1 and total > 100 + slack:
        off.append(f"Persen yang diterbitkan berjumlah {number(total)} %, lebih dari 100 %.")
    elif {"darurat_pct", "prank_pct", "ghost_pct", "informasi_pct"} <= set(printed) and total < 100 - slack:
        off.append(f"Persen yang diterbitkan berjumlah {number(total)} %, bukan 100 %.")
    return off


def _tell_printed(found: Totals, printed: dict[str, Decimal]) -> list[str]:
    told = _off(found, printed)
    whole = found.whole
    for name, pct in printed.items():
        kind = name.removesuffix("_pct")
        if whole is None or kind in found.kinds:
            continue
        span = counts_of_share(pct, whole)
        if span is None:
            told.append(f"{kind} {number(pct)} % dari {number(whole)} bukan jumlah panggilan yang bulat.")
        else:
            said = number(span[0]) if span[0] == span[1] else f"{number(span[0])} sampai {number(span[1])}"
            told.append(f"{kind} {number(pct)} % dari {number(whole)} sama dengan {said} panggilan.")
    return told


SCHEME = Scheme(
    id=SCHEME_ID,
    title="Rekap panggilan 112 yang sudah dihitung",
    about="Satu baris satu pusat panggilan dan periode, seperti diterbitkan. Keluar: bagian yang dapat dihitung, "
    "persen tiap jenis, dan di mana jumlah bagian tidak sama dengan keseluruhannya.",
    columns=(
        Column("wilayah", "pusat panggilan", kind="text", required=False),
        Column("periode", "periode", kind="text", required=False),
        *(
            Column(name, meaning, "panggilan", "integer", required=False, lowest=Decimal(0))
            for name, meaning in COUNTS.items()
        ),
        *(
            Column(name, f"persen {name.removesuffix('_pct')} seperti diterbitkan", "%", required=False,
                   lowest=Decimal(0), highest=Decimal(100))
            for name in SHARES
        ),
    ),
    options=(
        Option("dasar", BASES, "otomatis: persen jenis terhadap yang diangkat, bila tidak ada yang terhubung, bila "
               "tidak ada yang masuk; pusat panggilan menerbitkan persen terhadap dasar yang berbeda-beda."),
    ),
    evaluate=evaluate,
    sample="wilayah,periode,masuk,putus,terhubung,darurat,informasi,prank_ghost\n"
    "Kota Semarang,2025 sampai September,22021,,,9576,3949,8496\nKota Batu,Juni-Desember 2024,61897,57073,,67,,\n",
)  # fmt: skip
