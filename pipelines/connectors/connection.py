"""How a source is fetched: read strictly from the `connection.yml` beside its contract.

Declares and never computes. Unknown keys are refused with their line; secrets are only named, never written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, model_validator

from pipelines.connectors.problems import ConnectionProblem
from pipelines.contracts.contract_parts import Part
from warehouse.nearest import nearest_hint
from warehouse.strict_yaml import StrictDocument, YamlProblem, read_strict

CONNECTION_FILE = "connection.yml"
MOST_MB = 50  # a larger delivery is refused by the reader anyway


def _is_variable(value: str) -> str:
    if not value.isascii() or not value.isidentifier() or value != value.upper() or value.startswith("PENDOPO_"):
        raise ValueError(f"{value} bukan nama variabel; tulis seperti DINKES_DB_PASSWORD, tidak diawali PENDOPO_")
    return value


def _is_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("harus alamat lengkap, misalnya https://satudata.mojokertokab.go.id/...")
    if parts.username or parts.password:
        raise ValueError("jangan menulis nama pengguna atau kata sandi di alamat; pakai header dan env")
    return value


Variable = Annotated[str, AfterValidator(_is_variable)]
WebAddress = Annotated[str, AfterValidator(_is_address)]


class Timeouts(Part):
    """Seconds: to connect, between two pieces of an answer, and for the whole fetch of the source."""

    connect: float = Field(10, gt=0, le=120)
    read: float = Field(30, gt=0, le=600)
    total: float = Field(300, gt=0, le=3600)


class SecretHeader(Part):
    """A request header whose value stands in an environment variable."""

    name: str = "Authorization"
    prefix: str = ""  # for example "Bearer "
    env: Variable


class Common(Part):
    file_name: str = ""  # with strftime marks; none: the pattern of the contract with date and time
    timeouts: Timeouts = Timeouts()
    attempts: int = Field(3, ge=1, le=10)
    max_mb: int = Field(MOST_MB, ge=1, le=MOST_MB)


class Web(Common):
    url: WebAddress
    header: SecretHeader | None = None

    @model_validator(mode="after")
    def _secret_is_encrypted(self) -> Self:
        if self.header is not None and not self.url.startswith("https://"):
            raise ValueError("header berisi rahasia, jadi url harus https://")
        return self

    @property
    def host_name(self) -> str:
        return urlsplit(self.url).hostname or ""


class SheetConnection(Web):
    """A published spreadsheet, as CSV."""

    kind: Literal["sheet"]


class Resource(Part):
    """Which resource of a CKAN data set: by name (a pattern such as "Kunjungan 2026*"), format, or both."""

    name: str = "*"
    format: str = ""


class CkanConnection(Web):
    """A CKAN portal: `url` is its front page, without /api."""

    kind: Literal["ckan"]
    dataset: str
    resource: Resource = Resource()
    mode: Literal["datastore", "download"] = "datastore"
    page_size: int = Field(1000, ge=1, le=32000)
    max_pages: int = Field(500, ge=1)


class Paging(Part):
    """How a service hands out its records in pages, and how the last one is told."""

    style: Literal["page", "offset", "next"]
    param: str = ""  # of `page` and `offset`: the parameter that counts
    start: int = 0  # of `page`: number of the first page; of `offset`: where it begins
    size_param: str = ""
    size: int = Field(0, ge=0)  # records in a full page; a shorter page is the last
    next: str = ""  # of `next`: where the answer holds the link, "links.next"
    total: str = ""  # where the answer holds the number of all records, "meta.total"
    max_pages: int = Field(200, ge=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.style == "next" and not self.next:
            raise ValueError("paging next wajib punya next, misalnya links.next")
        if self.style != "next" and not self.param:
            raise ValueError(f"paging {self.style} wajib punya param, misalnya page")
        if (self.style == "offset" or self.size_param) and not self.size:
            raise ValueError("paging dengan offset atau size_param wajib punya size, misalnya 100")
        return self


class JsonConnection(Web):
    """A plain JSON service over HTTP."""

    kind: Literal["http_json"]
    params: dict[str, str] = Field({})
    records: str = ""  # where the records are, "data.items"; none: the answer itself is the list
    paging: Paging | None = None


class BmkgConnection(Web):
    """Weather warnings: an RSS list whose links lead to CAP documents."""

    kind: Literal["bmkg"]
    areas: tuple[str, ...] = ()  # words of the title or description; none: the whole country
    max_alerts: int = Field(200, ge=1, le=1000)


class Column(Part):
    """One column of a query, and the header of the contract it becomes."""

    name: str
    header: str = ""  # none: the same name
    type: Literal["text", "integer", "number", "date", "datetime", "time", "boolean"]

    @property
    def heading(self) -> str:
        return self.header or self.name


class SqlConnection(Common):
    """A table or a query of a database of an agency, read only."""

    kind: Literal["sql"]
    system: Literal["postgresql", "mariadb"]
    host: str
    port: int | None = Field(None, ge=1, le=65535)
    database: str
    user: str
    password_env: Variable
    tls_ca: str = ""  # file with the authority that signed the server's certificate: then encrypted, or not at all
    db_schema: str | None = Field(None, alias="schema")
    table: str = ""
    query: str = ""
    columns: tuple[Column, ...] = Field(min_length=1)
    watermark: str | None = None  # column that grows with every change; none: all rows each time
    overlap_minutes: int = Field(0, ge=0)  # read again so far back, for rows that are committed late
    max_rows: int = Field(200_000, ge=1, le=1_000_000)
    batch_rows: int = Field(5_000, ge=1, le=100_000)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if bool(self.table) == bool(self.query):
            raise ValueError("tulis salah satu: table atau query")
        names = [column.name for column in self.columns]
        headings = [column.heading for column in self.columns]
        if len(set(names)) != len(names) or len(set(headings)) != len(headings):
            raise ValueError("nama kolom ditulis dua kali di columns")
        if self.watermark is not None:
            kinds = {column.name: column.type for column in self.columns}
            if self.watermark not in kinds:
                raise ValueError(
                    f"watermark {self.watermark} tidak ada di columns{nearest_hint(self.watermark, names)}"
                )
            if kinds[self.watermark] not in ("integer", "date", "datetime"):
                raise ValueError("watermark harus kolom integer, date atau datetime")
        if self.overlap_minutes and (self.watermark is None or kinds[self.watermark] != "datetime"):
            raise ValueError("overlap_minutes hanya untuk watermark datetime")
        return self

    @property
    def host_name(self) -> str:
        return self.host


Connection = SheetConnection | CkanConnection | JsonConnection | BmkgConnection | SqlConnection
KINDS: dict[str, type[Connection]] = {
    "sql": SqlConnection,
    "sheet": SheetConnection,
    "ckan": CkanConnection,
    "http_json": JsonConnection,
    "bmkg": BmkgConnection,
}


def load_connection(path: Path) -> Connection:
    """Raises ConnectionProblem naming the line."""
    try:
        document = read_strict(path)
    except (YamlProblem, OSError) as error:
        raise ConnectionProblem(str(error)) from error
    kind = document.content.get("kind", "")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ConnectionProblem(
            f"{document.where(('kind',))}: kind {kind!r} tidak dikenal{nearest_hint(str(kind), KINDS)}; "
            f"pilih {', '.join(KINDS)}"
        )
    try:
        return KINDS[kind].model_validate(document.content)
    except ValidationError as error:
        lines = [_explain(dict(item), document, KINDS[kind]) for item in error.errors()]
        raise ConnectionProblem("\n".join(lines)) from error


def declared_digest(path: Path) -> str:
    """A changed declaration starts anew: nothing remembered of the former one holds."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _explain(item: dict[str, Any], document: StrictDocument, model: type[Connection]) -> str:
    place, kind = tuple(item["loc"]), item["type"]
    text = str(item["msg"]).removeprefix("Value error, ")
    if kind == "extra_forbidden":
        text = f"kunci {place[-1]} tidak dikenal{nearest_hint(str(place[-1]), _known_keys(model, place[:-1]))}"
    elif kind == "missing":
        text = f"kunci {place[-1]} wajib diisi"
    elif kind == "literal_error":
        text = f"{item['input']!r} tidak dikenal; pilih {item['ctx']['expected'].replace(' or ', ' atau ')}"
    elif kind.endswith("_parsing"):
        text = f"{place[-1]} harus angka, bukan {item['input']!r}"
    elif kind in ("greater_than", "greater_than_equal", "less_than_equal"):
        limit = "paling banyak" if kind == "less_than_equal" else "lebih dari" if kind == "greater_than" else "minimal"
        text = f"{place[-1]} {limit} {next(iter(item['ctx'].values())):g}"
    return f"{document.where(place)}: {text}"


def _known_keys(model: type[Part], place: tuple[Any, ...]) -> list[str]:
    parts: dict[Any, type[Part]] = {
        "timeouts": Timeouts,
        "header": SecretHeader,
        "resource": Resource,
        "paging": Paging,
        "columns": Column,
    }
    shape = parts.get(place[0], model) if place else model
    return [info.alias or name for name, info in shape.model_fields.items()]
