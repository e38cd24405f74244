"""Writes a large sample for measuring: the same event model as DATA CONTOH, at the volume asked for.

python benchmarks/generate.py --calls 1800000 --years 10 --out /path/to/folder
PENDOPO_DATA_DIR=/path/to/folder python -m pipelines --now 2026-11-22T00:10 run
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipelines.sample import SampleError, SampleScale, write_sample
from warehouse.settings import SettingsError, load_settings

DAYS_A_YEAR = 365.25


def main() -> int:
    options = _options()
    days = round(options.years * DAYS_A_YEAR)
    scale = SampleScale(days=days, calls_per_day=options.calls / (days + 1), seed=options.seed)
    overrides = {"profile": options.profile} if options.profile else {}
    started = time.perf_counter()
    try:
        settings = load_settings(data_dir=options.out.resolve(), contoh=True, **overrides)
        with tqdm(unit="berkas", leave=False) as bar:

            def show(name: str, done: int, total: int) -> None:
                bar.set_description(name)
                bar.total, bar.n = total, done
                bar.refresh()

            report = write_sample(settings, options.as_of, scale, show)
    except (SampleError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{report} {report.folder}, {time.perf_counter() - started:.0f} detik")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Menulis DATA CONTOH berukuran besar untuk pengukuran.")
    parser.add_argument("--calls", type=int, default=1_800_000, help="jumlah panggilan, kira-kira")
    parser.add_argument("--years", type=float, default=10, help="lama riwayat, tahun")
    parser.add_argument("--out", type=Path, required=True, help="folder data yang ditulis (PENDOPO_DATA_DIR)")
    parser.add_argument("--seed", type=int, default=1, help="benih angka acak")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 21), help="hari terakhir")
    parser.add_argument("--profile", help="profil di pendopo.toml")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
