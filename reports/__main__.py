"""Command line of the paper: snapshot.

Exit codes: 0 done; 2 wrong command, page, filter, configuration or folder; 3 done, but a section could not be shown;
4 no release to read; 1 a bug.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from reports.choices import settle
from reports.content import PageContent
from reports.desk import Desk
from reports.opening import NoReleaseError, opened_desk
from reports.registry import PAGE_NAMES, Page, UnknownPageError, find_page
from reports.snapshot import FORMATS, take_snapshot
from warehouse.filters import KEYS, FilterError, read_filters
from warehouse.nearest import nearest_hint
from warehouse.pins import pin
from warehouse.rules.nodes import RuleError
from warehouse.scope import machine_scope
from warehouse.settings import Settings, SettingsError, load_settings

COMMAND_LINE = "baris perintah reports"
DONE, WRONG_USE, INCOMPLETE, NO_RELEASE = 0, 2, 3, 4


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(**({"profile": options.profile} if options.profile else {}))
        return _snapshot(options, settings)
    except NoReleaseError as error:
        print(error, file=sys.stderr)
        return NO_RELEASE
    except (SettingsError, RuleError, UnknownPageError, FilterError) as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except OSError as error:
        print(
            f"Folder tidak dapat dibaca atau ditulis: {error}. Periksa letak, hak akses dan sisa ruang cakram.",
            file=sys.stderr,
        )
        return WRONG_USE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reports",
        description="Menulis isi halaman ke berkas, tanpa peramban.",
        epilog="Kode keluar: 0 selesai; 2 perintah, halaman, saringan, konfigurasi atau folder salah; 3 selesai tetapi "
        "ada bagian yang belum dapat ditampilkan; 4 belum ada rilis yang dapat dibaca; 1 kesalahan program.",
    )
    parser.add_argument("--profile", help="profil di pendopo.toml, menggantikan yang tertulis di sana")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")
    snapshot = commands.add_parser("snapshot", help="PDF, PNG, XLSX dan CSV dari satu halaman")
    snapshot.add_argument("--page", required=True, metavar="HALAMAN", help=f"salah satu dari {', '.join(PAGE_NAMES)}")
    snapshot.add_argument(
        "--filter",
        action="append",
        default=[],
        type=_pair,
        metavar="KUNCI=NILAI",
        help="saringan seperti di alamat halaman, boleh berulang",
    )
    snapshot.add_argument("--release", default="", metavar="RILIS", help="rilis lama (bawaan: yang sedang dilayani)")
    snapshot.add_argument("--now", type=_instant, help="saat menilai jam data, waktu daerah (bawaan: sekarang)")
    snapshot.add_argument(
        "--format", type=_formats, default=FORMATS, metavar="DAFTAR", help="dipisah koma (bawaan: pdf,png,xlsx,csv)"
    )
    snapshot.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder hasil")
    return parser


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not value:
        raise argparse.ArgumentTypeError(f"{text} bukan saringan; tulis seperti tahun=2026")
    if key not in KEYS:
        hint = nearest_hint(key, KEYS) or "."
        raise argparse.ArgumentTypeError(f"saringan {key} tidak dikenal{hint} Pilihan: {', '.join(KEYS)}")
    return key, value


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            return instant
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text} bukan waktu daerah; tulis seperti 2026-11-21T16:08, tanpa zona")


def _formats(text: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    for part in asked:
        if part not in FORMATS:
            raise argparse.ArgumentTypeError(f"format {part} tidak dikenal; pilihan: {', '.join(FORMATS)}")
    if not asked:
        raise argparse.ArgumentTypeError(f"tulis sedikitnya satu dari {', '.join(FORMATS)}")
    return asked


def _snapshot(options: argparse.Namespace, settings: Settings) -> int:
    page = find_page(options.page)
    address = dict(options.filter)
    release_id = options.release or address.pop("rilis", "")
    instant = options.now or datetime.now(settings.region.zone).replace(tzinfo=None)
    with opened_desk(settings, instant, release_id, machine_scope(COMMAND_LINE)) as desk:
        content = build_page(page, desk, address)
        pin(settings.state_dir, desk.release_id, f"{options.page} {take_snapshot(desk, content).code}")
        for path in write_files(desk, content, options.format, options.out):
            print(path)
    failed = [section.title for section in content.sections if section.is_failed]
    if failed:
        print(f"Bagian yang belum dapat ditampilkan: {', '.join(failed)}.", file=sys.stderr)
    return INCOMPLETE if failed else DONE


def build_page(page: Page, desk: Desk, address: dict[str, str]) -> PageContent:
    """The page for an address. Raises FilterError, also for a filter that this page would pass over."""
    filters = read_filters(address)
    choice = settle(filters, page.facets(desk, filters), desk.scope.reach)
    if choice.problems:
        raise FilterError("\n".join(choice.problems))
    return page.build(desk, choice.filters)


def write_files(desk: Desk, content: PageContent, formats: Sequence[str], folder: Path) -> Iterable[Path]:
    """Each file whole under its own name; a file of the same code is replaced by the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    snapshot = take_snapshot(desk, content)
    for kind in formats:
        for name, content_bytes in snapshot.files(kind):
            path = folder / name
            draft = path.with_name(f".{name}.sebagian")
            draft.write_bytes(content_bytes)
            draft.replace(path)
            yield path


if __name__ == "__main__":
    sys.exit(main())
