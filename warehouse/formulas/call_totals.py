"""Call counts as centres publish them: which parts are missing, and where the parts do not make the whole.

Masuk = putus + terhubung; the kinds are parts of the answered calls, else of the connected, else of all, unless another
base is chosen. A missing part is the difference where it can be; nothing is spread over parts, and a contradiction is
told, never mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

KINDS = ("darurat", "informasi", "prank", "ghost", "prank_ghost", "tak_berjenis")
FALSE_KINDS = ("prank", "ghost", "prank_ghost")
OF_KINDS = "jumlah_jenis"  # the base of shares of all calls with a kind
FLOW = ("masuk", "terhubung", "diangkat", "darurat", "dikirim", "tiba", "selesai")


@dataclass(frozen=True)
class Totals:
    """`flow` and `kinds` as given, with what follows by difference; `base` names what the kinds are parts of."""

    flow: Mapping[str, int]
    kinds: Mapping[str, int]
    derived: tuple[str, ...]
    base: str
    kinds_sum: int
    remainder: int | None  # calls of the base without a kind; negative: the parts exceed the whole
    faults: tuple[tuple[str, int, int], ...]  # part larger than its whole: name, part, whole

    @property
    def whole(self) -> int | None:
        return self.kinds_sum if self.base == OF_KINDS else self.flow.get(self.base)

    def share_pct(self, *kinds: str) -> Decimal | None:
        """Percent of the base; None when no such kind was counted."""
        known = [self.kinds[name] for name in kinds if name in self.kinds]
        return Decimal(sum(known)) * 100 / self.whole if known and self.whole else None


def total_up(given: Mapping[str, int], chosen: str = "") -> Totals:
    """`given` holds only what was counted; `chosen` names the base of the kinds, "" leaves it to the counts."""
    flow = {name: given[name] for name in (*FLOW, "putus") if name in given}
    derived = []
    trio = ("masuk", "putus", "terhubung")
    missing = [name for name in trio if name not in flow]
    if len(missing) == 1:
        first, second = (flow[name] for name in trio if name in flow)
        left = first + second if missing[0] == "masuk" else flow["masuk"] - second
        if left >= 0:  # otherwise a part exceeds the whole: told below, and no count
            flow[missing[0]] = left
            derived.append(missing[0])
    kinds = {name: given[name] for name in KINDS if name in given}
    base = chosen or next((name for name in ("diangkat", "terhubung", "masuk") if name in flow), OF_KINDS)
    total = sum(kinds.values())
    known = [name for name in FLOW if name in flow]
    pairs = [*pairwise(known), *([("masuk", "putus")] if {"masuk", "putus"} <= set(flow) else [])]
    faults = [(part, flow[part], flow[whole]) for whole, part in pairs if flow[part] > flow[whole]]
    remainder = flow[base] - total if base in flow and kinds else None
    return Totals(flow, kinds, tuple(derived), base, total, remainder, tuple(faults))


def split_mismatch(given: Mapping[str, int]) -> int | None:
    """How far terhubung + putus is from masuk, when all three were given."""
    if not {"masuk", "putus", "terhubung"} <= set(given):
        return None
    return given["putus"] + given["terhubung"] - given["masuk"]


def counts_of_share(pct: Decimal, total: int) -> tuple[int, int] | None:
    """The whole numbers whose share of a total prints as `pct`; None when there is none."""
    half = Decimal(1).scaleb(int(pct.as_tuple().exponent)) / 2
    low = int(((pct - half) * total / 100).to_integral_value(ROUND_CEILING))
    high = int(((pct + half) * total / 100).to_integral_value(ROUND_FLOOR))
    high -= Decimal(high) * 100 == (pct + half) * total  # that share prints one higher
    return (max(low, 0), high) if low <= high else None
