"""All figures of a dimension: what is shown, and what has its rule already and waits for a source to be delivered.

Refuses to put anything in the place of a figure that is not there: it is named, with what to deliver and by whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from reports.content import Cell, Column, Section, Table, Words
from reports.desk import Desk
from reports.figure_words import value_words
from warehouse.catalogue import INDICATORS
from warehouse.evaluation.model import Awaited
from warehouse.evaluation.schemes import SCHEMES
from warehouse.indicators.model import Indicator

CATALOGUE_TITLE = _("Katalog dimensi ini")
HERE, AWAITED = _("Indikator yang dihitung"), _("Belum disampaikan")
PERIODS = {
    "year": _("tahun"),
    "month": _("bulan"),
    "week": _("minggu"),
    "day": _("hari"),
    "window": _("rentang hari terakhir"),
}


def catalogue_section(desk: Desk, dimension: str, *more: str) -> Section:
    """`more` are dimensions of indicators shown on the same page."""
    indicators = tuple(one for one in INDICATORS if one.dimension in (dimension, *more))
    awaited = tuple((scheme.id, scheme.awaits) for scheme in SCHEMES if scheme.awaits is not None)
    own = tuple((scheme_id, one) for scheme_id, one in awaited if one.dimension == dimension)
    headlines = sum(one.is_headline for one in indicators)
    words = _("{count} indikator dihitung, {headlines} di antaranya indikator pokok.").format(
        count=len(indicators), headlines=headlines
    )
    if own:
        words += " " + _("{count} ukuran lain sudah ada aturannya dan belum disampaikan sumbernya: {titles}.").format(
            count=len(own), titles="; ".join(one.title for _scheme_id, one in own)
        )
    figures = [desk.view.figures.get(one.id) for one in indicators]
    is_sample = any(figure is not None and figure.is_sample for figure in figures)
    blocks = (Words(words), _here(desk, indicators), *((_awaited(desk, own),) if own else ()))
    return Section(CATALOGUE_TITLE, blocks, is_sample=is_sample)


def _here(desk: Desk, indicators: Sequence[Indicator]) -> Table:
    columns = (
        Column(_("Indikator")),
        Column(_("Golongan"), definition=_("pokok: yang pertama menilai dimensi; pendukung: yang berdiri di baliknya")),
        Column(_("Nilai daerah terakhir")),
        Column(_("Periode")),
        Column(_("Dihitung tiap")),
        Column(_("Pemilik")),
        Column(_("Dasar hukum"), is_detail=True),
    )
    rows = tuple(_row(desk, one) for one in indicators)
    return Table(columns, rows, link_ids=tuple(one.id for one in indicators), name=HERE, is_folded=True)


def _row(desk: Desk, one: Indicator) -> tuple[Cell, ...]:
    figure = desk.view.figures.get(one.id)
    value = value_words(figure, desk.locale) if figure else _("tiap bagian")
    return (
        one.title_by(desk.rules),
        _("pokok") if one.is_headline else _("pendukung"),
        value,
        figure.period_label if figure else "",
        PERIODS[one.period_kind],
        one.owner_note,
        one.legal_basis,
    )


def _awaited(desk: Desk, awaited: Sequence[tuple[str, Awaited]]) -> Table:
    columns = (
        Column(_("Ukuran")),
        Column(_("Yang disampaikan")),
        Column(_("Oleh")),
        Column(_("Aturan"), is_detail=True),
        Column(_("Dicoba dengan"), is_detail=True),
    )
    rows = tuple(
        (one.title, one.delivers, one.owner, _regulations(desk, scheme_id), f"python -m warehouse evaluate {scheme_id}")
        for scheme_id, one in awaited
    )
    note = _(
        "Aturannya sudah dapat dicoba dengan berkas sendiri. Sesudah kiriman disepakati, satu kontrak dan satu modul "
        "menjadikannya indikator: katalog.md dan developer.md."
    )
    return Table(columns, rows, note=note, name=AWAITED, is_folded=True)


def _regulations(desk: Desk, scheme_id: str) -> str:
    """Of the rules of a scheme in force, also where they are several side by side."""
    name = scheme_id.replace("-", "_")
    packs = [pack for pack in desk.rules.every_pack if pack.scheme == name or pack.scheme.startswith(f"{name}_")]
    return "; ".join(dict.fromkeys(pack.regulation for pack in packs if pack.valid_until is None))
