"""The filters of an address against what a page offers: canonical, and in words what could not be honoured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

from reports.facets import Facet
from warehouse.filters import KEYS, LISTS, FilterError, Filters, read_filters, write_filters
from warehouse.scope import WHOLE, Reach

EVERYWHERE = ("rilis",)
FREE = ("periode",)  # any rolling or explicit period, not only those offered
ALIASES = {"id": "indikator"}  # older links
MOST_TOLD = 8
NARROWED = ("opd", "kecamatan", "program", "baris")  # what a reach leaves out


@dataclass(frozen=True)
class Choice:
    """Filters a page can honour: what equals the page's own choice is left empty. `problems` are for the reader."""

    filters: Filters
    problems: tuple[str, ...]


def read_address(address: Mapping[str, str]) -> Choice:
    """Each key by itself, so that one wrong value does not take the others with it."""
    values: dict[str, str] = {}
    problems = []
    for key, value in address.items():
        name = ALIASES.get(key, key)
        if name not in KEYS or (key in ALIASES and name in address):
            continue
        try:
            read_filters({name: value})
            values[name] = value
        except FilterError as error:
            problems.append(str(error))
    return Choice(read_filters(values), tuple(problems))


def settle(filters: Filters, facets: Sequence[Facet], reach: Reach = WHOLE) -> Choice:
    """Only what the page offers and what differs from its own choice. Of what it does not offer a reader of a part is
    told that it is not theirs, whether it exists or not; they are shown their own, never more."""
    offered = {facet.name: facet for facet in facets}
    known = {*offered, *EVERYWHERE, *(("per",) if "periode" in offered else ())}
    kept, problems = filters, []
    for name in write_filters(filters):
        if name not in known:
            kept = _without(kept, name)
            problems.append(_("Saringan {name} tidak dipakai di halaman ini.").format(name=name))
        elif name in offered and offered[name].options:
            kept, wrong = _settle_one(kept, offered[name], reach)
            problems += [wrong] if wrong else []
    return Choice(kept, tuple(problems))


def _settle_one(filters: Filters, facet: Facet, reach: Reach) -> tuple[Filters, str]:
    allowed = {option.value: option.words for option in facet.options}
    value = getattr(filters, facet.name)
    if facet.name in LISTS:
        known = tuple(each for each in value if each in allowed)
        unknown = [each for each in value if each not in allowed]
        if not facet.is_multiple:
            known, unknown = known[:1], unknown + list(known[1:])
        if facet.default and known == (facet.default,):
            known = ()
        changed: dict[str, Any] = {facet.name: known}
        return replace(filters, **changed), _wrong(facet, unknown, reach)
    if value == facet.default:
        return _without(filters, facet.name), ""
    if value in allowed or facet.name in FREE:
        return filters, ""
    return _without(filters, facet.name), _wrong(facet, [value], reach)


def _without(filters: Filters, name: str) -> Filters:
    return replace(filters, **{name: getattr(Filters(), name)})


def _wrong(facet: Facet, unknown: Sequence[str], reach: Reach) -> str:
    if not unknown:
        return ""
    if not reach.is_whole and facet.name in NARROWED:
        return _("{name}={value} di luar cakupan Anda, jadi tidak dipakai.").format(
            name=facet.name, value=",".join(unknown)
        )
    options = [option.value for option in facet.options if option.value]
    if not options:
        return _("{name}={value} tidak ada di potongan ini; tidak ada yang dapat dipilih.").format(
            name=facet.name, value=",".join(unknown)
        )
    shown = ", ".join(options[:MOST_TOLD]) + (", ..." if len(options) > MOST_TOLD else "")
    return _("{name}={value} tidak dikenal. Pilihan: {options}.").format(
        name=facet.name, value=",".join(unknown), options=shown
    )
