"""Commands that keep what is there: rebuild, backup, restore, prune. Each holds the builder's lock while it works."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from pipelines.building.building_lock import one_builder
from pipelines.building.data_backup import restore_backup, write_backup
from pipelines.building.drafting import Progress
from pipelines.building.rebuilding import print_rebuilt, rebuild
from warehouse.releases import list_release_ids, prune
from warehouse.settings import Settings

DONE, DIFFERENT = 0, 3


def add_keeping_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """Parsers that set `command(options, settings, now)` -> exit code."""
    again = commands.add_parser("rebuild", help="bangun ulang satu rilis dari kiriman asli dan bandingkan isinya")
    again.add_argument("release", nargs="?", default="", metavar="RILIS", help="bawaan: rilis yang berlaku")
    add_waiting(again)
    again.set_defaults(command=_rebuild)

    kept = commands.add_parser("backup", help="cadangkan seluruh folder data dan jurnal ke satu berkas zip")
    kept.add_argument("file", type=Path, metavar="BERKAS", help="berkas hasil; yang sudah ada tidak ditimpa")
    add_waiting(kept)
    kept.set_defaults(command=_backup)

    back = commands.add_parser("restore", help="isi folder data yang kosong dari cadangan")
    back.add_argument("file", type=Path, metavar="BERKAS", help="cadangan dari perintah backup")
    add_progress(back)
    back.set_defaults(command=_restore)

    fewer = commands.add_parser("prune", help="hapus rilis lama, kecuali yang dikutip")
    fewer.add_argument("--keep", type=_count, metavar="N", help="sisakan N terbaru (bawaan: keep_releases)")
    add_waiting(fewer)
    fewer.set_defaults(command=_prune)


def add_progress(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quiet", action="store_true", help="tanpa bilah kemajuan")


def add_waiting(command: argparse.ArgumentParser) -> None:
    """For what holds the builder's lock."""
    add_progress(command)
    command.add_argument(
        "--wait",
        type=_seconds,
        default=0,
        metavar="DETIK",
        help="tunggu pembangunan lain selama ini (bawaan: tidak menunggu, kode 4)",
    )


@contextmanager
def shown_progress(is_quiet: bool) -> Iterator[Progress]:
    """A bar at the terminal."""
    with tqdm(disable=is_quiet, unit="berkas", leave=False) as bar:

        def show(label: str, done: int, total: int) -> None:
            bar.set_description(label)
            bar.total, bar.n = total, done
            bar.refresh()

        yield show


def _rebuild(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    with shown_progress(options.quiet) as show:
        done = rebuild(settings, options.release, now, show, options.wait)
    print_rebuilt(done)
    return DONE if done.is_equal else DIFFERENT


def _backup(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    with shown_progress(options.quiet) as show:
        manifest = write_backup(settings, options.file, now, show, options.wait)
    size = sum(size for _sha256, size in manifest.files.values())
    print(f"Cadangan: {options.file}, {len(manifest.files)} berkas, {size} bita, sudah dibaca ulang.")
    print("Di dalamnya ada kiriman asli dan sidik kata sandi. Simpan di tempat yang hanya dibuka pengelola server.")
    return DONE


def _restore(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    with shown_progress(options.quiet) as show:
        manifest = restore_backup(settings, options.file, now, show)
    print(f"Dipulihkan ke {settings.state_dir}: {len(manifest.files)} berkas dari cadangan {manifest.made_at}.")
    print("Semua orang harus masuk lagi.")
    return DONE


def _prune(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    with one_builder(settings.state_dir, now, options.wait):
        deleted = prune(settings.state_dir, options.keep or settings.keep_releases)
    print(f"Dihapus: {', '.join(deleted) or 'tidak ada'}.")
    print(f"Tersimpan: {', '.join(list_release_ids(settings.state_dir)) or 'tidak ada'}.")
    return DONE


def _whole(least: int, example: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isdecimal() and int(text) >= least:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text} bukan bilangan yang dapat dipakai; tulis seperti {example}")

    return read


_seconds, _count = _whole(0, "60"), _whole(1, "10")
