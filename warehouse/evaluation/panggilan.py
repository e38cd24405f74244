"""`112`: the funnel of an emergency line from its call log, and every standard by its own statistic.

What cannot be timed is counted by reason and told with its lines. A percentile of few events is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from warehouse.evaluation.model import Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.panggilan_words import ROUNDED, Standard, standard_step, tell_standard
from warehouse.evaluation.words import number
from warehouse.figures import ValueStatus
from warehouse.formulas.call_log import (
    GENUINE,
    KINDS,
    STAGES,
    STRETCHES,
    Answering,
    Call,
    Funnel,
    Timed,
    count_funnel,
    measure_answering,
    time_incidents,
)
from warehouse.formulas.quantiles import LEAST_FOR_PERCENTILE, quantile_cont, quantile_disc
from warehouse.formulas.service_standards import mean_of, share_within
from warehouse.rules import RuleBook, round_half_up
from warehouse.rules.packs import LimitsPack

SCHEME_ID = "112"
RULES = "layanan_112"
FIRE = ("kebakaran",)
MEDICAL = ("ambulans", "kesehatan")
NINETY = Decimal("0.9")
SHOWN_LINES = 10
KIND_NAMES = {"normal": "darurat", "informasi": "informasi", "prank": "prank", "ghost": "ghost", "": "tak_berjenis"}


@dataclass(frozen=True)
class Log:
    """One centre's calls with all that was counted and timed."""

    funnel: Funnel
    answering: Answering
    timed: Timed
    pack: LimitsPack


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.limits(RULES)
    keeps_answers = "diangkat" in rows[0].cells
    places: dict[str, list[Call]] = {}
    for row in rows:
        places.setdefault(row.text("wilayah"), []).append(_call(row))
    return [_case(place, calls, pack, request, keeps_answers) for place, calls in places.items()]


def _call(row: Row) -> Call:
    is_incident = "jenis" not in row.cells and "diangkat" not in row.cells
    times = {stage: value for stage in STAGES if isinstance(value := row.cells.get(stage), datetime)}
    dropped = row.cells.get("putus")
    return Call(
        line=row.line,
        kind=GENUINE if is_incident else row.text("jenis"),
        incident_type=row.text("kejadian").lower(),
        ticket=row.text("tiket"),
        times=times,
        dropped=dropped if isinstance(dropped, datetime) else None,
    )


def _case(place: str, calls: Sequence[Call], pack: LimitsPack, request: Request, keeps_answers: bool) -> Case:
    log = Log(
        funnel=count_funnel(calls, keeps_answers),
        answering=measure_answering(calls if keeps_answers else (), pack.value("short_call_seconds")),
        timed=time_incidents(calls, request.options["waktu"] == "lengkap", keeps_answers),
        pack=pack,
    )
    standards = _standards(log)
    return Case(
        key={"wilayah": place, "panggilan": len(calls)},
        pack=pack,
        rounding=ROUNDED,
        article="rata-rata untuk SPM kebakaran, bagian dalam batas untuk NFPA dan NENA, persentil untuk batas daerah",
        results=_results(log, standards),
        steps=(*_counted_steps(log), *(standard_step(one) for one in standards), *_percentile_steps(log)),
        explanation=tuple(_tell(log, standards)),
        status=ValueStatus.CALCULATED,
    )


def _standards(log: Log) -> list[Standard]:
    def within(name: str, stretch: str, limit: str, target: str, types: tuple[str, ...] = ()) -> Standard:
        rule, goal = log.pack.limits[limit], log.pack.limits[target]
        if stretch == "jawab":
            found = share_within(log.answering.waits, rule.value, goal.value, log.answering.judged)
        else:
            found = share_within(log.timed.seconds(stretch, types), rule.value, goal.value)
        return Standard(name, rule, found, None, found.total)

    fires = log.timed.seconds("respons", FIRE)
    mean = mean_of(fires)
    spm = Standard(
        "spm_kebakaran",
        log.pack.limits["fire_response_minutes"],
        None,
        None if mean is None else mean / 60,
        len(fires),
    )
    return [
        within("jawab_nfpa", "jawab", "answer_within_seconds", "answered_target_pct"),
        within("jawab_nena_1", "jawab", "nena_first_seconds", "nena_first_pct"),
        within("jawab_nena_2", "jawab", "nena_second_seconds", "nena_second_pct"),
        within("proses", "proses", "process_within_seconds", "process_target_pct"),
        within("bersiap_kebakaran", "bersiap", "turnout_fire_seconds", "field_target_pct", FIRE),
        within("bersiap_medis", "bersiap", "turnout_medical_seconds", "field_target_pct", MEDICAL),
        within("perjalanan_kebakaran", "perjalanan", "travel_seconds", "field_target_pct", FIRE),
        spm,
    ]


