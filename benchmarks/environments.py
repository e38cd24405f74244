"""Gives a peer an environment of its own, apart from our libraries; one that will not install is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parent / "peers"
HOME = PEERS / ".lingkungan"


class NotInstalled(Exception):
    """The last lines of what pip said."""


def python_of(peer: str) -> Path:
    """The interpreter of `peers/<peer>.txt`, installed at the first call. Raises NotInstalled."""
    home, wanted = HOME / peer, (PEERS / f"{peer}.txt").read_text("utf-8")
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    mark = home / "terpasang.txt"
    if mark.is_file() and mark.read_text("utf-8") == wanted:
        return python
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "-r", str(PEERS / f"{peer}.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstalled(" ".join(done.stderr.strip().splitlines()[-2:]))
    mark.write_text(wanted, "utf-8")
    return python
