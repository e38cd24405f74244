"""One standard of an emergency line as a value, a step and a sentence. Tells what holds and how far; never why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from warehouse.evaluation.model import Step
from warehouse.evaluation.words import number, with_unit
from warehouse.formulas.service_standards import ShareWithin
from warehouse.rules import Limit, round_half_up

PLACES = 2
ROUNDED = f"{PLACES} desimal setengah ke atas; sasaran dinilai pada nilai yang belum dibulatkan"
TITLES = {
    "jawab_nfpa": "Dijawab dalam batas NFPA 1225",
    "jawab_nena_1": "Dijawab dalam batas pertama NENA",
    "jawab_nena_2": "Dijawab dalam batas kedua NENA",
    "proses": "Proses dalam batas NFPA 1225",
    "bersiap_kebakaran": "Bersiap kebakaran dalam batas NFPA 1710",
    "bersiap_medis": "Bersiap medis dalam batas NFPA 1710",
    "perjalanan_kebakaran": "Perjalanan kebakaran dalam batas NFPA 1710",
    "spm_kebakaran": "SPM kebakaran, rata-rata respons",
}


@dataclass(frozen=True)
class Standard:
    """A limit with the share of events within it, or with their mean; `count` events."""

    name: str
    limit: Limit
    share: ShareWithin | None
    mean: Decimal | None
    count: int

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def value(self) -> Decimal | None:
        return self.mean if self.share is None else self.share.pct

    @property
    def rounded(self) -> Decimal | None:
        return None if self.value is None else round_half_up(self.value, PLACES)

    @property
    def is_met(self) -> bool | None:
        if self.share is not None:
            return self.share.is_met
        return None if self.mean is None else self.mean <= self.limit.value

    @property
    def shortfall(self) -> Decimal:
        """How far from the target, as a share of it."""
        value = self.value or Decimal(0)
        target = self.limit.value if self.share is None else self.share.target_pct
        return abs(value - target) / target


def standard_step(one: Standard) -> Step:
    unit = one.limit.unit if one.share is None else "%"
    return Step(one.name, one.title, one.value, unit, f"{one.limit.source}; {one.limit.article}", one.limit.standing,
                _note(one))  # fmt: skip


def _note(one: Standard) -> str:
    if one.share is None:
        said = f"rata-rata, n={one.count}, batas {with_unit(one.limit.value, one.limit.unit)}"
    else:
        said = (
            f"{one.share.within} dari {one.share.total} dalam {with_unit(one.limit.value, one.limit.unit)}, "
            f"sasaran {number(one.share.target_pct)} %"
        )
    return said + {True: ", tercapai", False: ", belum tercapai", None: ", tidak ada data"}[one.is_met]


def tell_standard(one: Standard) -> str:
    """One sentence with the distance to the target."""
    if one.share is None:
        mean = one.mean or Decimal(0)
        gap = one.limit.value - mean
        side = "di bawah" if gap >= 0 else "di atas"
        return (
            f"{one.title}: {number(mean)} menit dari {number(one.count)} kejadian, {number(abs(gap))} menit {side} "
            f"batas {number(one.limit.value)} menit."
        )
    lacking = one.share.lacking
    room = f"kurang {number(lacking)} lagi" if lacking > 0 else f"kelonggaran {number(-lacking)}"
    return (
        f"{one.title} ({with_unit(one.limit.value, one.limit.unit)}): {number(one.share.within)} dari "
        f"{number(one.share.total)}, {number(one.value or 0)} %; sasaran {number(one.share.target_pct)} %, {room}."
    )