def _results(log: Log, standards: Sequence[Standard]) -> dict[str, Value]:
    funnel = log.funnel
    results: dict[str, Value] = {"masuk": funnel.offered, "terhubung": funnel.answered, "putus": funnel.abandoned}
    results |= {name: funnel.kinds.get(kind, 0) for kind, name in KIND_NAMES.items()}
    results |= {"insiden": funnel.incidents, "dikirim": funnel.dispatched, "tiba": funnel.arrived}
    results |= {"selesai": funnel.closed, "putus_pct": _share(funnel.abandoned, funnel.offered)}
    results |= {one.name: one.rounded for one in standards}
    for name in STRETCHES:
        seconds = log.timed.seconds(name)
        mean = mean_of(seconds)
        results[f"rata_{name}_detik"] = None if mean is None else round_half_up(mean, 2)
        results[f"median_{name}_detik"] = median(seconds) if seconds else None
    cont, disc = _percentiles(log)
    results["p90_respons_cont_menit"], results["p90_respons_disc_menit"] = cont, disc
    results["dikecualikan"] = sum(len(lines) for lines in log.timed.excluded.values())
    return results


def _share(part: int | None, whole: int) -> Decimal | None:
    return None if part is None else round_half_up(Decimal(part) * 100 / whole, 2)


def _percentiles(log: Log) -> tuple[Decimal | None, Decimal | None]:
    """Minutes within which nine of ten arrived; None of too few."""
    seconds = log.timed.seconds("respons")
    if len(seconds) < LEAST_FOR_PERCENTILE:
        return None, None
    cont, disc = quantile_cont(seconds, NINETY), quantile_disc(seconds, NINETY)
    return round_half_up(cont / 60, 2), round_half_up(disc / 60, 2)


def _counted_steps(log: Log) -> list[Step]:
    answering = log.answering
    steps = [
        Step("dinilai", "Panggilan yang dinilai kecepatan jawabnya", answering.judged, "panggilan",
             note="dijawab ditambah yang putus sesudah batas panggilan pendek"),
        Step("putus_pendek", "Putus lebih cepat dari batas panggilan pendek", answering.short_abandoned, "panggilan"),
        Step("putus_tanpa_waktu", "Putus tanpa waktu putus, ikut dinilai", answering.undated_abandoned, "panggilan"),
        Step("jawab_urutan_salah", "Tidak dinilai, waktu mendahului panggilan masuk", len(answering.wrong_order),
             "panggilan", note=_lines(answering.wrong_order)),
        Step("jenis_tanpa_jawab", "Jenis tertulis pada panggilan yang tidak diangkat", log.funnel.kinds_unanswered,
             "panggilan", note="dihitung sebagai putus"),
        Step("insiden_berwaktu", "Insiden yang dihitung waktunya", len(log.timed.incidents), "insiden"),
    ]  # fmt: skip
    for reason, lines in sorted(log.timed.excluded.items()):
        name = f"tidak_dihitung_{reason.replace(' ', '_')}"
        steps.append(Step(name, f"Insiden tidak dihitung, {reason}", len(lines), "insiden", note=_lines(lines)))
    return steps


