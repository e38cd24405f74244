"""Ports for servers that tests start: nobody else on this machine is given one before the server is there, or between
two of its starts."""

from __future__ import annotations

import socket
import sys


def own_port() -> int:
    """Bound until this process ends and never listened at: who asks for any free port is not given it, and a client
    finds nobody. Linux lets a server listen there that comes with SO_REUSEADDR, as servers do."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    port = int(holder.getsockname()[1])
    if sys.platform == "linux":
        holder.detach()  # stays bound
    else:
        holder.close()
    return port
