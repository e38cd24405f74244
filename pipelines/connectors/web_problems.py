"""Says in words what is wrong with a server that does not answer as it should, each cause by itself."""

from __future__ import annotations

import ssl

import httpx

from pipelines.connectors.connection import Timeouts
from pipelines.connectors.problems import FetchProblem, PassingProblem

CERTIFICATE_WORDS = {
    "expired": "sertifikatnya kedaluwarsa",
    "hostname mismatch": "sertifikatnya milik nama lain",
    "not valid for": "sertifikatnya milik nama lain",
    "self-signed": "sertifikatnya tidak diterbitkan lembaga yang dipercaya server ini",
    "self signed": "sertifikatnya tidak diterbitkan lembaga yang dipercaya server ini",
    "unable to get local issuer": "sertifikatnya tidak diterbitkan lembaga yang dipercaya server ini",
}
LATER = "Coba lagi nanti; bila tetap begini, hubungi pengelolanya."


def explain_failure(error: Exception, host: str, times: Timeouts) -> FetchProblem:
    """No answer came."""
    causes = _causes(error)
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return FetchProblem(_explain_tls(cause, host))
    if isinstance(error, httpx.DecodingError | httpx.InvalidURL | httpx.UnsupportedProtocol):
        return FetchProblem(f"Jawaban {host} rusak dan tidak dapat dibuka. {LATER}")
    told = f"Sambungan ke {host} terputus di tengah jawaban."
    if isinstance(error, httpx.ConnectTimeout):
        told = f"{host} tidak menjawab dalam {times.connect:g} detik."
    elif isinstance(error, httpx.TimeoutException):
        told = f"{host} berhenti mengirim lebih dari {times.read:g} detik."
    elif any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        told = f"{host} menolak sambungan; layanannya mati atau portanya salah."
    elif isinstance(error, httpx.ConnectError):
        told = f"{host} tidak terjangkau dari server ini. Periksa jaringan dan tembok api."
    return PassingProblem(f"{told} {LATER}")


def explain_status(status: int, host: str, retry_after: str) -> FetchProblem:
    """The server answered, but not with the document."""
    if status == httpx.codes.UNAUTHORIZED:
        return FetchProblem(f"{host} meminta kunci (401). Isi header dan variabel rahasianya; mungkin kuncinya lewat.")
    if status == httpx.codes.FORBIDDEN:
        return FetchProblem(
            f"{host} menolak server ini (403). Mintalah pengelolanya membuka akses bagi alamat server ini, atau "
            "periksa kuncinya."
        )
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        return FetchProblem(f"Alamatnya tidak ada lagi di {host} ({status}). Cari alamat baru, lalu perbaiki url.")
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return PassingProblem(f"{host} meminta lebih jarang diambil (429). {LATER}", _seconds(retry_after))
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return PassingProblem(f"{host} sedang bermasalah ({status}). {LATER}", _seconds(retry_after))
    return FetchProblem(f"{host} menjawab {status}, bukan datanya. Periksa url dan params di connection.yml.")


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None


def _explain_tls(error: ssl.SSLError, host: str) -> str:
    words = f"{getattr(error, 'verify_message', '')} {error}".lower()
    reason = next((told for mark, told in CERTIFICATE_WORDS.items() if mark in words), "enkripsinya tidak dapat dibuka")
    return (
        f"Sambungan aman (TLS) ke {host} gagal: {reason}. Mintalah pengelolanya memperbaiki sertifikat; sertifikat "
        "kantor dipasang di sistem operasi server, bukan dilewati."
    )


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
