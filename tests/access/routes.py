"""Ten routes to rows: each walks one way as far as it leads and gives back all that was said on it.

`own` and `other` are agencies; a reader of the whole region finds rows of both, one bound to an agency its own alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping

import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from pages.shared import data
from reports.content import PageContent
from reports.desk import Desk
from reports.pages import disiplin_data, indikator, jelajah
from reports.registry import PAGE_NAMES, find_page
from reports.side_files import SideFile
from reports.snapshot import Snapshot, take_snapshot
from tests.access.planted import MARKS, PROGRAMMES
from tests.access.seats import Office, everything_sent
from tests.pages.reading import content_words
from tests.unit.reports.reading import page_texts
from warehouse import queries
from warehouse.explore_options import explore_options
from warehouse.filters import FilterError, Filters, read_filters
from warehouse.narrowing import AGENCY_FACTS
from warehouse.schema import metadata
from warehouse.wall_incidents import read_open_tickets

REGION = "35.16"
WHOLE_READER = "walidata"
OF_AGENCIES = (
    "masterplan.realisasi_fisik",
    "masterplan.kontrak_kritis",
    "anggaran.serapan",
    "smart_living.tiket_terbuka",
)
Route = Callable[[Office, str, str, str], str]


def desk_of(office: Office, who: str) -> Desk:
    return office.desk(office.scope(who))


def told_by(desk: Desk, page: str, **address: str) -> str:
    """A page's words for an address as it stands, its own check of addresses left out; or why it refuses it."""
    try:
        return content_words(desk, find_page(page).build(desk, read_filters(address)))
    except FilterError as error:
        return str(error)


def built(desk: Desk, page: str, **address: str) -> PageContent:
    return find_page(page).build(desk, read_filters(address))


def stored_row(kind: str, code: str) -> str:
    return f"2026-10-01_{kind}_{code}"


def by_page(office: Office, who: str, _own: str, _other: str) -> str:
    desk = desk_of(office, who)
    said = [told_by(desk, page) for page in PAGE_NAMES]
    return "\n".join([everything_sent(office.look(who, "masterplan")), *said])


def by_filter(office: Office, who: str, own: str, other: str) -> str:
    desk, said = desk_of(office, who), []
    for opd in (own, other):
        for page in ("masterplan", "disiplin_data", "smart_living"):
            said.append(told_by(desk, page, opd=opd))
        said.append(told_by(desk, "jelajah", indikator="masterplan.serapan", menurut="opd", opd=opd, baris="semua"))
    shown = office.open(who, "masterplan")
    (agencies,) = (one for one in shown.multiselect if one.label.startswith("OPD"))
    offered = [opd for opd in (own, other) if opd in agencies.options]
    shown = agencies.set_value(offered).run()
    return "\n".join([*said, everything_sent(shown)])


def by_url(office: Office, who: str, own: str, other: str) -> str:
    asked = (
        ("masterplan", f"opd={other}"),
        ("disiplin_data", f"opd={other}&sumber=opd_kontrak"),
        ("jelajah", f"indikator=anggaran.serapan&menurut=opd&opd={other}"),
        ("disiplin_data", f"opd={own}&sumber=opd_kontrak"),
    )
    return "\n".join(everything_sent(office.look(who, page, address)) for page, address in asked)


def by_drill(office: Office, who: str, own: str, other: str) -> str:
    desk, said = desk_of(office, who), []
    for opd in (own, other):
        for indicator in ("masterplan.serapan", "anggaran.serapan"):
            address = {"indikator": indicator, "menurut": "opd", "baris": opd}
            said += [told_by(desk, "jelajah", **address), _made(jelajah.rows_file(desk, read_filters(address)))]
        said.append(told_by(desk, "indikator", indikator="anggaran.serapan", baris=stored_row("opd", opd)))
    return "\n".join(said)


def by_download(office: Office, who: str, _own: str, _other: str) -> str:
    desk, nothing = desk_of(office, who), read_filters({})
    taken = [take_snapshot(desk, built(desk, page)) for page in ("masterplan", "disiplin_data", "ringkasan")]
    said = [text for snapshot in taken for text in _files(snapshot)]
    said += [_made(file) for file in (*disiplin_data.held_files(desk, nothing), disiplin_data.receipts(desk, nothing))]
    said += [_made(indikator.rows_download(desk, read_filters({"indikator": one}))) for one in OF_AGENCIES]
    return "\n".join(said)


def by_paper(office: Office, who: str) -> str:
    """The download that takes its time."""
    desk = desk_of(office, who)
    pages = ("masterplan", "disiplin_data", "smart_living")
    return "\n".join(text for page in pages for text in page_texts(take_snapshot(desk, built(desk, page)).pdf()))


