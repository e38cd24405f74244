"""One evaluation by an index pack: parts and index with their steps, checked against what was published, explained.

Refuses to mix assessors: a self-assessment and an assessor's result are two cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from warehouse.evaluation.index_checks import BASIS_WORDS, beside_published
from warehouse.evaluation.index_rows import pack_for, read_given, year_of
from warehouse.evaluation.index_words import possible_predikat, room_sentence, standing_sentence, told, way_up_sentence
from warehouse.evaluation.model import Case, Request, Row, Step, Value
from warehouse.figures import ValueStatus
from warehouse.indicators.spbe.weighted_index import FROM_LEVELS, Given, Part, Resolved, resolve
from warehouse.rules import IndexPack, RuleBook


def evaluate_rows(scheme: str, rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    cases = [_case(scheme, row, rules, request) for row in rows]
    return [_beside_other_assessor(case, cases) for case in cases]


def rounding_words(pack: IndexPack) -> str:
    return f"{pack.places} desimal setengah ke atas, sekali di akhir; predikat dari {BASIS_WORDS[pack.predikat_on]}"


def not_covered(scheme: str, year: int | None, rules: RuleBook, ending: str = "") -> str:
    """Why no pack of a scheme judges a year, and which scheme does; `ending` of its name on the command line."""
    others = [pack for pack in rules.index_packs if pack.scheme != scheme and year is not None]
    for pack in others:
        if pack.valid_from.year <= (year or 0) and (pack.valid_until is None or (year or 0) <= pack.valid_until.year):
            judged = f"tahun {year} dinilai dengan Indeks {pack.index_name} ({pack.regulation})"
            return f"{judged}; pakai skema {pack.scheme}{ending}"
    return f"tahun {year} tidak dicakup aturan yang tersedia"


def _case(scheme: str, row: Row, rules: RuleBook, request: Request) -> Case:
    year = year_of(row, request)
    written = row.number("tahun")
    own_year = year if written is None else int(written)
    key: dict[str, Value] = {"tahun": own_year, "instansi": row.text("instansi"), "penilai": row.text("penilai")}
    key = {name: value for name, value in key.items() if value not in (None, "")}
    pack = pack_for(scheme, year, rules, request)
    if pack is None:
        return Case(key, None, {}, status=ValueStatus.NOT_APPLICABLE, reason=not_covered(scheme, year, rules))
    given = read_given(row, pack)
    if not (given.levels or given.aspects or given.domains):
        return Case(key, pack, {}, status=ValueStatus.NO_DATA, reason="tidak ada tingkat atau nilai yang diisi")
    resolved = resolve(given, pack)
    index = resolved.index
    checks, said = beside_published(row, given, resolved, pack)
    case = Case(
        key=key,
        pack=pack,
        article=pack.article,
        rounding=rounding_words(pack),
        results=_results(resolved, pack) | checks,
        steps=_steps(resolved, pack),
    )
    if not index.is_known:
        return replace(case, status=ValueStatus.INCOMPLETE, reason=_missing(given, resolved, pack), explanation=said)
    sentences = [standing_sentence(index.value, pack), room_sentence(resolved, pack)]
    sentences += [] if index.basis == FROM_LEVELS else [_from_decimals(index, pack)]
    sentences.append(way_up_sentence(given.levels, index.value, pack))
    return replace(case, explanation=(*sentences, *said))


def _results(resolved: Resolved, pack: IndexPack) -> dict[str, Value]:
    index = resolved.index
    results: dict[str, Value] = {
        "indeks": pack.round(index.value) if index.is_known else None,
        "predikat": pack.predikat(index.value) if index.is_known else None,
    }
    for name, possible in (("indeks", index.rounded(pack.places)), ("predikat", possible_predikat(index, pack))):
        if len(possible) > 1:
            results[f"{name}_mungkin"] = " atau ".join(str(one) for one in possible)
    for kind, parts in (("domain", resolved.domains), ("aspek", resolved.aspects)):
        results |= {f"{kind}_{part.item.no}": pack.round(part.value) for part in parts if part.is_known}
    return results


def _steps(resolved: Resolved, pack: IndexPack) -> tuple[Step, ...]:
    steps = []
    for kind, parts in (("aspek", resolved.aspects), ("domain", resolved.domains)):
        steps += [_step(f"{kind}_{part.item.no}", f"{kind.capitalize()} {part.item.no} {part.item.name}", part, pack)
                  for part in parts if part.is_known]  # fmt: skip
    if resolved.index.is_known:
        if resolved.index.basis != FROM_LEVELS:
            plain = resolved.index.plain / pack.total_weight
            label = f"Indeks {pack.index_name} dari nilai yang sudah dibulatkan, apa adanya"
            steps.append(Step("indeks_desimal", label, plain, "", pack.article, pack.standing))
        steps.append(_step("indeks_tepat", f"Indeks {pack.index_name} sebelum dibulatkan", resolved.index, pack))
        own = next((band for band in pack.bands if band.name == pack.predikat(resolved.index.value)), None)
        if own is not None:
            label = f"Batas bawah predikat {own.name}"
            steps.append(Step("batas_bawah", label, own.lower, standing=pack.bands_standing))
    return tuple(steps)


def _step(name: str, label: str, part: Part, pack: IndexPack) -> Step:
    share = told(part.item.weight * 100 / pack.total_weight)
    note = f"bobot {share} %, dari {part.basis}"
    if len(part.candidates) > 1:
        note += f"; jumlah tingkat yang mungkin: {len(part.candidates)}"
    return Step(name, label, part.value, "", pack.article, pack.standing, note)


def _from_decimals(index: Part, pack: IndexPack) -> str:
    opening = f"Dihitung dari {index.basis} yang sudah dibulatkan"
    possible = index.rounded(pack.places)
    if not index.is_exact:
        return f"{opening}, apa adanya: indeks dapat meleset 0,01."
    if len(possible) > 1:
        either = " atau ".join(told(value) for value in possible)
        classes = possible_predikat(index, pack)
        said = f"{opening}; jumlah tingkat bulat yang cocok memberi indeks {either}, dipakai yang terdekat"
        return f"{said}; predikatnya {' atau '.join(classes)}." if len(classes) > 1 else f"{said}."
    return f"{opening}; jumlah tingkat bulat di baliknya hanya memberi indeks {told(possible[0])}."


def _missing(given: Given, resolved: Resolved, pack: IndexPack) -> str:
    """Which aspects lack which indicators; an aspect whose domain is known lacks nothing."""
    known = {part.item.no for part in resolved.domains if part.is_known}
    words: dict[int | None, list[str]] = {}
    for part in resolved.aspects:
        if part.is_known or part.item.parent_no in known:
            continue
        own = [item for item in pack.indicators if item.parent_no == part.item.no]
        lacking = [item.label for item in own if item.no not in given.levels]
        some = f" (indikator {', '.join(lacking)})" if len(lacking) < len(own) else ""
        words.setdefault(part.item.parent_no, []).append(f"aspek {part.item.no}{some}")
    told_parts = [
        f"domain {domain} atau {', '.join(aspects)}" if given.domains else ", ".join(aspects)
        for domain, aspects in words.items()
    ]
    return f"indeks tidak dihitung, belum ada nilai {'; '.join(told_parts) if given.domains else ', '.join(told_parts)}"


def _beside_other_assessor(case: Case, cases: Sequence[Case]) -> Case:
    """The difference between the self-assessment and the assessor of one institution and year."""
    named = {name: case.key.get(name) for name in ("tahun", "instansi")}
    pair: dict[str, Decimal] = {}
    for other in cases:
        value = other.results.get("indeks")
        if isinstance(value, Decimal) and {name: other.key.get(name) for name in named} == named:
            pair[str(other.key.get("penilai"))] = value
    if case.status is not ValueStatus.CALCULATED or not {"mandiri", "asesor"} <= pair.keys():
        return case
    gap = told(pair["mandiri"] - pair["asesor"])
    words = f"Penilaian mandiri {told(pair['mandiri'])}, asesor {told(pair['asesor'])}: selisih {gap}."
    return replace(case, explanation=(*case.explanation, words))
