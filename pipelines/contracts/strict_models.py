"""Checks a strict YAML document against a model and says each fault in Indonesian with its line; repairs nothing."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from pipelines.contracts.problems import ContractProblem
from warehouse.nearest import nearest_hint
from warehouse.strict_yaml import StrictDocument

Model = TypeVar("Model", bound=BaseModel)
EXPECTED = {
    "int_parsing": "harus bilangan bulat, misalnya 30",
    "float_parsing": "harus angka, misalnya 2.5",
    "decimal_parsing": "harus angka, misalnya 2.5",
    "bool_parsing": "harus true atau false",
    "tuple_type": "harus daftar, misalnya [a, b]",
    "dict_type": "harus pasangan kunci dan nilai, misalnya {kunci: nilai}",
    "model_type": "harus pasangan kunci dan nilai, misalnya {kunci: nilai}",
    "too_short": "tidak boleh kosong",
    "string_type": "harus satu kata atau kalimat",
    "date_from_datetime_parsing": "harus tanggal seperti 2026-11-21",
    "date_parsing": "harus tanggal seperti 2026-11-21",
}
BOUNDS = {
    "greater_than": "harus lebih besar dari {gt}",
    "greater_than_equal": "paling kecil {ge}",
    "less_than": "harus lebih kecil dari {lt}",
    "less_than_equal": "paling besar {le}",
}


def written_keys(model: type[BaseModel]) -> list[str]:
    """The keys a person writes; what is known without the document has no description."""
    return [info.alias or name for name, info in model.model_fields.items() if info.description]


def read_model(model: type[Model], document: StrictDocument, facts: dict[str, Any], what: str) -> Model:
    """The document as a model. `facts` are known without it and may not be written. Raises ContractProblem."""
    written = [key for key in facts if key in document.content]
    if written:
        lines = [f"- {document.where((key,))}: kunci {key} tidak dikenal" for key in written]
        raise ContractProblem(f"{what} belum dapat dipakai:\n" + "\n".join(lines), "kontrak")
    try:
        return model.model_validate({**document.content, **facts})
    except ValidationError as error:
        lines = list(dict.fromkeys(_explain(dict(item), document, model) for item in error.errors()))
        raise ContractProblem(f"{what} belum dapat dipakai:\n" + "\n".join(lines), "kontrak") from error


def _explain(item: dict[str, Any], document: StrictDocument, root: type[BaseModel]) -> str:
    place, kind = tuple(item["loc"]), item["type"]
    known = written_keys(_model_at(root, place))
    if kind == "extra_forbidden":
        text = f"kunci {place[-1]} tidak dikenal{nearest_hint(str(place[-1]), known)}"
    elif kind == "missing":
        text = f"kunci {place[-1]} wajib diisi"
    elif kind == "literal_error":
        text = f"{item['input']!r} tidak dikenal; pilih {item['ctx']['expected'].replace(' or ', ' atau ')}"
    elif kind in BOUNDS:
        text = BOUNDS[kind].format(**item["ctx"])
    else:
        text = EXPECTED.get(kind, str(item["msg"]).removeprefix("Value error, "))
    if kind in BOUNDS or kind in EXPECTED or kind == "literal_error":
        text = f"{next((part for part in reversed(place) if part in known), place[-1])}: {text}"
    return f"- {document.where(place)}: {text}"


def _model_at(root: type[BaseModel], place: tuple[str | int, ...]) -> type[BaseModel]:
    """The model whose key the last part of a place is."""
    model = root
    for key in place[:-1]:
        named = [info for name, info in model.model_fields.items() if key in (name, info.alias)]
        model = (_model_in(named[0].annotation) or model) if named else model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)
