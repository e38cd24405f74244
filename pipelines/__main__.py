"""Command line of the pipelines, from what is delivered to releases that are kept.

Exit codes: 0 done; 2 wrong command, configuration, backup or data folder, also a full disk; 3 done, but a delivery or
source was refused, is held or could not be fetched (validate: rows too; rebuild: the content differs); 4 another build
or fetch is running; 1 a bug.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date, datetime
from pathlib import Path
from threading import Event

from journal.failures import JournalError
from pipelines.building.build import BuildBusy, BuildReport, run
from pipelines.building.data_backup import DataBackupError
from pipelines.building.processes import stop_on_signals
from pipelines.building.watching import keep_watching, print_build
from pipelines.commands.keeping_commands import add_keeping_commands, add_waiting, shown_progress
from pipelines.commands.report import print_status
from pipelines.commands.restricted_commands import RestrictedError, add_restricted_commands
from pipelines.commands.row_history_command import add_history_command
from pipelines.commands.source_list import print_sources
from pipelines.commands.validate_command import run_validate
from pipelines.contracts.contract import ContractProblem
from pipelines.deliveries.confirming import ConfirmationError, run_confirm
from warehouse.personal import cover
from warehouse.rules.nodes import RuleError
from warehouse.settings import Settings, SettingsError, default_settings, load_settings, settings_file

DONE, WRONG_USE, REFUSED, BUSY = 0, 2, 3, 4
WRONG: tuple[type[Exception], ...] = (
    SettingsError,
    ContractProblem,
    RuleError,
    ConfirmationError,
    DataBackupError,
    RestrictedError,
    JournalError,
)


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        settings = _settings(options)
        now = options.now or _local_now(settings)
        code = int(options.command(options, settings, now))
        sys.stdout.flush()
        return code
    except BuildBusy as error:
        print(error, file=sys.stderr)
        return BUSY
    except WRONG as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:  # who reads has seen enough, as `| head` does; what is written at the end goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        print(
            f"Folder data tidak dapat dibaca atau ditulis: {cover(str(error))}. "
            "Periksa letak, hak akses dan sisa ruang cakram.",
            file=sys.stderr,
        )
        return WRONG_USE


def _local_now(settings: Settings) -> datetime:
    return datetime.now(settings.region.zone).replace(tzinfo=None)


def _settings(options: argparse.Namespace) -> Settings:
    """Those of the project; a contract that is not installed is checked without them too."""
    if options.command is run_validate and options.contract and not settings_file().is_file():
        return default_settings()
    return load_settings(**({"profile": options.profile} if options.profile else {}))


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            return instant
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text} bukan waktu daerah; tulis seperti 2026-11-21T16:08, tanpa zona")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} bukan tanggal; tulis seperti 2026-11-21") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipelines",
        description="Memuat kiriman OPD menjadi rilis.",
        epilog="Kode keluar: 0 selesai; 2 perintah, konfigurasi, cadangan atau folder data salah, juga ruang cakram "
        "habis; 3 selesai tetapi ada kiriman yang ditolak atau ditahan, atau sumber yang gagal diambil (validate: ada "
        "baris yang ditolak; rebuild: isinya berbeda); 4 rilis lain sedang dibangun atau pengambilan lain sedang "
        "berjalan; 1 kesalahan program.",
    )
    parser.add_argument("--profile", help="profil di pendopo.toml, menggantikan yang tertulis di sana")
    parser.add_argument("--now", type=_instant, help="saat pembangunan, waktu daerah (bawaan: sekarang)")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")

    build = commands.add_parser("run", help="muat semua kiriman dan terbitkan rilis")
    add_waiting(build)
    build.set_defaults(command=_run)

    look = commands.add_parser("watch", help="awasi inbox dan bangun sendiri, sampai dihentikan dengan Ctrl-C")
    look.set_defaults(command=_watch)
    fetch = commands.add_parser("fetch", help="ambil sumber yang terhubung ke inbox; run memuatnya")
    fetch.add_argument("--source", help="hanya sumber ini (bawaan: semua yang punya connection.yml)")
    fetch.set_defaults(command=_fetch)

    check = commands.add_parser("validate", help="periksa berkas tanpa memuatnya")
    check.add_argument("file", type=Path, nargs="*", help="berkas yang diperiksa; tanpa berkas: periksa kontrak saja")
    which = check.add_mutually_exclusive_group(required=True)
    which.add_argument("--source", help="sumber terpasang, misalnya bpbd_kejadian_112")
    which.add_argument("--contract", type=Path, help="contract.yml, atau foldernya, yang belum dipasang")
    check.add_argument("--as-of", type=_day, help="hari berkas itu dikirim (bawaan: sekarang)")
    check.add_argument("--json", action="store_true", help="hasil sebagai JSON, lihat docs/kontrak.md")
    check.set_defaults(command=run_validate)

    add_keeping_commands(commands)
    add_restricted_commands(commands)
    add_history_command(commands)

    sources = commands.add_parser("sources", help="kontrak terpasang: pengirim, irama, kiriman terakhir, keadaan")
    sources.set_defaults(command=_sources)

    status = commands.add_parser("status", help="rilis, jam data tiap pengirim, dan kiriman bermasalah")
    status.set_defaults(command=print_status)

    held = commands.add_parser("confirm", help="konfirmasi kiriman yang ditahan, supaya dimuat pada run berikutnya")
    held.add_argument("submission", nargs="?", metavar="KIRIMAN", help="tanda kiriman, dari --list atau status")
    held.add_argument("--by", metavar="NAMA", help="siapa yang menyatakan kiriman itu benar")
    held.add_argument("--reason", metavar="ALASAN", help="mengapa kiriman itu benar")
    held.add_argument("--list", action="store_true", help="daftar kiriman yang ditahan dan alasannya")
    held.set_defaults(command=run_confirm)

    sample = commands.add_parser("sample", help="tulis atau hapus DATA CONTOH")
    sample.add_argument("--as-of", type=_day, help="hari terakhir contoh (bawaan: hari ini)")
    sample.add_argument("--remove", metavar="SUMBER", help="hapus contoh satu sumber dan jangan menulisnya lagi")
    sample.add_argument("--demo", type=Path, metavar="FOLDER", help="tulis buku kerja demo rusak dan benar di FOLDER")
    sample.set_defaults(command=_sample)
    return parser


def _run(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    with shown_progress(options.quiet) as show:
        report = run(settings, now, show, wait=options.wait)
    _print_report(report)
    return REFUSED if report.problems else DONE


def _watch(_options: argparse.Namespace, settings: Settings, _now: datetime) -> int:
    stop = Event()
    stop_on_signals(stop)
    keep_watching(settings, lambda: _local_now(settings), stop, print_build)
    return DONE


def _sources(_options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    return REFUSED if print_sources(settings, now) else DONE


def _print_report(report: BuildReport) -> None:
    state = "diterbitkan" if report.is_new else "tetap, tidak ada perubahan"
    again = f" {report.repeat_count} kiriman berisi sama dengan sebelumnya: sudah diterima." * (report.repeat_count > 0)
    print(
        f"Rilis {report.release_id} {state}: {report.submission_count} kiriman, "
        f"{report.accepted_count} baris diterima, {report.rejected_count} dikarantina.{again}"
    )
    for problem in report.problems:
        print(f"- {problem.source_id} {problem.file_name}: {problem.message}", file=sys.stderr)


def _fetch(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    from pipelines.connectors.command import run_fetch  # noqa: PLC0415 - what speaks to the network, for it alone

    return run_fetch(options, settings, now)


def _sample(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    from pipelines.commands.sample_command import run_sample  # noqa: PLC0415 - what draws and writes it, for it alone

    return run_sample(options, settings, now)


if __name__ == "__main__":
    sys.exit(main())
