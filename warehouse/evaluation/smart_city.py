"""`smart-city`: the ministry's evaluation of a smart city from its five parts, with the weights of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from warehouse.evaluation.model import Awaited, Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.figures import ValueStatus
from warehouse.indicators.model import write_number
from warehouse.rules import RuleBook, round_half_up
from warehouse.rules.packs import Standing
from warehouse.rules.tables import TablePack

RULES = "smart_city"
PARTS = ("baseline", "output", "outcome", "impact", "quick_win")
LABELS = ("Baseline", "Output: kebijakan, kelembagaan, anggaran", "Outcome: pelaksanaan program masterplan",
          "Impact: manfaat, partisipasi, keberlanjutan", "Quick win: inovasi")  # fmt: skip
PLACES, TOP, HUNDRED = 2, Decimal(4), Decimal(100)


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules.need(TablePack, RULES), request.options["bobot"]) for row in rows]


def _case(row: Row, pack: TablePack, chosen: str) -> Case:
    key: dict[str, Value] = {"daerah": row.text("daerah"), "tahun": row.number("tahun")}
    key = {name: value for name, value in key.items() if value not in (None, "")}
    values = {name: value for name in PARTS if (value := row.number(name)) is not None}
    missing = [name for name in PARTS if name not in values]
    if missing:
        status = ValueStatus.INCOMPLETE if values else ValueStatus.NO_DATA
        return Case(key, pack, {}, status=status, reason=f"bagian belum dinilai: {', '.join(missing)}")
    weights, source, standing = _weights(row, pack, chosen)
    exact = sum((values[name] * weights[name] for name in PARTS), Decimal(0)) / HUNDRED
    index = round_half_up(exact, PLACES)
    results: dict[str, Value] = {"indeks": index}
    said = [_room(values, weights), *_above_top(values), *_beside(row, index, results)]
    steps = [
        Step(f"bagian_{name}", label, values[name] * weights[name] / HUNDRED, "", pack.article, standing,
             f"nilai {write_number(values[name])} x bobot {write_number(weights[name])} %")
        for name, label in zip(PARTS, LABELS, strict=True)
    ]  # fmt: skip
    steps.append(Step("indeks_tepat", "Indeks sebelum dibulatkan", exact, note=f"bobot menurut {source}"))
    return Case(
        key=key,
        pack=pack,
        article=pack.article,
        rounding="2 desimal setengah ke atas, sekali di akhir",
        results=results,
        steps=tuple(steps),
        explanation=tuple(said),
    )


def _weights(row: Row, pack: TablePack, chosen: str) -> tuple[dict[str, Decimal], str, Standing]:
    """The weights of the pack, or the row's own where it gives all five."""
    own = {name: value for name in PARTS if (value := row.number(f"bobot_{name}")) is not None}
    if own:
        total = sum(own.values(), Decimal(0))
        if len(own) < len(PARTS) or total != HUNDRED:
            said = f"kelima bobot harus diisi dan berjumlah 100, di sini {len(own)} berjumlah {total}"
            raise row.problem(f"bobot_{next(iter(own))}", f"{said}, contoh yang benar 10, 20, 30, 20, 20")
        return own, "baris ini", "pilihan daerah"
    table = pack.row(chosen)
    return {name: pack.value(chosen, name) or Decimal(0) for name in PARTS}, table.source, table.standing


def _room(values: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> str:
    """The part whose distance to the top weighs most; 4 appears to be the top of the scale."""
    gains = {name: (TOP - values[name]) * weights[name] / HUNDRED for name in PARTS}
    most = max(PARTS, key=lambda name: gains[name])
    if gains[most] <= 0:
        return f"Tidak ada bagian berbobot di bawah {TOP}, nilai yang tampaknya tertinggi."
    gain = write_number(round_half_up(gains[most], 3))
    return f"Yang paling menahan: {most}, nilai {write_number(values[most])}; bila {TOP}, indeks naik {gain}."


def _above_top(values: Mapping[str, Decimal]) -> list[str]:
    above = [f"{name} {write_number(value)}" for name, value in values.items() if value > TOP]
    return [f"Di atas {TOP}, nilai yang tampaknya tertinggi: {', '.join(above)}; periksa nilainya."] if above else []


def _beside(row: Row, index: Decimal, results: dict[str, Value]) -> list[str]:
    said = []
    before, published = row.number("tahun_lalu"), row.number("terbit")
    if before is not None:
        results["peningkatan"] = index - before
        said.append(f"Dari tahun lalu {write_number(before)}: {write_number(index - before)}.")
    if published is not None:
        results["terbit_sesuai"] = "ya" if published == index else "tidak"
        words = "sesuai" if published == index else f"tidak sesuai, dihitung {write_number(index)}"
        said.append(f"Indeks terbit {write_number(published)}: {words}.")
    return said


def _value(name: str, label: str) -> Column:
    return Column(name, label, "nilai", required=False, example="3.25", lowest=Decimal(0), highest=Decimal(5))


SCHEME = Scheme(
    id="smart-city",
    title="Evaluasi implementasi smart city (Kominfo/Komdigi)",
    about="Satu baris satu daerah dan tahun: nilai lima bagian, tertinggi tampaknya 4. Keluar: indeks, peningkatan. "
    "Bobot tahun lain diisi di kolom bobot_.",
    awaits=Awaited(
        "Masterplan", "Evaluasi smart city Kementerian", "Diskominfo",
        "nilai terbitan lima bagian evaluasi, tiap tahun",
    ),
    columns=(
        Column("daerah", "nama daerah", kind="text", required=False),
        Column("tahun", "tahun evaluasi", kind="integer", required=False, example="2022",
               lowest=Decimal(1945), highest=Decimal(2100)),
        *(_value(name, label) for name, label in zip(PARTS, LABELS, strict=True)),
        _value("tahun_lalu", "indeks tahun sebelumnya"),
        _value("terbit", "indeks terbitan, untuk diperiksa"),
        *(
            Column(f"bobot_{name}", f"bobot {name} bila lain dari pilihan", "%", required=False, example="20",
                   lowest=Decimal(0), highest=HUNDRED)
            for name in PARTS
        ),
    ),
    options=(
        Option(
            "bobot",
            ("10/20/30/20/20", "10/20/30/30/10"),
            "10/20/30/20/20: cocok dengan nilai Kota Kediri 2022 dan berita Jambi; 10/20/30/30/10: halaman Sleman.",
        ),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,baseline,output,outcome,impact,quick_win,tahun_lalu,terbit\n"
    "Kota Kediri,2022,3.60,3.21,3.23,3.07,3.65,3.06,3.31\n",
)  # fmt: skip
