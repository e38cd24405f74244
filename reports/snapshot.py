"""What a page shows, taken away: one code and the files of it, each made only when somebody asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from gettext import gettext as _

from charts.formats import format_delay
from reports.content import PageContent, Section, Table, Words
from reports.csv import content_csv
from reports.desk import Desk
from reports.paper import paper_data
from reports.pdf import draw_pdf
from reports.png import draw_pngs, pack_pngs, picture_names
from reports.xlsx import draw_xlsx
from warehouse.scope import WHOLE, Action

FORMATS = ("pdf", "png", "xlsx", "csv")


@dataclass(frozen=True)
class Download:
    """One file a reader can take; `make` draws it."""

    label: str
    file_name: str
    mime: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Snapshot:
    """Equal codes mean the same page, cut, release and state of the clocks."""

    desk: Desk
    content: PageContent
    code: str

    @property
    def stem(self) -> str:
        """Name of every file without its ending."""
        return f"pendopo_{self.content.page}_{self.desk.region.region_code}_{self.desk.release_id}_{self.code}"

    def pdf(self) -> bytes:
        return draw_pdf(paper_data(self.desk, self.content, self.code))

    def pngs(self) -> tuple[bytes, ...]:
        return draw_pngs(paper_data(self.desk, self.content, self.code))

    def xlsx(self) -> bytes:
        return draw_xlsx(self.desk, self.content, self.code)

    def csv(self) -> bytes:
        return content_csv(self.content, self.desk.release_id)

    def files(self, kind: str) -> tuple[tuple[str, bytes], ...]:
        """Names and bytes of one of FORMATS; pictures are one file a page."""
        if kind == "png":
            pictures = self.pngs()
            return tuple(zip(picture_names(self.stem, len(pictures)), pictures, strict=True))
        make = {"pdf": self.pdf, "xlsx": self.xlsx, "csv": self.csv}[kind]
        return ((f"{self.stem}.{kind}", make()),)

    @property
    def downloads(self) -> tuple[Download, ...]:
        """What a page offers; pictures come as one package: how many there are shows only when they are drawn."""
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return (
            Download(_("Unduh PDF"), f"{self.stem}.pdf", "application/pdf", self.pdf),
            Download(_("Unduh PNG"), f"{self.stem}_png.zip", "application/zip", partial(_packed, self)),
            Download(_("Unduh XLSX"), f"{self.stem}.xlsx", sheet, self.xlsx),
            Download(_("Unduh CSV"), f"{self.stem}.csv", "text/csv", self.csv),
        )


def _packed(snapshot: Snapshot) -> bytes:
    return pack_pngs(snapshot.stem, snapshot.pngs())


def take_snapshot(desk: Desk, content: PageContent) -> Snapshot:
    """Nothing is drawn yet. Raises NotPermittedError; delivered rows stay behind without the right to take them."""
    desk.scope.require(Action.EXPORT)
    if not desk.scope.may(Action.EXPORT_ROWS):
        content = replace(content, sections=tuple(_without_rows(section) for section in content.sections))
    return Snapshot(desk, content, snapshot_code(desk, content))


def _without_rows(section: Section) -> Section:
    words = Words(_("Baris sumber tidak ikut diunduh: peran Anda tidak berhak {action}.").format(
        action=Action.EXPORT_ROWS.value), is_note=True)  # fmt: skip
    kept = (words if isinstance(block, Table) and block.holds_rows else block for block in section.blocks)
    return replace(section, blocks=tuple(kept))


def snapshot_code(desk: Desk, content: PageContent) -> str:
    """`7F3A-19C2`: short enough to be said aloud, and enough to tell cuts of one release apart."""
    clocks = (
        f"{clock.source_id}:{clock.opd_code}:{clock.state.value}:{format_delay(clock.overdue_minutes)}"
        for clock in desk.view.clocks
    )
    address = (f"{key}={value}" for key, value in content.address if key != "rilis")
    said = (
        desk.release_id, desk.region.region_code, content.page, *address, desk.instant.date().isoformat(), *clocks,
        repr(desk.rules),  # limits of the region may change without a new release
        *_reader(desk),
    )  # fmt: skip
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def _reader(desk: Desk) -> tuple[str, ...]:
    """What of a reader changes the files: nothing, for who reads and takes the whole region without restricted
    columns."""
    reach = desk.scope.reach
    told = () if reach == WHOLE else (repr(reach),)
    return told if desk.scope.may(Action.EXPORT_ROWS) else (*told, "tanpa baris")
