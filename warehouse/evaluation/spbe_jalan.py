"""`spbe-jalan` and `pemdi-jalan`: the cheapest ways to a predikat, with costs, pins and exclusions of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from warehouse.evaluation.index_cases import not_covered, rounding_words
from warehouse.evaluation.index_rows import PREDIKAT_ON, pack_for
from warehouse.evaluation.index_words import (
    moves_words,
    next_band,
    path_sentence,
    plan_words,
    standing_sentence,
    told,
)
from warehouse.evaluation.model import Case, Column, InputProblem, Option, Request, Row, Scheme, Step, Value
from warehouse.figures import ValueStatus
from warehouse.formulas.path_to_predikat import Move, Paths, Plan, Start, cheapest_paths, what_if
from warehouse.indicators.model import write_number
from warehouse.indicators.spbe.weighted_index import index_of
from warehouse.rules import Band, IndexPack, RuleBook

NEXT = "berikutnya"
YES, NO = "ya", "tidak"


def evaluate(scheme: str, rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    """The whole file is one case."""
    pack = pack_for(scheme, request.year, rules, request)
    if pack is None:
        reason = not_covered(scheme, request.year, rules, "-jalan")
        return [Case({}, None, {}, status=ValueStatus.NOT_APPLICABLE, reason=reason)]
    starts = _starts(rows, pack)
    key: dict[str, Value] = {"indeks": pack.index_name, "target": request.options["target"]}
    known = {start.no for start in starts}
    missing = [item.label for item in pack.indicators if item.no not in known]
    if missing:
        reason = f"tingkat indikator {', '.join(missing)} belum diisi"
        return [Case(key, pack, {}, status=ValueStatus.INCOMPLETE, reason=reason)]
    index = index_of({start.no: start.level for start in starts}, pack)
    target = _target(index, pack, request.options["target"])
    try:
        found = cheapest_paths(tuple(starts), pack, target)
    except ValueError as error:
        raise InputProblem([str(error)]) from error
    case = _case(key, found, index, target, pack)
    changes = {start.no: value for start, row in starts.items() if (value := row.number("andai")) is not None}
    return [_supposed(case, {start.no: start.level for start in starts}, changes, pack) if changes else case]


def _starts(rows: Sequence[Row], pack: IndexPack) -> dict[Start, Row]:
    numbers = {item.label: item.no for item in pack.indicators}
    starts: dict[Start, Row] = {}
    for row in rows:
        no, level = numbers.get(row.text("no")), row.number("level")
        if no is None:
            raise row.problem("no", f"{pack.regulation} tidak punya indikator {row.text('no')}, contoh yang benar 12")
        if any(no == start.no for start in starts):
            raise row.problem("no", f"indikator {row.text('no')} ditulis dua kali")
        if level is None:
            continue
        for name in ("level", "paling_sedikit", "paling_tinggi", "andai"):
            _refuse_level(row, name, pack)
        at_most = level if row.text("boleh") == NO else row.number("paling_tinggi")
        cost = row.number("biaya")
        cost = Decimal(1) if cost is None else cost
        starts[Start(no, level, cost, row.number("paling_sedikit"), at_most)] = row
    return starts


def _refuse_level(row: Row, name: str, pack: IndexPack) -> None:
    value = row.number(name)
    if value is None:
        return
    whole = value == value.to_integral_value() or (pack.is_fractional and name in ("level", "andai"))
    if not whole or not pack.lowest_level <= value <= pack.highest_level:
        kind = "" if pack.is_fractional and name in ("level", "andai") else "bulat "
        span = f"{pack.lowest_level} sampai {pack.highest_level}"
        raise row.problem(name, f"{value} bukan tingkat {kind}{span}, contoh yang benar 3")


def _target(index: Decimal, pack: IndexPack, name: str) -> Band:
    if name == NEXT:
        return next_band(index, pack) or pack.bands[-1]
    return next(band for band in pack.bands if band.name == name)


def _case(key: dict[str, Value], found: Paths, index: Decimal, target: Band, pack: IndexPack) -> Case:
    steps = [
        Step("indeks_tepat", "Indeks sekarang sebelum dibulatkan", index, "", pack.article, pack.standing),
        Step("batas", f"Indeks terendah untuk {target.name}", found.lower_limit, standing=pack.bands_standing),
        Step("indeks_tertinggi", "Indeks tertinggi yang mungkin dicapai", found.highest_index),
    ]
    for no, plan in enumerate(found.plans, 1):
        steps += [
            Step(f"rencana_{no}_biaya", f"Rencana {no}: biaya", plan.cost),
            Step(f"rencana_{no}_langkah", f"Rencana {no}: langkah", plan.step_count),
            Step(f"rencana_{no}_indeks", f"Rencana {no}: indeks sesudahnya", plan.index, note=plan.predikat),
            Step(f"rencana_{no}", f"Rencana {no}", moves_words(plan.moves, pack) or "tidak ada kenaikan",
                 note=_instead(plan, pack)),
        ]  # fmt: skip
    steps += [_move_step(move, pack) for plan in found.plans[:1] for move in plan.moves]
    results: dict[str, Value] = {"indeks": pack.round(index), "predikat": pack.predikat(index), "target": target.name}
    if found.plans:
        best = found.plans[0]
        results |= {"biaya": best.cost, "langkah": best.step_count, "indeks_sesudah": pack.round(best.index),
                    "predikat_sesudah": best.predikat, "indikator": moves_words(best.moves, pack)}  # fmt: skip
    results["tercapai"] = YES if found.plans else NO
    said = [standing_sentence(index, pack), path_sentence(found, target, pack, f"Jalan termurah ke {target.name}")]
    said += [f"Rencana {no}, biaya {told(p.cost)}: {plan_words(p, pack)}." for no, p in enumerate(found.plans[1:], 2)]
    return Case(
        key=key,
        pack=pack,
        article=pack.article,
        rounding=rounding_words(pack),
        results=results,
        steps=tuple(steps),
        explanation=tuple(said),
    )


def _move_step(move: Move, pack: IndexPack) -> Step:
    """One indicator of the best plan by its name."""
    item = next(one for one in pack.indicators if one.no == move.no)
    levels = f"{write_number(move.before)} ke {write_number(move.after)}"
    note = f"biaya {told(move.cost)}"
    label = f"Indikator {item.label} {item.name}"
    return Step(
        f"rencana_1_indikator_{item.label}",
        label,
        levels,
        "",
        pack.article,
        item.name_standing or pack.names_standing,
        note,
    )


def _supposed(case: Case, levels: dict[int, Decimal], changes: dict[int, Decimal], pack: IndexPack) -> Case:
    """What the index would be at the levels supposed."""
    index, predikat = what_if(levels, changes, pack)
    results: dict[str, Value] = {"indeks_andai": pack.round(index), "predikat_andai": predikat}
    moves = moves_words([Move(no, levels[no], changes[no], Decimal(0)) for no in changes], pack)
    said = f"Andai indikator {moves}: indeks {told(index)}, {predikat or 'tanpa predikat'}."
    step = Step("indeks_andai_tepat", "Indeks andai sebelum dibulatkan", index, "", pack.article, pack.standing)
    return replace(
        case, results={**case.results, **results}, steps=(*case.steps, step), explanation=(*case.explanation, said)
    )


def _instead(plan: Plan, pack: IndexPack) -> str:
    """Which moves others of the same weight and cost could take over."""
    labels = {item.no: item.label for item in pack.indicators}
    moved = {move.no for move in plan.moves}
    alike: dict[tuple[int, ...], list[str]] = {}
    for move in plan.moves:
        alike.setdefault(tuple(no for no in move.instead if no not in moved), []).append(labels[move.no])
    words = [
        f"{', '.join(own)} dapat diganti {', '.join(labels[no] for no in others)}"
        for others, own in alike.items()
        if others
    ]
    return "; ".join(words)


def _target_option(names: Sequence[str]) -> Option:
    return Option("target", (NEXT, *names), "berikutnya: predikat tepat di atas yang sekarang.")


SPBE = Scheme(
    id="spbe-jalan",
    title="Jalan menuju predikat SPBE",
    about="Satu baris satu indikator; satu berkas satu instansi, tahun aturannya dari --year. Keluar: kenaikan tingkat "
    "termurah ke predikat yang dipilih dan tiga rencana lain. Tanpa biaya, yang dicari langkah paling sedikit.",
    columns=(
        Column("no", "nomor indikator; indikator 35 tahun 2018-2020: 35, 35-2, 35-3", kind="text", example="12"),
        Column("level", "tingkat sekarang", required=False, example="3", lowest=Decimal(0), highest=Decimal(5)),
        Column(
            "biaya",
            "biaya menaikkan satu tingkat, satuan bebas; kosong berarti 1",
            required=False,
            example="2.5",
            lowest=Decimal("0.01"),
        ),
        Column("boleh", "tidak: jangan dinaikkan", kind="text", required=False, choices=(YES, NO)),
        Column("paling_sedikit", "tingkat yang pasti harus dicapai", required=False, example="4"),
        Column("paling_tinggi", "tingkat tertinggi yang mungkin dicapai", required=False, example="4"),
        Column("andai", "tingkat andai-andai: keluar indeks dan predikatnya", required=False, example="4"),
    ),
    options=(_target_option(("Memuaskan", "Sangat Baik", "Baik", "Cukup")), PREDIKAT_ON),
    evaluate=partial(evaluate, "spbe"),
    sample="no,level,biaya,boleh,paling_sedikit,paling_tinggi\n"
    + "".join(
        f"{no},{3 if no < 32 else 4},{1 if no < 32 else 2},{'tidak' if no == 29 else ''},{4 if no == 1 else ''},"
        f"{4 if no in (16, 17) else ''}\n"
        for no in range(1, 48)
    ),
)
PEMDI = replace(
    SPBE,
    id="pemdi-jalan",
    title="Jalan menuju predikat Pemdi",
    evaluate=partial(evaluate, "pemdi"),
    sample="no,level,biaya\n" + "".join(f"{no},{'2.6' if no in (5, 6, 7, 18) else 3},1\n" for no in range(1, 21)),
)
