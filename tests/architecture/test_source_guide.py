"""The guide to connecting sources shows declarations that are read, and tells every key and kind there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.connectors.connection import KINDS, Column, Paging, Resource, SecretHeader, Timeouts, load_connection

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "sumber.md").read_text("utf-8")
EXAMPLES = re.findall(r"^    kind: .*(?:\n    .*)*", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split()[1])
def test_every_example_is_a_right_declaration(tmp_path, example):
    path = tmp_path / "connection.yml"
    path.write_text(re.sub(r"^    ", "", example, flags=re.MULTILINE), "utf-8")
    assert load_connection(path).kind == example.split()[1]


def test_there_is_an_example_of_each_kind():
    assert sorted(example.split()[1] for example in EXAMPLES) == sorted(KINDS)


@pytest.mark.parametrize(
    "model", [*KINDS.values(), Column, Paging, Resource, SecretHeader, Timeouts], ids=lambda model: model.__name__
)
def test_every_key_is_told(model):
    keys = [info.alias or name for name, info in model.model_fields.items()]
    assert [key for key in keys if f"`{key}`" not in GUIDE and f"{key}: " not in GUIDE] == []
