"""Writes or removes DATA CONTOH, and the workbooks of a demonstration."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from pipelines.sample import SampleError, latest_demo_day, remove_sample, write_demo_workbooks, write_sample
from warehouse.settings import Settings

DONE, WRONG_USE = 0, 2


def run_sample(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    try:
        _sample(options, settings, now)
    except SampleError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    return DONE


def _sample(options: argparse.Namespace, settings: Settings, now: datetime) -> None:
    if options.remove:
        remove_sample(settings, options.remove)
        print(f"DATA CONTOH {options.remove} dihapus. Jalankan `python -m pipelines run` untuk menerbitkannya.")
    elif options.demo:
        for path in write_demo_workbooks(settings, options.as_of or latest_demo_day(now), options.demo):
            print(path)
    else:
        as_of = options.as_of or now.date()
        report = write_sample(settings, as_of)
        print(f"DATA CONTOH s.d. {as_of.isoformat()} ditulis di {settings.state_dir / 'contoh'}: {report}")