def _lines(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    more = f" dan {len(lines) - SHOWN_LINES} lagi" if len(lines) > SHOWN_LINES else ""
    return f"baris {', '.join(str(one) for one in lines[:SHOWN_LINES])}{more}"


def _percentile_steps(log: Log) -> list[Step]:
    seconds = log.timed.seconds("respons")
    limit = log.pack.limits["arrival_limit_minutes"]
    cont, disc = _percentiles(log)
    within = sum(one <= limit.value * 60 for one in seconds)
    note = f"n={len(seconds)}; {within} dari {len(seconds)} tiba dalam {number(limit.value)} menit, batas daerah"
    if cont is None:
        note += f"; persentil perlu sedikitnya {LEAST_FOR_PERCENTILE} kejadian"
    return [
        Step("p90_cont", "Persentil 90 respons, antara dua nilai (cont)", cont, "menit", limit.article,
             limit.standing, note),
        Step("p90_disc", "Persentil 90 respons, nilai yang terjadi (disc)", disc, "menit", limit.article,
             limit.standing, note),
    ]  # fmt: skip


def _tell(log: Log, standards: Sequence[Standard]) -> list[str]:
    funnel = log.funnel
    told = [_tell_funnel(funnel)]
    told += [tell_standard(one) for one in standards if one.count]
    unjudged = [one.title for one in standards if not one.count]
    if unjudged:
        told.append(f"Belum ada kejadian untuk menilai: {', '.join(unjudged)}.")
    judged = [one for one in standards if one.is_met is False]
    if judged:
        told.append(f"Paling jauh dari sasarannya: {max(judged, key=lambda one: one.shortfall).title}.")
    seconds = log.timed.seconds("respons")
    limit = log.pack.value("arrival_limit_minutes")
    within = sum(one <= limit * 60 for one in seconds)
    if seconds:
        told.append(
            f"{number(within)} dari {number(len(seconds))} insiden tiba dalam {number(limit)} menit, batas daerah "
            "(bukan SPM)."
        )
    for reason, lines in sorted(log.timed.excluded.items()):
        told.append(f"{number(len(lines))} insiden tidak dihitung waktunya: {reason} ({_lines(lines)}).")
    return told


def _tell_funnel(funnel: Funnel) -> str:
    genuine = f"{number(funnel.kinds.get(GENUINE, 0))} panggilan darurat untuk {number(funnel.incidents)} insiden."
    if funnel.answered is None or funnel.abandoned is None:
        return (
            f"{number(funnel.offered)} catatan tanpa waktu diangkat: kecepatan jawab dan panggilan putus tidak "
            f"dinilai; {genuine}"
        )
    share = Decimal(funnel.abandoned) * 100 / funnel.offered
    return (
        f"{number(funnel.offered)} panggilan masuk: {number(funnel.answered)} diangkat, {number(funnel.abandoned)} "
        f"putus ({number(share)} %); {genuine}"
    )


SCHEME = Scheme(
    id=SCHEME_ID,
    title="Layanan darurat 112 dari catatan panggilan",
    about="Satu baris satu panggilan dengan waktu-waktunya. Keluar: corong dari panggilan masuk sampai tiket selesai, "
    "dan setiap baku waktu menurut statistiknya sendiri. Beberapa wilayah dalam satu berkas dinilai masing-masing. "
    "Tanpa kolom diangkat, berkas dibaca sebagai catatan kejadian.",
    columns=(
        Column("wilayah", "pusat panggilan", kind="text", required=False),
        Column("ditawarkan", "waktu panggilan masuk", kind="datetime"),
        Column("diangkat", "waktu diangkat petugas; kosong berarti putus", kind="datetime", required=False),
        Column("putus", "waktu penelepon menutup sebelum diangkat", kind="datetime", required=False),
        Column("jenis", "jenis panggilan; kosong berarti tidak dicatat", kind="text", required=False, choices=KINDS),
        Column("kejadian", "jenis kejadian; kebakaran dan ambulans punya baku sendiri", kind="text", required=False),
        Column("tiket", "nomor tiket; panggilan dengan tiket sama adalah satu insiden", kind="text", required=False),
        Column("dikirim", "waktu petugas pertama dikirim", kind="datetime", required=False),
        Column("berangkat", "waktu petugas berangkat", kind="datetime", required=False),
        Column("tiba", "waktu petugas tiba dan siap", kind="datetime", required=False),
        Column("selesai", "waktu tiket ditutup", kind="datetime", required=False),
    ),
    options=(
        Option("waktu", ("lengkap", "per_tahap"), "lengkap: insiden dinilai hanya bila semua waktu yang dicatat berkas "
               "ini ada, sehingga setiap baku menilai insiden yang sama; per_tahap: cukup waktu tahap itu."),
    ),
    evaluate=evaluate,
    sample="ditawarkan,diangkat,putus,jenis,kejadian,tiket,dikirim,berangkat,tiba,selesai\n"
    "2026-03-02 08:00:00,2026-03-02 08:00:08,,normal,kebakaran,T1,2026-03-02 08:00:50,2026-03-02 08:02:00,"
    "2026-03-02 08:12:30,2026-03-02 10:00:00\n"
    "2026-03-02 08:01:00,2026-03-02 08:01:12,,normal,kebakaran,T1,,,,\n"
    "2026-03-02 08:03:00,2026-03-02 08:03:05,,prank,,,,,,\n"
    "2026-03-02 08:05:00,,2026-03-02 08:05:25,,,,,,,\n"
    "2026-03-02 08:09:00,2026-03-02 08:09:18,,normal,ambulans,T2,2026-03-02 08:10:30,2026-03-02 08:11:15,"
    "2026-03-02 08:19:00,\n",
)  # fmt: skip
