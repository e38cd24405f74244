"""What a reader may choose on page Jelajah: only what the facts of the chosen indicator can tell apart."""

from __future__ import annotations

from gettext import gettext as _

from reports.captions import period_words, state_words
from reports.desk import Desk
from reports.exploring import views_of
from reports.facets import Facet, Option
from warehouse.cuts import WORDS
from warehouse.exploration import Exploration
from warehouse.explore_options import ExploreOptions, Named, explore_options
from warehouse.filters import NEVER_SENT, STATES
from warehouse.measures import DIMENSION, KECAMATAN, MEASURES, OPD, REGION, TIME, Measure
from warehouse.scope import Action

FIRST = "smart_living.panggilan_112"
PERIODS = {
    "day": ("7h", "30h", "90h", "3b", "12b", "tahun", "5t", "10t", "semua"),
    "month": ("3b", "12b", "tahun", "3t", "5t", "semua"),
    "year": ("1t", "3t", "5t", "10t", "semua"),
}
VIEW_WORDS = {"tabel": _("tabel saja"), "garis": _("garis"), "batang": _("batang"), "peta": _("peta kecamatan")}
ORDERS = (
    Option("", _("urutan sendiri")), Option("-nilai", _("nilai terbesar dahulu")),
    Option("nilai", _("nilai terkecil dahulu")), Option("-perubahan", _("perubahan terbesar dahulu")),
    Option("perubahan", _("perubahan terkecil dahulu")), Option("nama", _("nama")),
)  # fmt: skip
COMPARISONS = (
    Option("", _("tanpa pembanding")), Option("sebelumnya", _("rentang sebelumnya")),
    Option("tahun_lalu", _("tahun lalu")),
)  # fmt: skip


WHOLE_CUT = "semua"  # of `baris`: the rows behind every group


def explore_facets(desk: Desk, measure: Measure, result: Exploration) -> tuple[Facet, ...]:
    """`result` is the exploration asked for: its groups can be opened."""
    views = tuple(Option(view, VIEW_WORDS[view]) for view in views_of(result.grouping))
    groupings = tuple(Option(name, WORDS[name]) for name in (TIME, *measure.dimensions))
    periods = tuple(Option(code, period_words(code, desk.locale)) for code in PERIODS[measure.step])
    states = tuple(Option(state, state_words(state)) for state in STATES if state != NEVER_SENT)
    groups = tuple(Option(group.key, group.label) for group in result.groups if group.row_count)
    has_rows = groups and desk.scope.may(Action.SEE_ROWS)
    opened = (Option(WHOLE_CUT, _("seluruh potongan")), *groups) if has_rows else ()
    return (
        Facet("indikator", _("Indikator"), _indicators(desk), FIRST),
        Facet("menurut", _("Menurut"), groupings, measure.grouping),
        Facet("periode", _("Periode"), periods, measure.period),
        Facet("banding", _("Dibanding"), COMPARISONS),
        *_places(desk, measure, desk.ask(explore_options)),
        Facet("data", _("Keadaan data"), states, "", True),
        Facet("tampil", _("Tampil sebagai"), views, views[0].value),
        Facet("urut", _("Urut"), ORDERS),
        Facet("baris", _("Buka baris sumber"), (Option("", _("tidak dibuka")), *opened)),
    )


def _indicators(desk: Desk) -> tuple[Option, ...]:
    titles = ((one.indicator.dimension, one.indicator.title_by(desk.rules), one.id) for one in MEASURES)
    return tuple(Option(measure_id, f"{dimension} · {title}") for dimension, title, measure_id in titles)


def _places(desk: Desk, measure: Measure, options: ExploreOptions) -> tuple[Facet, ...]:
    """Where and who; what the facts do not record has no widget, and is told when an address asks for it."""
    offered: tuple[tuple[str, str, tuple[Named, ...]], ...] = (
        (REGION, _("Daerah"), options.regions),
        (KECAMATAN, _("Kecamatan"), _within(options.kecamatan, desk.scope.reach.kecamatan_codes)),
        (OPD, "OPD", _within(options.opds, desk.scope.reach.opd_codes)),
        (DIMENSION, _("Dimensi"), options.dimensions),
    )
    return tuple(
        Facet(name, label, tuple(Option(one.code, one.name) for one in named) if name in measure.dimensions else (),
              "", True)
        for name, label, named in offered
    )  # fmt: skip


def _within(named: tuple[Named, ...], own: tuple[str, ...]) -> tuple[Named, ...]:
    """Of a reader bound to some codes, those; else all."""
    return tuple(one for one in named if one.code in own) if own else named
