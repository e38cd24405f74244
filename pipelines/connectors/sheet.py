"""A spreadsheet published as CSV: one plain document, stored as it came."""

from __future__ import annotations

import hashlib
import re

from pipelines.connectors.connection import SheetConnection
from pipelines.connectors.haul import Errand, Haul, Piece
from pipelines.connectors.problems import FetchProblem
from pipelines.connectors.web import Answer, RedirectRefused, WebClient
from warehouse.feed_memory import Mark

WEB_PAGE = re.compile(rb"^(\xef\xbb\xbf)?\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script)\b", re.I | re.S)
UNPUBLISHED = (
    "tautan belum dipublikasikan. Di lembar kerja pilih Bagikan ke web (Publish to web), bentuk CSV, lalu salin "
    "tautan itu ke url"
)


def fetch_sheet(connection: SheetConnection, errand: Errand) -> Haul:
    with WebClient(errand, connection) as client:
        try:
            answer = client.get(connection.url, mark=errand.mark)
        except RedirectRefused as error:
            raise FetchProblem(f"{error} Bila host itu halaman masuk: {UNPUBLISHED}.") from error
    if is_web_page(answer.content):
        raise FetchProblem(f"{connection.host_name} mengirim halaman web (HTML), bukan CSV: {UNPUBLISHED}.")
    return whole_document(answer, errand.mark, connection.host_name)


def is_web_page(content: bytes) -> bool:
    """Whatever the server says of its type."""
    return WEB_PAGE.match(content[:4096]) is not None


def whole_document(answer: Answer, mark: Mark, host: str) -> Haul:
    """A document stored as it came, unless it is the one that came last."""
    if answer.is_unchanged:
        return Haul((), mark)
    if not answer.content.strip():
        raise FetchProblem(f"{host} mengirim berkas kosong. Periksa sumbernya; yang sudah diterima tetap dipakai.")
    return one_piece(answer.content, mark, Mark(etag=answer.etag, last_modified=answer.last_modified))


def one_piece(content: bytes, before: Mark, after: Mark) -> Haul:
    digest = hashlib.sha256(content).hexdigest()
    pieces = () if before.digests.get("") == digest else (Piece(content, digest),)
    return Haul(pieces, after.model_copy(update={"digests": {"": digest}}))