def by_snapshot(office: Office, who: str, _own: str, _other: str) -> str:
    """The code of somebody else's snapshot names theirs; the same release by name leads no further."""
    whole, own = (take_snapshot(desk, built(desk, "masterplan")) for desk in _both(office, who))
    assert (whole.code == own.code) is (who == WHOLE_READER)
    release = data.current().release.release_id
    shown = everything_sent(office.look(who, "masterplan", f"rilis={release}&kode={whole.code}&snapshot={whole.code}"))
    assert (whole.code in shown) is (who == WHOLE_READER)
    return "\n".join([shown, *_files(own)])


def by_cache(office: Office, who: str, _own: str, _other: str) -> str:
    """Who reads the whole region asks first; every answer is remembered."""
    said = []
    for desk in _both(office, who):
        said = [
            _text(desk.ask(queries.submissions)),
            _text(desk.ask(queries.findings)),
            _text(desk.ask(queries.quarantined_rows, "opd_kontrak")),
            _text(desk.ask(queries.indicator_values, "masterplan.serapan")),
            _text(desk.ask(queries.opd_absorption, REGION, 2026)),
            _text(desk.ask(queries.programmes, REGION, 2026)),
            _text(desk.ask(read_open_tickets, REGION)),
            _text((desk.view.programmes, desk.view.open_tickets, desk.view.actions)),
            told_by(desk, "masterplan"),
            *_tables(desk),
        ]
    return "\n".join(said)


def by_deep_link(office: Office, who: str, own: str, other: str) -> str:
    """What an address names is told back to who wrote it, so the words are told without it."""
    said = []
    for opd in (own, other):
        programme = PROGRAMMES[opd]
        for page, address in (
            ("masterplan", f"program={programme}"),
            ("indikator", f"indikator=masterplan.serapan&baris={stored_row('programme', programme)}"),
            ("indikator", f"indikator=anggaran.serapan&baris={stored_row('opd', opd)}"),
            ("disiplin_data", f"sumber=opd_kontrak&opd={opd}"),
        ):
            said.append(everything_sent(office.look(who, page, address)).replace(programme, ""))
    return "\n".join(said)


def by_search(office: Office, who: str, own: str, other: str) -> str:
    """What there is to choose from, and what is guessed for a slip of the pen."""
    desk, said = desk_of(office, who), []
    for page in PAGE_NAMES:
        facets = find_page(page).facets(desk, Filters())
        said += [f"{one.value} {one.words}" for facet in facets for one in facet.options]
    said.append(_text(desk.ask(explore_options)))
    for opd in (own, other):
        near = PROGRAMMES[opd][:-1]
        said += [
            told_by(desk, "masterplan", program=near),
            told_by(desk, "masterplan", program=MARKS[opd][:-1]),
            told_by(desk, "indikator", indikator="masterplan.serapan", baris=stored_row("programme", near)),
            told_by(desk, "disiplin_data", opd=opd[:-1]),
            told_by(desk, "disiplin_data", sumber=f"kontrak_{opd[:-1]}"),
        ]
    return "\n".join(said)


def by_indicator(office: Office, who: str, own: str, other: str) -> str:
    desk, said = desk_of(office, who), []
    for indicator in OF_AGENCIES:
        for address in (
            {},
            {"periode": "semua"},
            {"baris": stored_row("opd", other)},
            {"baris": stored_row("opd", own)},
        ):
            said.append(told_by(desk, "indikator", indikator=indicator, **address))
        said.append(_made(indikator.rows_download(desk, read_filters({"indikator": indicator, "periode": "semua"}))))
    return "\n".join(said)


ROUTES: Mapping[str, Route] = {
    "page": by_page,
    "filter": by_filter,
    "url": by_url,
    "drill": by_drill,
    "download": by_download,
    "snapshot": by_snapshot,
    "cache": by_cache,
    "deep link": by_deep_link,
    "search": by_search,
    "indicator page": by_indicator,
}


def _both(office: Office, who: str) -> Iterator[Desk]:
    """The desk of who reads the whole region, and this reader's, in this order."""
    yield desk_of(office, WHOLE_READER)
    yield desk_of(office, who)


def _tables(desk: Desk) -> Iterator[str]:
    """Every table that holds an agency's rows, over the connection the caches keep for this reach: what a page leaves
    out by itself, a question that forgets to would tell."""
    with data.release_engine(desk.release_id, desk.scope.reach).connect() as connection:
        for name in (*AGENCY_FACTS, "meta_finding", "meta_quarantine", "meta_submission", "mart_indicator_value"):
            yield repr(connection.execute(sa.select(metadata.tables[name])).all())


def _made(file: SideFile | None) -> str:
    return file.make().decode("utf-8-sig") if file else ""


def _text(answer: object) -> str:
    return answer.to_csv() if hasattr(answer, "to_csv") else repr(answer)


def _files(snapshot: Snapshot) -> list[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(snapshot.xlsx()))
    sheets = [repr(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    return [snapshot.csv().decode("utf-8-sig"), *sheets]
