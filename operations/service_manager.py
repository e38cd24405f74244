"""Tells the service manager that started us (systemd, `Type=notify`) that we run, and at every look that we still do.

Refuses nothing: without a manager, or on Windows, there is nobody to tell.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def tell_manager(*states: str, environ: Mapping[str, str] = os.environ) -> None:
    """One datagram to the socket the manager names."""
    name = environ.get("NOTIFY_SOCKET", "")
    if not name or not hasattr(socket, "AF_UNIX"):
        return
    address = "\0" + name[1:] if name.startswith("@") else name
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.sendto("\n".join(states).encode(), address)
