"""Which host may be reached, and at which address: only what the administrator listed, private addresses by number.

The address that was checked is the one that is connected to; a name cannot change its meaning in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from pipelines.connectors.problems import FetchProblem, PassingProblem

Address = IPv4Address | IPv6Address


class HostRefused(FetchProblem):
    """The host is not in the list."""


def admit(host: str, allowed: Sequence[str], resolve: Callable[[str], tuple[str, ...]]) -> str:
    """The address to connect to. Raises HostRefused, or PassingProblem when the name is unknown now."""
    host = host.lower().rstrip(".")
    literal = _as_address(host)
    if literal is not None:
        if not _is_listed(literal, allowed):
            raise HostRefused(_not_listed(host))
        return str(literal)
    if not any(_covers(entry, host) for entry in allowed):
        raise HostRefused(_not_listed(host))
    try:
        found = [address for text in resolve(host) if (address := _as_address(text)) is not None]
    except (OSError, UnicodeError) as error:
        raise PassingProblem(
            f"Nama host {host} tidak ditemukan (DNS). Periksa ejaannya dan jaringan server; bila portalnya memang "
            "tutup, mintalah alamat baru kepada pengelolanya."
        ) from error
    admitted = [address for address in found if address.is_global or _is_listed(address, allowed)]
    if not admitted:
        told = ", ".join(map(str, found)) or "tanpa alamat"
        raise HostRefused(
            f"Host {host} berada di alamat privat ({told}). Bila memang server kantor, tambahkan alamat itu, atau "
            "subnetnya, ke [fetch] allowed_hosts di pendopo.toml."
        )
    return str(admitted[0])


def _as_address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _is_listed(address: Address, allowed: Sequence[str]) -> bool:
    for entry in allowed:
        try:
            network = ip_network(entry)
        except ValueError:
            continue
        if address.version == network.version and address in network:
            return True
    return False


def _covers(entry: str, host: str) -> bool:
    return host == entry or (entry.startswith("*.") and host.endswith(entry[1:]))


def _not_listed(host: str) -> str:
    return (
        f"Host {host} belum diizinkan. Bila memang sumber resmi, tambahkan ke [fetch] allowed_hosts di pendopo.toml, "
        f'misalnya allowed_hosts = ["{host}"].'
    )
