"""The dashboard beside the resident process: ends with it, however that ends, also by kill -9.

`python -m operations.dashboard PID ...` runs Streamlit with the arguments that follow while that process lives.
"""

from __future__ import annotations

import os
import runpy
import sys
import time
from threading import Thread

import psutil

LOOK_SECONDS = 1


def main() -> None:
    try:
        keeper = psutil.Process(int(sys.argv.pop(1)))
    except psutil.NoSuchProcess:
        return
    Thread(target=_end_with, args=(keeper,), daemon=True).start()
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _end_with(keeper: psutil.Process) -> None:
    while keeper.is_running() and keeper.status() != psutil.STATUS_ZOMBIE:
        time.sleep(LOOK_SECONDS)
    os._exit(0)  # nothing is lost: what people enter is in the journal before they are told so


if __name__ == "__main__":
    main()
