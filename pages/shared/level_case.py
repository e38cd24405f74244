"""The simulator of the historical level: what a day would come to, and what keeps its level; nothing of it is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from gettext import gettext as _

import streamlit as st

from pages.shared.decimal_field import ask_decimal
from pages.shared.marks import plain
from reports.desk import Desk
from reports.level_case import Supposed, is_unread, judge_supposed, known_inputs
from reports.unread import UNREAD_LEGEND
from warehouse.evaluation.ppkm import INDICATORS, VACCINES
from warehouse.figures import ValueStatus
from warehouse.rules.packs import unread_marked

FIRST, LAST = date(2021, 7, 1), date(2022, 12, 30)
GATES = tuple((name, title, "%") for name, title in VACCINES[:4])  # the two others count under an option alone
COLUMNS = 3
PLACE = "indikator:ppkm"


def offer_simulator(desk: Desk) -> None:
    st.markdown(f"**{_('Andai: level dari enam indikator dan vaksinasi')}**")
    st.caption(
        _("Dimulai dari Kota Surabaya 14 September 2021, yang keenam indikatornya terbit. Kosong: belum ada nilainya.")
    )
    supposed = _ask()
    case = judge_supposed(desk, supposed)
    if case.status is not ValueStatus.CALCULATED:
        st.markdown(plain(f"{case.status.value}: {case.reason}."))
    levels = (_("Level situasi"), case.results.get("level_situasi")), (_("Level PPKM"), case.results.get("level_ppkm"))
    mark = is_unread(case)
    for place, (title, level) in zip(st.columns(2), levels, strict=True):
        said = unread_marked(str(level), "ingatan") if mark else str(level)
        place.metric(title, _("belum dapat dihitung") if level is None else said, help=_help(mark, level))
    if mark:
        st.caption(plain(UNREAD_LEGEND))
    for sentence in case.explanation:
        st.markdown(plain(sentence))


def _help(mark: bool, level: object) -> str | None:
    return plain(UNREAD_LEGEND) if mark and level is not None else None


def _ask() -> Supposed:
    known = known_inputs()
    day = st.date_input(
        _("Tanggal asesmen"), known.day("tanggal"), FIRST, LAST, format="DD/MM/YYYY", key=f"{PLACE}:tanggal", width=220
    )
    values: dict[str, Decimal | None] = {}
    asked = (*INDICATORS, *GATES)
    for start in range(0, len(asked), COLUMNS):
        for place, (name, title, unit) in zip(
            st.columns(COLUMNS, vertical_alignment="bottom"), asked[start : start + COLUMNS], strict=False
        ):
            label = f"{title[:1].upper()}{title[1:]}, {unit}"
            with place:
                values[name] = ask_decimal(label, known.number(name), f"{PLACE}:{name}")
    return Supposed(day if isinstance(day, date) else FIRST, values)
