"""Apache Superset over one release, as its own image starts it: one worker with 20 threads, charts asked with `force`.

Prepares its state in a folder of its own and gives what each of twelve charts asks: calls a day in one month.
"""

from __future__ import annotations

import os
import secrets
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import httpx

NAME = "ukur"
CHARTS = 12
STARTED = ["--workers", "1", "--worker-class", "gthread", "--threads", "20", "--timeout", "120"]
STARTED += ["--keep-alive", "75"]  # its own 2 s end while a screen waits for its next beat, sometimes under a question


def prepare(python: Path, home: Path) -> dict[str, str]:
    """State and one administrator; gives the environment the server needs. Raises CalledProcessError."""
    home.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "BENCH_SECRET": secrets.token_hex(32),
        "BENCH_PASSWORD": secrets.token_hex(16),
        "BENCH_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(Path(__file__).with_name("superset_config.py")),
        "FLASK_APP": "superset.app:create_app()",
    }
    person = ["--username", NAME, "--firstname", NAME, "--lastname", NAME, "--email", f"{NAME}@contoh.invalid"]
    for step in (
        ["db", "upgrade"],
        ["fab", "create-admin", *person, "--password", environment["BENCH_PASSWORD"]],
        ["init"],
    ):
        command = [str(python.with_name("superset")), *step]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    return environment


def command(python: Path, port: int) -> list[str]:
    return [str(python.with_name("gunicorn")), *STARTED, "--bind", f"127.0.0.1:{port}", "superset.app:create_app()"]


def connect(port: int, password: str, release: Path) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Headers of a signed-in person, and the questions of the twelve charts. Raises HTTPStatusError."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=60, trust_env=False) as client:
        person = {"username": NAME, "password": password, "provider": "db", "refresh": False}
        token = client.post("/security/login", json=person).raise_for_status().json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        address = f"duckdb:///{release.as_posix()}?access_mode=read_only"
        made = client.post("/database/", json={"database_name": NAME, "sqlalchemy_uri": address}).raise_for_status()
        table = {"database": made.json()["id"], "schema": "main", "table_name": "mart_call_hourly"}
        dataset = client.post("/dataset/", json=table).raise_for_status().json()["id"]
        return dict(client.headers), [_chart(dataset, months_ago) for months_ago in range(CHARTS, 0, -1)]


def _chart(dataset: int, months_ago: int) -> dict[str, Any]:
    first, last = _month(months_ago), _month(months_ago - 1)
    calls = {"expressionType": "SQL", "sqlExpression": "sum(offered_count)", "label": "calls"}
    span = [{"col": "call_date", "op": op, "val": day.isoformat()} for op, day in ((">=", first), ("<", last))]
    question = {"columns": ["call_date"], "metrics": [calls], "filters": span, "row_limit": 1000}
    return {
        "datasource": {"id": dataset, "type": "table"},
        "force": True,
        "queries": [question],
        "result_format": "json",
        "result_type": "full",
    }


def _month(ago: int) -> date:
    years, month = divmod(date.today().month - 1 - ago, 12)
    return date(date.today().year + years, month + 1, 1)
