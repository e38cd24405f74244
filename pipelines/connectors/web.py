"""Asks HTTP servers that are listed, and no others; limits time, size, redirects and tries.

Every hop is checked before it is asked. The secret header goes to the declared host only, and only encrypted.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from pipelines.connectors.connection import Web
from pipelines.connectors.haul import Errand
from pipelines.connectors.hosts import HostRefused, admit
from pipelines.connectors.problems import FetchProblem, PassingProblem
from pipelines.connectors.web_problems import explain_failure, explain_status
from warehouse.feed_memory import Mark

MOST_REDIRECTS = 5
UNCHANGED = 304
MB = 1 << 20


class RedirectRefused(HostRefused):
    """The server sends on to a host that is not listed."""


@dataclass(frozen=True)
class Answer:
    url: str  # where it came from in the end
    status: int
    content: bytes
    etag: str = ""
    last_modified: str = ""

    @property
    def is_unchanged(self) -> bool:
        return self.status == UNCHANGED


class WebClient:
    """Of one source in one fetch; use as a context."""

    def __init__(self, errand: Errand, declared: Web) -> None:
        self._errand = errand
        self._declared = declared
        self._limit = declared.max_mb * MB
        self._origin = httpx.URL(declared.url)
        self._clients: dict[str, httpx.Client] = {}
        self._secret: dict[str, str] = {}
        if declared.header is not None:
            value = errand.tools.secret(declared.header.env)
            self._secret = {declared.header.name: declared.header.prefix + value}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients.values():
            client.close()

    def get(
        self,
        url: str,
        params: dict[str, str] | None = None,
        mark: Mark | None = None,
        told: tuple[int, ...] = (),
    ) -> Answer:
        """One document. `mark`: only if it changed since. `told`: statuses whose body says what is wrong."""
        headers = {}
        if mark is not None and mark.etag:
            headers["If-None-Match"] = mark.etag
        if mark is not None and mark.last_modified:
            headers["If-Modified-Since"] = mark.last_modified
        target = httpx.URL(url).copy_merge_params(params) if params else httpx.URL(url)
        return self._errand.patience.retry(lambda: self._follow(target, headers, told))

    def _follow(self, url: httpx.URL, headers: dict[str, str], told: tuple[int, ...]) -> Answer:
        for _hop in range(MOST_REDIRECTS + 1):
            answer = self._ask(url, headers, told)
            if isinstance(answer, Answer):
                return answer
            if url.scheme == "https" and answer.scheme == "http":
                raise FetchProblem(f"{url.host} mengalihkan ke alamat tanpa enkripsi (http). Pengambilan dihentikan.")
            url = answer
        raise FetchProblem(f"{url.host} mengalihkan lebih dari {MOST_REDIRECTS} kali. Periksa url di connection.yml.")

    def _ask(self, url: httpx.URL, headers: dict[str, str], told: tuple[int, ...]) -> Answer | httpx.URL:
        """The answer, or where the server sends us; that host is checked already."""
        if url.scheme not in ("http", "https") or not url.host:
            raise FetchProblem("Tautan yang diberikan server bukan alamat http atau https.")
        address = admit(url.host, self._errand.allowed_hosts, self._errand.tools.resolve)
        is_home = (url.scheme, url.host, url.port) == (self._origin.scheme, self._origin.host, self._origin.port)
        request = self._client(url.host).build_request(
            "GET",
            url.copy_with(host=address),
            headers={**headers, **(self._secret if is_home else {}), "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.host} if url.scheme == "https" else None,
        )
        try:
            response = self._client(url.host).send(request, stream=True)
            try:
                return self._read(url, response, told)
            finally:
                response.close()
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            raise explain_failure(error, url.host, self._declared.timeouts) from error

    def _read(self, url: httpx.URL, response: httpx.Response, told: tuple[int, ...]) -> Answer | httpx.URL:
        if response.has_redirect_location:
            target = url.join(response.headers["location"])
            try:
                admit(target.host, self._errand.allowed_hosts, self._errand.tools.resolve)
            except HostRefused as error:
                raise RedirectRefused(
                    f"{url.host} mengalihkan ke host lain, {target.host}, yang belum diizinkan. Bila memang tempat "
                    "datanya, tambahkan ke [fetch] allowed_hosts di pendopo.toml."
                ) from error
            return target
        facts = (response.headers.get("etag", ""), response.headers.get("last-modified", ""))
        if response.status_code == UNCHANGED:
            return Answer(str(url), UNCHANGED, b"", *facts)
        if response.status_code != httpx.codes.OK and response.status_code not in told:
            raise explain_status(response.status_code, url.host, response.headers.get("retry-after", ""))
        return Answer(str(url), response.status_code, self._body(url, response), *facts)

    def _body(self, url: httpx.URL, response: httpx.Response) -> bytes:
        announced = response.headers.get("content-length", "")
        too_large = FetchProblem(
            f"Jawaban {url.host} lebih besar dari {self._declared.max_mb} MB. Ambil sebagian saja (misalnya satu "
            "tahun), atau naikkan max_mb sampai 50."
        )
        if announced.isdigit() and int(announced) > self._limit:
            raise too_large
        received = bytearray()
        for chunk in response.iter_bytes():
            self._errand.patience.check()
            received += chunk
            if len(received) > self._limit:
                raise too_large
        if announced.isdigit() and "content-encoding" not in response.headers and len(received) < int(announced):
            raise PassingProblem(f"Jawaban {url.host} terputus sebelum selesai. Coba lagi nanti.")
        return bytes(received)

    def _client(self, host: str) -> httpx.Client:
        """One for each host: a connection kept open was verified for its name alone."""
        if host not in self._clients:
            times = self._declared.timeouts
            transport = self._errand.tools.transport
            self._clients[host] = httpx.Client(
                transport=transport,
                verify=ssl.create_default_context() if transport is None else True,
                trust_env=False,
                timeout=httpx.Timeout(times.read, connect=times.connect),
                headers={"User-Agent": "Pendopo", "Accept-Encoding": "identity"},
            )
        return self._clients[host]
