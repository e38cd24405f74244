"""Weather warnings: an RSS list leads to CAP documents, each stored as it came under its own name.

Whether a warning still holds is never decided here: `expires` inside the document says it, at the instant of reading.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from pipelines.connectors.connection import BmkgConnection
from pipelines.connectors.haul import Errand, Haul, Piece
from pipelines.connectors.problems import FetchProblem
from pipelines.connectors.sheet import is_web_page
from pipelines.connectors.web import WebClient
from warehouse.feed_memory import Mark

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
DECLARES = re.compile(rb"<!(doctype|entity)", re.IGNORECASE)  # neither RSS nor CAP needs one; entities can be bombs


@dataclass(frozen=True)
class _Item:
    """An entry of the list."""

    link: str
    words: str


def fetch_bmkg(connection: BmkgConnection, errand: Errand) -> Haul:
    with WebClient(errand, connection) as client:
        listed = client.get(connection.url)
        items = [item for item in _items(listed.content, listed.url, connection) if _concerns(item, connection)]
        if len(items) > connection.max_alerts:
            raise FetchProblem(
                f"{connection.host_name} memuat {len(items)} peringatan. Tulis areas, misalnya [Jawa Timur], atau "
                "naikkan max_alerts."
            )
        pieces, problems, digests = [], [], {}
        for item in items:
            try:
                content = client.get(item.link).content
                label = _label(content, item.link, errand)
            except FetchProblem as error:
                problems.append(str(error))
                if item.link in errand.mark.digests:
                    digests[item.link] = errand.mark.digests[item.link]
                continue
            digests[item.link] = hashlib.sha256(content).hexdigest()
            if errand.mark.digests.get(item.link) != digests[item.link]:
                pieces.append(Piece(content, digests[item.link], label))
    if items and len(problems) == len(items):
        raise FetchProblem(f"Tidak satu pun dari {len(items)} peringatan dapat diambil. {problems[0]}")
    return Haul(tuple(pieces), Mark(digests=digests), problems=tuple(dict.fromkeys(problems)))


def _items(content: bytes, url: str, connection: BmkgConnection) -> list[_Item]:
    root = _parse(content, connection.host_name)
    if root is None or root.tag != "rss" or root.find("channel") is None:
        raise FetchProblem(
            f"Jawaban {connection.host_name} bukan daftar RSS. Periksa url; daftar peringatan dini cuaca BMKG ada di "
            "https://www.bmkg.go.id/alerts/nowcast/id."
        )
    found = {}
    for item in root.iterfind("channel/item"):
        link = (item.findtext("link") or "").strip()
        if link:
            target = urljoin(url, link)
            found[target] = _Item(target, f"{item.findtext('title') or ''} {item.findtext('description') or ''}")
    return list(found.values())


def _concerns(item: _Item, connection: BmkgConnection) -> bool:
    return not connection.areas or any(area.lower() in item.words.lower() for area in connection.areas)


def _label(content: bytes, link: str, errand: Errand) -> str:
    """Day it was sent and name of the document. Raises FetchProblem when it is no whole CAP document."""
    host = urlsplit(link).hostname or ""
    root = _parse(content, host)
    if root is None or root.tag != f"{CAP}alert" or not (root.findtext(f"{CAP}identifier") or "").strip():
        raise FetchProblem(f"Dokumen peringatan di {host} bukan CAP 1.2 yang utuh. Coba lagi nanti.")
    try:
        sent = datetime.fromisoformat((root.findtext(f"{CAP}sent") or "").strip())
    except ValueError as error:
        raise FetchProblem(f"Dokumen peringatan di {host} tidak menyebut waktu sent yang sah.") from error
    day = sent.astimezone(errand.zone) if sent.tzinfo else sent
    name = re.sub(r"[^0-9A-Za-z.-]+", "-", PurePosixPath(urlsplit(link).path).stem).strip(".-") or "peringatan"
    return f"{day:%Y-%m-%d}_{name[:80]}"


def _parse(content: bytes, host: str) -> ElementTree.Element | None:
    if DECLARES.search(content) and not is_web_page(content):
        raise FetchProblem(f"Dokumen {host} berisi deklarasi DTD, yang tidak diterima.")
    try:
        return ElementTree.fromstring(content)  # noqa: S314 - without a DTD there are no entities to expand
    except (ElementTree.ParseError, ValueError):
        return None
