"""Records of a JSON service: one document as it came, or all pages gathered into one.

Never stores a part as the whole: when it cannot be told that the last page was reached, the source is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from pipelines.connectors.connection import JsonConnection, Paging
from pipelines.connectors.exact_json import find_path, gather, parse_exact
from pipelines.connectors.haul import Errand, Haul
from pipelines.connectors.problems import FetchProblem
from pipelines.connectors.sheet import one_piece, whole_document
from pipelines.connectors.web import WebClient
from warehouse.feed_memory import Mark


def fetch_json(connection: JsonConnection, errand: Errand) -> Haul:
    with WebClient(errand, connection) as client:
        if connection.paging is None:
            answer = client.get(connection.url, connection.params, errand.mark)
            if not answer.is_unchanged:
                _records(parse_exact(answer.content, connection.host_name), connection)
            return whole_document(answer, errand.mark, connection.host_name)
        records = [record for page in _pages(connection, connection.paging, client) for record in page]
    return one_piece(gather(records, errand.contract.file.records or ""), errand.mark, Mark())


def _pages(connection: JsonConnection, paging: Paging, client: WebClient) -> Iterator[list[Any]]:
    url, params, place = connection.url, dict(connection.params), paging.start
    if paging.size_param:
        params[paging.size_param] = str(paging.size)
    seen, before, count = {url}, b"", 0
    for _number in range(paging.max_pages):
        if paging.style != "next":
            params[paging.param] = str(place)
        answer = client.get(url, params)
        document = parse_exact(answer.content, connection.host_name)
        page = _records(document, connection)
        if page and answer.content == before:
            raise FetchProblem(
                f"{connection.host_name} mengirim halaman yang sama dua kali. Periksa paging.param di connection.yml: "
                "mungkin layanan itu memakai nama lain."
            )
        yield page
        count, before = count + len(page), answer.content
        if paging.style == "next":
            link = find_path(document, paging.next)
            if not link:
                return _check_total(count, document, connection, paging)
            url, params = urljoin(answer.url, str(link)), {}
            if url in seen:
                raise FetchProblem(f"{connection.host_name} menunjuk halaman berikutnya yang sudah diambil.")
            seen.add(url)
        elif _is_last(len(page), count, document, paging):
            return _check_total(count, document, connection, paging)
        place += paging.size if paging.style == "offset" else 1
    raise FetchProblem(
        f"{connection.host_name} masih punya halaman sesudah {paging.max_pages}. Naikkan paging.max_pages, atau "
        "persempit params; sebagian data tidak disimpan sebagai keseluruhan."
    )


def _is_last(length: int, count: int, document: Any, paging: Paging) -> bool:
    total = _total(document, paging)
    return not length or length < paging.size or (total is not None and count >= total)


def _total(document: Any, paging: Paging) -> int | None:
    text = str(find_path(document, paging.total)) if paging.total else ""
    return int(text) if text.isascii() and text.isdigit() else None


def _check_total(count: int, document: Any, connection: JsonConnection, paging: Paging) -> None:
    total = _total(document, paging)
    if total is not None and total != count:
        raise FetchProblem(
            f"{connection.host_name} menyebut {total} rekaman tetapi memberi {count}. Mungkin berubah selagi diambil; "
            "coba lagi nanti."
        )


def _records(document: Any, connection: JsonConnection) -> list[Any]:
    found = find_path(document, connection.records)
    if isinstance(found, list):
        return found
    keys = ", ".join(list(document)[:10]) if isinstance(document, dict) else ""
    told = f" Kunci yang ada: {keys}." if keys else ""
    raise FetchProblem(
        f"Jawaban {connection.host_name} tidak punya daftar rekaman di {connection.records or 'akarnya'!r}.{told} "
        "Perbaiki records di connection.yml."
    )
