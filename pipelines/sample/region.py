"""What the sample needs to know of a region, read from reference lists and contracts.

Refuses a region without kecamatan or without senders; nothing here knows a region by name.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from pathlib import Path

from pipelines.contracts.contract import SOURCES_DIR, load_contract
from warehouse.settings import PROJECT_DIR, Settings

REFERENCE_DIR = PROJECT_DIR / "warehouse" / "reference"
CALLS = "bpbd_panggilan_112"
INCIDENTS = "bpbd_kejadian_112"
PROGRAMMES, TARGETS, PROGRESS = "bappeda_program", "bappeda_target_program", "opd_progres_program"
CEILINGS, REALISATION = "bpkad_pagu", "opd_lra"
CONTRACTS, STAGES = "opd_kontrak", "opd_fisik"
AIR = "dlh_ispu"
LEVELS = "diskominfo_spbe_tingkat"
DENGUE = "dinkes_dbd"
WASTE_AREAS = "dlh_sampah_kecamatan"
RIVER, RIVER_LIMITS = "dpupr_pos_air", "dpupr_ambang_pos"
SAMPLE_SOURCES = (
    *(CALLS, INCIDENTS, PROGRAMMES, TARGETS, PROGRESS),
    *(CEILINGS, REALISATION, CONTRACTS, STAGES, AIR, LEVELS, DENGUE, WASTE_AREAS, RIVER, RIVER_LIMITS),
)

ROLES = ("BPBD", "SATPOLPP", "DINKES", "DPUPR", "DLH")  # who usually handles what; regions write longer codes
TILE_WIDTH = 1.1  # a tile stands for an area slightly wider than high
FAR_SHARE, MIDDLE_SHARE = 6, 3  # the farthest sixth is far, the rest of the farthest third is middling
FAR_FACTOR, MIDDLE_FACTOR = 1.22, 1.08  # on response time
NEAR_WEIGHT, FAR_WEIGHT = 1.2, 0.9  # on the number of incidents
PERSONS = 52_000  # in a kecamatan of a region without a published number
FULL_PATTERN_CALLS = 90  # regions below this many calls a day have fewer slow tickets


class SampleError(Exception):
    """The sample cannot be written; the message says what to change."""


@dataclass(frozen=True)
class Kecamatan:
    """One kecamatan as the event model sees it."""

    code: str
    spellings: tuple[str, ...]  # the official name first, then other spellings in use
    weight: float
    response_factor: float
    centre: tuple[float, float] | None  # latitude, longitude; None when not known


@dataclass(frozen=True)
class SampleRegion:
    """A region with its agencies, ready for the event model."""

    code: str
    name: str
    timezone_label: str
    ticket_prefix: str
    kecamatan: tuple[Kecamatan, ...]
    opd_names: dict[str, str]  # senders of incidents
    opd_of_role: dict[str, str]
    calls_per_day: float
    late_sender: str  # the agency whose workbooks stopped coming
    senders: dict[str, tuple[str, ...]]  # by source: who owes it here; nobody: the source has no sample
    agencies: dict[str, str]  # every agency that leads programmes: code and name

    @property
    def seed(self) -> int:
        return int(self.code.replace(".", ""))

    @property
    def short_name(self) -> str:
        return self.name.split(maxsplit=1)[-1]

    @property
    def slow_slots(self) -> tuple[int, ...]:
        """Which of the daily slow tickets (see incidents.py) happen here."""
        return (0, 1, 2) if self.calls_per_day >= FULL_PATTERN_CALLS else (0, 2)


def read_region(settings: Settings, calls_per_day: float | None = None) -> SampleRegion:
    """The active profile's region. Raises SampleError."""
    code = settings.region.region_code
    rows = _rows(REFERENCE_DIR / "region.csv")
    own = [row for row in rows if row["parent_code"] == code and row["level"] == "kecamatan"]
    if not own:
        raise SampleError(
            _("Belum ada kecamatan {name} ({code}) di warehouse/reference/region.csv. Tambahkan dahulu.").format(
                name=settings.region.region_name, code=code
            )
        )
    owed = {source: load_contract(SOURCES_DIR / source / "contract.yml").senders_in(code) for source in SAMPLE_SOURCES}
    senders = owed[INCIDENTS]
    if not senders:
        raise SampleError(
            _("Kontrak {source} belum menyebut OPD pengirim untuk {code}. Tambahkan di bagian senders.").format(
                source=INCIDENTS, code=code
            )
        )
    names = {row["code"]: row["name"] for row in _rows(REFERENCE_DIR / "opd.csv") if row["region_code"] == code}
    roles = {role: next((s for s in senders if s.startswith(role)), senders[0]) for role in ROLES}
    return SampleRegion(
        code=code,
        name=settings.region.region_name,
        timezone_label=settings.region.timezone_label,
        ticket_prefix=_prefix(settings.region.region_name),
        kecamatan=_kecamatan(own, _town_tile(rows, own, settings.region.region_name)),
        opd_names={sender: names.get(sender, sender) for sender in senders},
        opd_of_role=roles,
        calls_per_day=calls_per_day or 25 + 6.65 * len(own),  # no population list: kecamatan stand in for it
        late_sender=roles["DLH"],
        senders=owed,
        agencies={opd: names[opd] for opd in owed[PROGRESS] if opd in names},
    )


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a list that ships with the sample; nobody changes them."""
    return tuple(_rows(Path(__file__).with_name(name)))


def reference_table(name: str) -> list[dict[str, str]]:
    """Rows of a code list of the warehouse."""
    return _rows(REFERENCE_DIR / name)


def _kecamatan(own: list[dict[str, str]], town: tuple[float, float]) -> tuple[Kecamatan, ...]:
    scope = own[0]["parent_code"]
    others: dict[str, list[str]] = {}
    for row in _rows(REFERENCE_DIR / "alias.csv"):
        if row["reference"] == "ref_region" and row["scope"] == scope:
            others.setdefault(row["code"], []).append(row["spelling"])
    centres = {r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in read_table("kecamatan_centres.csv")}
    from_far = sorted(own, key=lambda row: (-_distance(_tile(row), town), row["code"]))
    place = {row["code"]: index for index, row in enumerate(from_far)}
    return tuple(
        Kecamatan(
            code=row["code"],
            spellings=(row["name"], *others.get(row["code"], ())),
            weight=_weight(place[row["code"]], len(own)) * _own_share(row["code"]),
            response_factor=_response_factor(place[row["code"]], len(own)),
            centre=centres.get(row["code"]),
        )
        for row in own
    )


def kecamatan_persons(region: SampleRegion) -> list[int]:
    """Persons living in each kecamatan: the published number of the region, shared out by the model."""
    known = {row["region_code"]: int(row["persons"]) for row in read_table("population.csv")}
    places = region.kecamatan
    whole = known.get(region.code, PERSONS * len(places))
    total = sum(place.weight for place in places)
    shares = [int(whole * place.weight / total) for place in places]
    return [shares[0] + whole - sum(shares), *shares[1:]]


def _response_factor(place: int, count: int) -> float:
    if place < count // FAR_SHARE:
        return FAR_FACTOR
    return MIDDLE_FACTOR if place < count // MIDDLE_SHARE else 1.0


def _weight(place: int, count: int) -> float:
    return FAR_WEIGHT + (NEAR_WEIGHT - FAR_WEIGHT) * place / max(count - 1, 1)


def _own_share(code: str) -> float:
    """A fixed factor between 0.6 and 1.4, so that neighbours do not look alike."""
    return 0.6 + 0.8 * ((int(code.replace(".", "")) * 2654435761) % 1000) / 1000


def _town_tile(rows: list[dict[str, str]], own: list[dict[str, str]], region_name: str) -> tuple[float, float]:
    """The tile of the town of the same name on this map, else the middle of all tiles."""
    region_code = own[0]["parent_code"]
    for row in rows:
        same_name = row["name"].split(maxsplit=1)[-1] == region_name.split(maxsplit=1)[-1]
        if row["level"] == "kota" and same_name and row["code"] != region_code and row["tile_column"]:
            return _tile(row)
    tiles = [_tile(row) for row in own]
    return sum(t[0] for t in tiles) / len(tiles), sum(t[1] for t in tiles) / len(tiles)


def _tile(row: dict[str, str]) -> tuple[float, float]:
    return float(row["tile_column"] or 0), float(row["tile_row"] or 0)


def _distance(tile: tuple[float, float], town: tuple[float, float]) -> float:
    return math.hypot((tile[0] - town[0]) * TILE_WIDTH, tile[1] - town[1])


def _prefix(region_name: str) -> str:
    """Three consonants of the name, for ticket numbers."""
    letters = region_name.split(maxsplit=1)[-1].upper()
    return "".join(letter for letter in letters if letter.isalpha() and letter not in "AIUEO")[:3]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
