"""`python -m warehouse`: `evaluate` tries a rule without the dashboard, `catalogue` writes all rules down for readers.

Exit codes: 0 written, or every case was judged; 3 some case could not be; 2 wrong use or a file that cannot be read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from warehouse.evaluation.cases import beside_validity
from warehouse.evaluation.csv_rows import read_rows
from warehouse.evaluation.model import InputProblem, Request, Scheme
from warehouse.evaluation.schemes import BY_ID
from warehouse.evaluation.telling import as_document, as_text, describe_columns
from warehouse.figures import ValueStatus
from warehouse.nearest import nearest_hint
from warehouse.rules import RuleBook, RuleError, load_rules

DONE, WRONG_USE, NOT_ALL = 0, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parsed(arguments)
    try:
        return _catalogue(options) if options.command == "catalogue" else _evaluate(options)
    except BrokenPipeError:  # who reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (InputProblem, RuleError, OSError) as problem:
        said = _unreadable(problem) if isinstance(problem, OSError) else str(problem)
        where = str(options.file) if options.file and not isinstance(problem, RuleError) else ""
        if getattr(options, "json", False):
            print(json.dumps({"error": {"file": where, "text": said}}, ensure_ascii=False, indent=2))
        else:
            print(f"{where}: {said}" if where else said, file=sys.stderr)
        return WRONG_USE


def _catalogue(options: argparse.Namespace) -> int:
    from warehouse.catalogue_page import catalogue_page  # noqa: PLC0415  indicators bring pandas, which no rule needs

    page = catalogue_page(load_rules({}))
    if options.file is None:
        print(page, end="")
    else:
        options.file.write_text(page, "utf-8", newline="\n")
    return DONE


def _unreadable(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "berkas tidak ditemukan"
    if isinstance(problem, IsADirectoryError):
        return "ini folder, bukan berkas"
    return f"tidak dapat dibaca: {problem.strerror}"


def _evaluate(options: argparse.Namespace) -> int:
    scheme = BY_ID.get(options.scheme)
    if scheme is None:
        hint = nearest_hint(options.scheme, BY_ID)
        raise RuleError(f"skema {options.scheme!r} tidak dikenal{hint}. Yang ada: {', '.join(sorted(BY_ID))}")
    request = Request(_year(options.year), _chosen(scheme, options.option))
    if options.columns:
        print(describe_columns(scheme))
        return DONE
    if options.file is None:
        raise RuleError(f"sebutkan berkas CSV; kolomnya: python -m warehouse evaluate {scheme.id} --columns")
    judged = scheme.evaluate(read_rows(options.file.read_bytes(), scheme), _rules(options), request)
    cases = [beside_validity(case, request) for case in judged]
    if options.json:
        print(json.dumps(as_document(scheme, request, cases), ensure_ascii=False, indent=2))
    else:
        print(as_text(scheme, cases))
    return DONE if all(case.status is ValueStatus.CALCULATED for case in cases) else NOT_ALL


def _rules(options: argparse.Namespace) -> RuleBook:
    """The regulations as they are, or with what the region has set."""
    if not options.thresholds:
        return load_rules({})
    from warehouse.region_rules import region_rules  # noqa: PLC0415  settings are read by whoever asks for them
    from warehouse.settings import SettingsError, load_settings  # noqa: PLC0415

    try:
        return region_rules(load_settings())
    except SettingsError as error:
        raise RuleError(str(error)) from error


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    if len(text) != len("2024") or not text.isdecimal() or not 1945 <= int(text) <= 2100:
        raise RuleError(f"--year {text} bukan tahun, contoh yang benar 2024")
    return int(text)


def _chosen(scheme: Scheme, given: Sequence[str]) -> dict[str, str]:
    known = {option.name: option for option in scheme.options}
    chosen = {name: option.values[0] for name, option in known.items()}
    for item in given:
        name, _, value = item.partition("=")
        if name not in known:
            there = f"yang ada: {', '.join(known)}" if known else f"skema {scheme.id} tanpa pilihan"
            raise RuleError(f"pilihan {name!r} tidak dikenal{nearest_hint(name, known)}; {there}")
        if value not in known[name].values:
            raise RuleError(f"pilihan {name} {value!r} harus salah satu dari {', '.join(known[name].values)}")
        chosen[name] = value
    return chosen


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """A file written behind an option too: argparse gives up on an optional place as soon as an option begins."""
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and options.file is None and not rest[0].startswith("-"):
        options.file = Path(rest.pop(0))
    if rest:
        parser.error(f"tidak dikenal: {' '.join(rest)}")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m warehouse", description="Mencoba aturan tanpa dasbor.")
    commands = parser.add_subparsers(dest="command", required=True)
    evaluate = commands.add_parser("evaluate", help="hitung satu berkas CSV menurut satu skema")
    evaluate.add_argument("scheme", metavar="SKEMA", help=", ".join(sorted(BY_ID)))
    evaluate.add_argument("file", metavar="BERKAS.csv", type=Path, nargs="?")
    evaluate.add_argument(
        "--year",
        metavar="TAHUN",
        help="tahun yang menilai semua baris, mendahului tahun atau tanggal di barisnya; di dbd-siaga: tahun yang "
        "dinilai. Tanpa --year: tahun atau tanggal barisnya, lalu aturan terbaru",
    )
    evaluate.add_argument("--option", action="append", default=[], metavar="KUNCI=NILAI", help="pilihan skema")
    evaluate.add_argument("--thresholds", action="store_true", help="dengan batas daerah: [thresholds] pendopo.toml")
    evaluate.add_argument("--json", action="store_true", help="untuk program: docs/evaluate.schema.json")
    evaluate.add_argument("--columns", action="store_true", help="kolom, pilihan dan contoh berkas skema ini")
    catalogue = commands.add_parser("catalogue", help="tulis katalog indikator, skema dan paket aturan")
    catalogue.add_argument("file", metavar="BERKAS.md", type=Path, nargs="?", help="tanpa berkas: ke layar")
    return parser


if __name__ == "__main__":
    sys.exit(main())
