"""A resource of a CKAN portal: its datastore records gathered into one document, or its file as it lies there."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from pipelines.connectors.connection import CkanConnection
from pipelines.connectors.exact_json import find_path, gather, parse_exact
from pipelines.connectors.haul import Errand, Haul
from pipelines.connectors.problems import FetchProblem
from pipelines.connectors.sheet import is_web_page, one_piece, whole_document
from pipelines.connectors.web import WebClient
from warehouse.feed_memory import Mark
from warehouse.nearest import nearest_hint
from warehouse.personal import cover

SAYS_WHY = (httpx.codes.BAD_REQUEST, httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND, httpx.codes.CONFLICT)
SHOWN = 10  # names in a message


@dataclass(frozen=True)
class _Found:
    """A resource of a data set."""

    resource_id: str
    name: str
    format: str
    url: str
    has_datastore: bool

    def __str__(self) -> str:
        return f"{self.name} ({self.format})"


def fetch_ckan(connection: CkanConnection, errand: Errand) -> Haul:
    with WebClient(errand, connection) as client:
        package = _call(client, connection, "package_show", {"id": connection.dataset})
        resource = _choose(connection, _resources(package))
        if connection.mode == "download":
            answer = client.get(resource.url, mark=errand.mark)
            if is_web_page(answer.content):
                raise FetchProblem(
                    f"Berkas {resource} di {connection.host_name} ternyata halaman web. Buka tautannya di portal; bila "
                    "memang halaman, pakai mode: datastore atau sumber daya lain."
                )
            return whole_document(answer, errand.mark, connection.host_name)
        if not resource.has_datastore:
            raise FetchProblem(
                f"{resource} di {connection.host_name} tidak ada di datastore. Tulis mode: download di connection.yml."
            )
        records = [record for page in _pages(client, connection, resource) for record in page]
    return one_piece(gather(records, errand.contract.file.records or ""), errand.mark, Mark())


def _pages(client: WebClient, connection: CkanConnection, resource: _Found) -> Iterator[list[Any]]:
    count, total, is_estimate = 0, 0, False
    for _number in range(connection.max_pages):
        wanted = {"resource_id": resource.resource_id, "sort": "_id"}
        place = {"limit": str(connection.page_size), "offset": str(count)}
        result = _call(client, connection, "datastore_search", wanted | place)
        page, told = find_path(result, "records"), str(find_path(result, "total"))
        if not isinstance(page, list) or not told.isdigit():
            raise FetchProblem(f"Jawaban datastore_search {connection.host_name} tidak memuat records dan total.")
        is_estimate = is_estimate or find_path(result, "total_was_estimated") is True
        total, count = int(told), count + len(page)
        yield page
        if not page or (count >= total and not is_estimate):
            break
    else:
        raise FetchProblem(f"{resource} masih berlanjut sesudah {connection.max_pages} halaman. Naikkan max_pages.")
    if count != total and not is_estimate:
        raise FetchProblem(
            f"{connection.host_name} menyebut {total} rekaman tetapi memberi {count}. Mungkin berubah selagi diambil; "
            "coba lagi nanti."
        )


def _call(client: WebClient, connection: CkanConnection, action: str, params: dict[str, str]) -> Any:
    host = connection.host_name
    answer = client.get(f"{connection.url.rstrip('/')}/api/3/action/{action}", params, told=SAYS_WHY)
    if is_web_page(answer.content):
        raise FetchProblem(
            f"{host} menjawab halaman web untuk {action} ({answer.status}), bukan API CKAN. Periksa url (halaman depan "
            "portal, tanpa /dataset), dan apakah portal menolak server ini."
        )
    document = parse_exact(answer.content, host)
    if find_path(document, "success") is True:
        return find_path(document, "result")
    kind = str(find_path(document, "error.__type") or "")
    said = find_path(document, "error.message")
    words = f' Kata portal: "{cover(said[:200])}".' if isinstance(said, str) and said else ""
    if "Not Found" in kind or answer.status == httpx.codes.NOT_FOUND:
        thing = f"Dataset {connection.dataset}" if action == "package_show" else "Sumber daya itu"
        raise FetchProblem(f"{thing} tidak ada di {host}. Periksa dataset di connection.yml.{words}")
    if "Authorization" in kind or answer.status == httpx.codes.FORBIDDEN:
        raise FetchProblem(
            f"{host} tidak mengizinkan {action}: datanya tertutup. Mintalah dibuka, atau isi header dengan kunci API."
            f"{words}"
        )
    raise FetchProblem(f"{host} menolak {action}.{words} Periksa dataset dan resource di connection.yml.")


def _resources(package: Any) -> list[_Found]:
    listed = find_path(package, "resources")
    return [
        _Found(
            str(item.get("id", "")),
            str(item.get("name") or item.get("description") or ""),
            str(item.get("format") or "").upper(),
            str(item.get("url") or ""),
            item.get("datastore_active") in (True, "True", "true"),
        )
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, dict)
    ]


def _choose(connection: CkanConnection, found: list[_Found]) -> _Found:
    wanted = connection.resource
    fitting = [
        item
        for item in found
        if fnmatch.fnmatch(item.name.lower(), wanted.name.lower()) and wanted.format.upper() in ("", item.format)
    ]
    if len(fitting) == 1:
        return fitting[0]
    said = f"resource {wanted.name!r}" + (f" berformat {wanted.format}" if wanted.format else "")
    listed = "; ".join(map(str, (fitting or found)[:SHOWN])) or "tidak ada"
    if fitting:
        raise FetchProblem(f"{said} cocok dengan {len(fitting)} sumber daya: {listed}. Persempit namanya.")
    hint = nearest_hint(wanted.name, [item.name for item in found])
    raise FetchProblem(f"{said} tidak ada di dataset {connection.dataset}{hint or '.'} Yang ada: {listed}.")
