"""A file that another process holds at this moment is tried again, as Windows needs it; not for ever."""

from __future__ import annotations

import pytest

from warehouse import durable_files
from warehouse.durable_files import patiently


def held(times: int):
    left = [None] * times

    def act() -> str:
        if left:
            left.pop()
            raise PermissionError
        return "ya"

    return act


def test_what_is_held_for_a_moment_is_tried_again(monkeypatch):
    monkeypatch.setattr(durable_files, "PATIENCE_SECONDS", 60)
    monkeypatch.setattr(durable_files, "RETRY_SECONDS", 0)
    assert patiently(held(3)) == "ya"


def test_what_is_not_permitted_is_told(monkeypatch):
    monkeypatch.setattr(durable_files, "PATIENCE_SECONDS", 0)
    with pytest.raises(PermissionError):
        patiently(held(1))
