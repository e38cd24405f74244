"""Disiplin data: who delivered, who is late, what waits for a confirmation, what was held back, what was agreed."""

from __future__ import annotations

from gettext import gettext as _

from charts.formats import format_date, format_number
from reports import delivery_clocks as clocks
from reports import delivery_excuses as excuses
from reports import delivery_files as files
from reports import delivery_history as history
from reports import delivery_league as league
from reports import quarantine, turnaround
from reports.captions import describe, state_words
from reports.clock_words import is_on_time
from reports.content import PageContent
from reports.deliveries import ALL, HELD, REFUSED, Deliveries, read_deliveries, senders, source_titles
from reports.desk import Desk
from reports.facets import Facet, Option
from reports.parts import guarded, source_lines
from reports.reach import is_narrow, of_reach, reach_words
from reports.side_files import SideFile
from warehouse.filters import STATES, Filters, keep, write_filters
from warehouse.scope import Action

TITLE = _("Disiplin data")
HONOURED = ("sumber", "opd", "data", "rilis")


def facets(desk: Desk, filters: Filters) -> tuple[Facet, ...]:
    titles = source_titles(desk).items()
    sources = (Option(ALL, _("Semua sumber")), *(Option(code, f"{title} ({code})") for code, title in titles))
    return (
        Facet("sumber", _("Sumber"), sources, ALL),
        Facet("opd", "OPD", tuple(Option(code, code) for code in senders(desk)), "", True),
        Facet("data", _("Keadaan kiriman"), tuple(Option(state, state_words(state)) for state in STATES), "", True),
    )


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for a source or agency there is none of."""
    cut = read_deliveries(desk, filters)
    return PageContent(
        page="disiplin_data",
        title=TITLE,
        message=of_reach(desk, _message(desk, cut)),
        period=_("Keadaan {day}").format(day=format_date(desk.instant.date(), desk.locale)),
        filter_words=describe(desk, filters, facets(desk, filters)),
        sections=(
            guarded(clocks.PUNCTUALITY_TITLE, clocks.punctuality_section, desk, cut),
            guarded(files.HELD_TITLE, files.held_section, desk, cut),
            guarded(history.HISTORY_TITLE, history.history_section, desk, cut),
            guarded(excuses.EXCUSES_TITLE, excuses.excuses_section, desk, cut),
            guarded(league.LEAGUE_TITLE, league.league_section, desk, cut),
            guarded(turnaround.TITLE, turnaround.turnaround_section, desk, cut),
            guarded(clocks.CLOCKS_TITLE, clocks.clocks_section, desk, cut),
            guarded(files.FILES_TITLE, files.files_section, desk, cut),
            guarded(files.REFUSED_TITLE, files.refused_section, desk, cut),
            guarded(files.FINDINGS_TITLE, files.findings_section, desk, cut),
            guarded(quarantine.TITLE, quarantine.quarantine_section, desk, cut),
            guarded(clocks.AGREEMENTS_TITLE, clocks.agreements_section, desk, cut),
        ),
        sources=source_lines(desk, *cut.source_ids),
        address=tuple(write_filters(keep(filters, *HONOURED)).items()),
        reach_words=reach_words(desk),
    )


def held_files(desk: Desk, filters: Filters) -> tuple[SideFile, ...]:
    """Held rows of each source in full. Raises NotPermittedError."""
    return quarantine.held_files(desk, read_deliveries(desk, filters))


def receipts(desk: Desk, filters: Filters) -> SideFile:
    """The record of the deliveries with the whole fingerprint of each file. Raises NotPermittedError."""
    desk.scope.require(Action.EXPORT)
    cut = read_deliveries(desk, filters)
    return SideFile(
        _("Unduh catatan kiriman dengan SHA-256, CSV"),
        f"pendopo_kiriman_{desk.region.region_code}_{desk.release_id}.csv",
        lambda: files.receipts_csv(desk.release_id, cut),
        len(cut.frame),
        Action.EXPORT,
    )


def _message(desk: Desk, cut: Deliveries) -> str:
    """`28 dari 30 OPD tepat waktu; 2 kiriman ditahan; 1 berkas ditolak`; it names no cause."""

    def number(count: int) -> str:
        return format_number(count, 0, desk.locale)

    parts = [_punctual_words(desk, cut)]
    held, refused = len(cut.with_status(HELD)), len(cut.with_status(REFUSED))
    parts.append(_("{count} kiriman ditahan").format(count=number(held)) if held else _("tidak ada kiriman ditahan"))
    parts += [_("{count} berkas ditolak").format(count=number(refused))] if refused else []
    return "; ".join(parts)


def _punctual_words(desk: Desk, cut: Deliveries) -> str:
    """Agencies of the whole region; of a cut its senders, one for each source."""
    if cut.is_whole:
        on_time, every, words = (
            desk.view.opd_on_time_count,
            desk.view.opd_count,
            _("{count} dari {all} OPD tepat waktu"),
        )
    else:
        on_time, every = sum(is_on_time(clock) for clock in cut.agreed), len(cut.agreed)
        words = _("{count} dari {all} kiriman terjadwal tepat waktu")
    if not every and is_narrow(desk):
        return _("Tidak ada kiriman terjadwal")
    if not every:
        return _("Belum ada tenggat kiriman yang disepakati")
    return words.format(count=format_number(on_time, 0, desk.locale), all=format_number(every, 0, desk.locale))
