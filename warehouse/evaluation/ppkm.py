"""`ppkm`: situation level and PPKM level of a place, as a historical worked case of the level engine.

The computed level and the officially announced one stand side by side; neither replaces the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from warehouse.evaluation.model import Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.words import limit_words, number, with_unit
from warehouse.figures import ValueStatus
from warehouse.formulas.levels.assessing import Assessment, Inputs, assess
from warehouse.formulas.levels.staying import Margin, margins, way_to
from warehouse.rules import RuleBook
from warehouse.rules.level_packs import LevelPack
from warehouse.rules.tables import TablePack, TableRow

SCHEME_ID = "ppkm"
TESTS = "ppkm_tes"
ANNOUNCED = "ppkm_diumumkan"
OFFICIAL = ("situasi", "ppkm")
TRANSMISSION = "transmisi"
ZERO = Decimal(0)
LOWEST_PPKM = 1  # the situation has a level 0, the instructions of 2021 and 2022 began at 1
INDICATORS = (
    ("kasus", "kasus konfirmasi", "per 100.000 penduduk per minggu"),
    ("rawat", "rawat inap rumah sakit", "per 100.000 penduduk per minggu"),
    ("kematian", "kematian", "per 100.000 penduduk per minggu"),
    ("positivity", "positivity rate", "%"),
    ("tracing", "kontak erat per kasus konfirmasi", "kontak per kasus"),
    ("bor", "keterisian tempat tidur", "%"),
)
HIGHEST = {"positivity": Decimal(100)}  # beds can be more than full
VACCINES = (
    ("dosis1", "vaksinasi dosis 1"),
    ("dosis1_lansia", "vaksinasi dosis 1 lansia"),
    ("dosis2", "vaksinasi dosis 2"),
    ("dosis2_lansia", "vaksinasi dosis 2 lansia"),
    ("vaksin_lengkap", "vaksinasi lengkap, dipakai dengan pilihan kapasitas_vaksinasi=ya"),
    ("vaksin_lengkap_lansia", "vaksinasi lengkap lansia, dipakai dengan pilihan kapasitas_vaksinasi=ya"),
)


@dataclass(frozen=True)
class Judged:
    """One row with what it comes to; `agglomeration` is the worst level of those judged together."""

    row: Row
    day: date
    pack: LevelPack | None
    found: Assessment | None
    announced: TableRow | None  # known to us, where the file does not say it
    tests: int | None  # needed per 1,000 persons a week
    agglomeration: int | None = None

    def official(self, what: str) -> Decimal | None:
        """The level that was announced: as the file says, else as we know it."""
        given = self.row.number(f"{what}_diumumkan")
        if given is not None or self.announced is None:
            return given
        return self.announced.values[OFFICIAL.index(what)]


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    _refuse_twice(rows)
    judged = [_judge(row, rules, request) for row in rows]
    return [_case(_with_partners(one, judged)) for one in judged]


def _refuse_twice(rows: Sequence[Row]) -> None:
    seen: dict[tuple[str, date | None], int] = {}
    for row in rows:
        key = (_place(row.text("wilayah")), row.day("tanggal"))
        if key in seen:
            raise row.problem("wilayah", f"{row.text('wilayah')} pada tanggal ini sudah ditulis di baris {seen[key]}")
        seen[key] = row.line


def _place(name: str) -> str:
    """A name as it is compared: "Kab. Mojokerto" and "KABUPATEN MOJOKERTO" are one."""
    first, _, rest = " ".join(name.casefold().split()).partition(" ")
    return f"{'kabupaten' if first in ('kab', 'kab.') else first} {rest}".strip()


def _judge(row: Row, rules: RuleBook, request: Request) -> Judged:
    day = row.day("tanggal")
    if day is None:
        raise row.problem("tanggal", "wajib diisi, misalnya 2021-09-14")
    pack = rules.find(LevelPack, SCHEME_ID, day)
    names = [name for name, *_rest in (*INDICATORS, *VACCINES)]
    declared = {TRANSMISSION: row.text("penularan")} if row.text("penularan") else {}
    inputs = Inputs(
        day=day,
        values={name: row.number(name) for name in names},
        declared=declared,
        area=request.options["wilayah"],
        with_extra=request.options["kapasitas_vaksinasi"] == "ya",
    )
    found = None if pack is None else assess(pack, inputs)
    return Judged(row, day, pack, found, _announced(row, rules, day), _tests(row, rules, day))


def _announced(row: Row, rules: RuleBook, day: date) -> TableRow | None:
    table, place = rules.find(TablePack, ANNOUNCED, day), _place(row.text("wilayah"))
    for one in table.rows if table else ():
        code, _, on = one.name.partition(" ")
        if on == day.isoformat() and place in (code, _place(one.label)):
            return one
    return None


def _tests(row: Row, rules: RuleBook, day: date) -> int | None:
    pack, positivity = rules.find(LevelPack, TESTS, day), row.number("positivity")
    if pack is None or positivity is None:
        return None
    return int(pack.indicators["positivity"].class_of(positivity).name)


def _with_partners(one: Judged, every: Sequence[Judged]) -> Judged:
    """Members of an agglomeration are judged together: the worst of them holds for all."""
    name = one.row.text("aglomerasi")
    partners = [other for other in every if name and other.row.text("aglomerasi") == name and other.day == one.day]
    levels = [other.found.level for other in partners if other.found is not None and other.found.level is not None]
    worst = max(levels) if levels and len(levels) == len(partners) else None
    return replace(one, agglomeration=worst)


def _case(one: Judged) -> Case:
    row, found = one.row, one.found
    key = {"wilayah": row.text("wilayah"), "tanggal": one.day.isoformat()}
    announced = {f"{what}_diumumkan": one.official(what) for what in OFFICIAL}
    if found is None or one.pack is None:
        reason = "tidak ada aturan level yang berlaku pada tanggal itu"
        return Case(key, None, announced, status=ValueStatus.NOT_APPLICABLE, reason=reason)
    situation = found.situation.level if found.situation else None
    own = found.level if not row.text("aglomerasi") else one.agglomeration
    level = None if own is None else max(own, LOWEST_PPKM)
    results: dict[str, Value] = {"level_situasi": situation, "level_ppkm": level, **announced}
    status, reason = ValueStatus.CALCULATED, ""
    if situation is None:
        status = ValueStatus.INCOMPLETE if found.grades else ValueStatus.NO_DATA
        reason = f"belum ada nilai {', '.join(found.missing)}"
    return Case(
        key=key,
        pack=one.pack,
        article=one.pack.article,
        rounding="tidak ada: kelas dari nilai apa adanya",
        results=results,
        steps=tuple(_steps(found, one)),
        explanation=tuple(_tell(found, one, level)),
        status=status,
        reason=reason,
    )


def _steps(found: Assessment, one: Judged) -> list[Step]:
    steps = []
    for name, held in found.grades.items():
        steps.append(Step(name, held.indicator.title, held.value, held.indicator.unit, note=held.name,
                          standing=held.indicator.standing))  # fmt: skip
    for group in found.pack.groups:
        binding = ", ".join(grade.indicator.title for grade in found.binding(group))
        note = "dinyatakan" if group.name in found.inputs.declared else f"terburuk: {binding}" if binding else ""
        steps.append(Step(group.name, group.title, found.classes[group.name], note=note, standing=group.standing))
    if found.situation is not None:
        steps.append(Step("situasi", "Level situasi menurut matriks", found.situation.level,
                          standing=found.situation.standing))  # fmt: skip
    for check in found.gates:
        effect = f"level paling baik {check.gate.level_at_least}" if check.gate.level_at_least else "naik satu level"
        word = {True: "terpenuhi", False: f"tidak terpenuhi, {effect}", None: "belum ada nilai"}[check.is_met]
        name = f"syarat_{check.gate.indicator}_{number(check.gate.below)}"
        label = f"Syarat {check.gate.title} sedikitnya {number(check.gate.below)} %"
        steps.append(Step(name, label, check.value, "%", check.gate.article, check.gate.standing, word))
    if one.tests is not None:
        done = one.row.number("tes")
        note = "belum ada nilai tes" if done is None else f"tercatat {number(done)}"
        steps.append(Step("tes_minimal", "Tes paling sedikit menurut positivity", one.tests,
                          "per 1.000 penduduk per minggu", note=note))  # fmt: skip
    if one.announced is not None:
        steps.append(Step("sumber_diumumkan", "Level yang diumumkan menurut", one.announced.source,
                          standing=one.announced.standing, note=one.announced.note))  # fmt: skip
    steps.append(Step("level_sendiri", "Level dengan syarat vaksinasi", found.level))
    if one.row.text("aglomerasi"):
        note = "terburuk dari anggotanya" if one.agglomeration else "belum semua anggotanya punya level"
        steps.append(Step("aglomerasi", f"Level aglomerasi {one.row.text('aglomerasi')}", one.agglomeration, note=note))
    return steps


def _tell(found: Assessment, one: Judged, level: int | None) -> list[str]:
    told = []
    for group in found.pack.groups:
        binding = [grade.indicator.title for grade in found.binding(group)]
        if binding:
            told.append(f"{group.title} {found.classes[group.name]} ditentukan oleh {', '.join(binding)}.")
    if found.situation is not None and found.missing:
        told.append(f"Level PPKM belum dapat dihitung: belum ada nilai {', '.join(found.missing)}.")
    if level is not None and found.level is not None and found.level < LOWEST_PPKM:
        told.append(f"PPKM mulai dari level {LOWEST_PPKM}: level situasi 0 berlaku level {LOWEST_PPKM}.")
    told += _tell_difference(one, level)
    done = one.row.number("tes")
    if one.tests is not None and done is not None and done < one.tests:
        told.append(f"Tes {number(done)} per 1.000 penduduk per minggu, kurang {number(one.tests - done)} dari "
                    f"{one.tests} yang diminta pada positivity ini.")  # fmt: skip
    if found.known_level is not None:
        told += stay_sentences(margins(found), found.known_level)
        told += _tell_way(found, found.known_level)
    name = one.row.text("aglomerasi")
    if name and one.agglomeration is None:
        told.append(f"Level PPKM aglomerasi {name} belum dapat dihitung: belum semua anggotanya punya level.")
    elif name and found.level is not None and one.agglomeration != found.level:
        told.append(f"Level sendiri {found.level}; yang berlaku level {one.agglomeration}, dari aglomerasi {name}.")
    return told


def _tell_difference(one: Judged, level: int | None) -> list[str]:
    situation = one.found.situation.level if one.found and one.found.situation else None
    told = []
    for word, computed, what in (("situasi", situation, "situasi"), ("PPKM", level, "ppkm")):
        announced = one.official(what)
        if announced is None:
            continue
        said = "belum dapat dihitung" if computed is None else f"hitungan {computed}"
        same = "" if computed is None else ", sama" if computed == announced else ", berbeda"
        told.append(f"Level {word} diumumkan {number(announced)}, {said}{same}.")
    return told


def stay_sentences(found: Sequence[Margin], level: int) -> list[str]:
    """The margin of each indicator, the first to break at the head."""
    if not found:
        return []
    told = [f"Bagaimana tetap di level {level}: tiap baris di bawah ini menaikkan level dengan sendirinya."]
    for one in found:
        told.append(
            f"{one.title} {with_unit(one.value, one.unit)}: level menjadi {one.new_level} bila "
            f"{limit_words(one.edge, one.upwards)} (jarak {number(one.edge.distance)}, "
            f"{number(one.edge.share * 100, 1)} % dari batasnya)."
        )
    return [*told, f"Paling dekat dengan batasnya, menurut bagian dari batas: {found[0].title}."]


def _tell_way(found: Assessment, level: int) -> list[str]:
    moves = way_to(found, level - 1)
    if moves is None:
        return []
    listed = "; ".join(
        f"{one.title} {limit_words(one.edge, one.upwards)} (sekarang {number(one.value)})" for one in moves
    )
    steps = sum(one.steps for one in moves)
    return [f"Jalan terpendek ke level {level - 1}, {steps} langkah kelas: {listed}."]


SCHEME = Scheme(
    id=SCHEME_ID,
    title="Level situasi COVID-19 dan level PPKM (contoh sejarah 2021-2022)",
    about="Satu baris satu daerah pada satu tanggal. Keluar: kelas tiap indikator, level situasi menurut matriks, "
    "level PPKM dengan syarat vaksinasi dan aglomerasi, di samping level yang diumumkan "
    "(yang kami ketahui untuk kedua Mojokerto dan Surabaya terisi sendiri).",
    columns=(
        Column("wilayah", "nama atau kode daerah", kind="text", example="Kota Surabaya"),
        Column("tanggal", "tanggal asesmen", kind="date", example="2021-09-14"),
        *(
            Column(name, meaning, unit, required=False, lowest=ZERO, highest=HIGHEST.get(name))
            for name, meaning, unit in INDICATORS
        ),
        *(Column(name, meaning, "% sasaran", required=False, lowest=ZERO) for name, meaning in VACCINES),
        Column(
            "penularan",
            "dinyatakan petugas bila bukan transmisi komunitas; menggantikan kasus, rawat dan kematian",
            kind="text",
            required=False,
            choices=("tanpa kasus", "sporadik", "klaster"),
        ),
        Column("tes", "tes suspek dan kontak erat", "per 1.000 penduduk per minggu", required=False, lowest=ZERO),
        Column("aglomerasi", "daerah yang dinilai bersama pada tanggal yang sama", kind="text", required=False),
        *(
            Column(name, meaning, kind="integer", required=False, lowest=ZERO, highest=Decimal(4))
            for name, meaning in (
                ("situasi_diumumkan", "level situasi yang diumumkan Kemenkes"),
                ("ppkm_diumumkan", "level PPKM menurut Inmendagri"),
            )
        ),
    ),
    options=(
        Option("wilayah", ("jawa-bali", "luar jawa-bali"), "Kedua Mojokerto ada di Jawa; syarat vaksinasi berbeda."),
        Option(
            "kapasitas_vaksinasi",
            ("tidak", "ya"),
            "Kemenkes menambah dua indikator vaksinasi lengkap pada 2022, tetapi batasnya baru dari ingatan.",
        ),
    ),
    evaluate=evaluate,
    sample="wilayah,tanggal,kasus,rawat,kematian,positivity,tracing,bor,dosis2,dosis2_lansia\n"
    "Kota Surabaya,2021-09-14,8.81,3.43,0.65,0.41,20.71,14.54,,\n"
    "Kota Surabaya,2022-05-12,1.95,0.75,0.03,0.39,31,1.66,116.27,93.43\n",
)
