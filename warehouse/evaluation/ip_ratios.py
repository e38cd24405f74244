"""The parameters of one river sample against the limits of its class; says which it leaves out, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from warehouse.evaluation.cases import told
from warehouse.evaluation.model import Row, Step
from warehouse.formulas.oxygen_saturation import oxygen_saturation
from warehouse.formulas.pollution_index import Ratio, corrected, falling_ratio, inverse_ratio, range_ratio
from warehouse.rules.packs import Standing
from warehouse.rules.tables import TablePack, TableRow

PARAMETERS = {  # name of the column: label and unit; pH has a range of its own
    "tds": ("TDS", "mg/L"),
    "tss": ("TSS", "mg/L"),
    "warna": ("warna", "Pt-Co"),
    "bod": ("BOD", "mg/L"),
    "cod": ("COD", "mg/L"),
    "do": ("DO, oksigen terlarut", "mg/L"),
    "so4": ("sulfat", "mg/L"),
    "cl": ("klorida", "mg/L"),
    "no3": ("nitrat sebagai N", "mg/L"),
    "no2": ("nitrit sebagai N", "mg/L"),
    "nh3": ("amoniak sebagai N", "mg/L"),
    "tn": ("total nitrogen", "mg/L"),
    "tp": ("total fosfat sebagai P", "mg/L"),
    "f": ("fluorida", "mg/L"),
    "h2s": ("belerang sebagai H2S", "mg/L"),
    "cn": ("sianida", "mg/L"),
    "cl2": ("klorin bebas", "mg/L"),
    "hg": ("raksa", "mg/L"),
    "cd": ("kadmium", "mg/L"),
    "pb": ("timbal", "mg/L"),
    "cr6": ("krom heksavalen", "mg/L"),
    "cu": ("tembaga", "mg/L"),
    "zn": ("seng", "mg/L"),
    "ni": ("nikel", "mg/L"),
    "minyak": ("minyak dan lemak", "mg/L"),
    "mbas": ("deterjen sebagai MBAS", "mg/L"),
    "fenol": ("fenol", "mg/L"),
    "fc": ("fecal coliform", "MPN/100 mL"),
    "tc": ("total coliform", "MPN/100 mL"),
}
OXYGEN, ACIDITY = "do", "ph"


@dataclass(frozen=True)
class Sample:
    """One row with the limits and the choices that judge it."""

    row: Row
    limits: TablePack
    options: Mapping[str, str]
    log_factor: Decimal

    def limit(self, name: str) -> Decimal | None:
        known = self.limits.find(name)
        return None if known is None else self.limits.value(name, self.row.text("kelas"))


@dataclass
class Found:
    """Ratios with their steps; `missing` says what the whole sample still lacks."""

    ratios: list[Ratio] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    missing: str = ""


def ratios_of(sample: Sample) -> Found:
    found = Found()
    for name in (ACIDITY, *PARAMETERS):
        measured = sample.row.number(name)
        if measured is None:
            continue
        lowest = f"{name}_min" if name == ACIDITY else name
        limit, rule = sample.limit(lowest), sample.limits.find(lowest)
        if limit is None or rule is None:
            found.remarks.append(f"{_unjudged(name, sample, rule)}, jadi tidak dinilai.")
            continue
        if name == OXYGEN:
            _add_oxygen(found, sample, measured, limit)
        elif name == ACIDITY:
            highest = sample.limit(f"{name}_max") or limit
            _add(found, sample, rule, range_ratio(measured, limit, highest), f"rentang {told(limit)}-{told(highest)}")
        else:
            _add(found, sample, rule, measured / limit, f"{told(measured)} / {told(limit)} {rule.unit}")
    return found


def _unjudged(name: str, sample: Sample, rule: TableRow | None) -> str:
    """A dash of the regulation is another thing than a row our pack does not have."""
    if rule is None:
        return f"{name.upper()} tidak ada dalam paket {sample.limits.regulation}"
    return f"{name.upper()} tidak punya baku mutu kelas {sample.row.text('kelas')} {sample.limits.regulation}"


def _add(found: Found, sample: Sample, rule: TableRow, raw: Decimal, note: str) -> None:
    name, label = (ACIDITY, "pH") if rule.name.startswith(ACIDITY) else (rule.name, rule.label)
    value = corrected(raw, sample.log_factor)
    found.ratios.append(Ratio(name, label, raw, value))
    found.steps.append(Step(f"nisbah_{name}", f"{label} terhadap baku mutu", raw, standing=rule.standing, note=note))
    if raw > 1:
        found.steps.append(Step(f"koreksi_{name}", f"{label}, 1 + {told(sample.log_factor)} log10", value))


def _add_oxygen(found: Found, sample: Sample, measured: Decimal, limit: Decimal) -> None:
    rule = sample.limits.row(OXYGEN)
    if sample.options["rasio_do"] == "batas_per_kadar":
        if measured:
            _add(found, sample, rule, inverse_ratio(measured, limit), f"{told(limit)} / {told(measured)} mg/L")
        elif sample.options["do_nol"] == "satu":
            _add(found, sample, rule, Decimal(1), "DO nol: nisbah ditetapkan 1")
        else:
            found.missing = "DO nol tidak punya nisbah baku mutu / kadar; pakai rasio_do=keputusan"
        return
    saturation, celsius = sample.row.number("do_jenuh"), sample.row.number("suhu")
    if saturation is None and celsius is None:
        found.missing = "DO perlu suhu air atau DO jenuh (kolom suhu atau do_jenuh)"
        return
    standing: Standing | None = None
    if saturation is None:
        saturation, standing = oxygen_saturation(celsius or Decimal(0)), "ingatan"
    if saturation <= limit:
        raise sample.row.problem("do_jenuh", f"DO jenuh {told(saturation)} harus di atas baku mutu {told(limit)}")
    found.steps.append(Step("do_jenuh_dipakai", "DO jenuh", saturation, "mg/L", standing=standing))
    note = f"({told(saturation)} - {told(measured)}) / ({told(saturation)} - {told(limit)})"
    _add(found, sample, rule, falling_ratio(measured, limit, saturation), note)
