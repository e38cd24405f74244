"""The files an administrator copies to a server name what is there, and agree with each other and with the guide."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from streamlit import config

from journal import __main__ as journal_line
from operations import __main__ as operations_line
from pages.server.doors import TICKET_HEADER
from pipelines import __main__ as command_line
from warehouse.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "server"
GUIDE = (ROOT / "docs" / "jaringan.md").read_text("utf-8")
NGINX = (FOLDER / "nginx.conf").read_text("utf-8")
SERVICES = sorted(FOLDER.glob("*.service"))
TIMERS = sorted(FOLDER.glob("*.timer"))
PROGRAM, CONFIG, STATE, ACCOUNT = "/opt/pendopo", "/etc/pendopo/pendopo.toml", "/var/lib/pendopo", "pendopo"
HARDENING = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateTmp": "yes", "ReadWritePaths": STATE}
PARSERS = {
    "journal": journal_line._parser(),
    "operations": operations_line._parser(),
    "pipelines": command_line._parser(),
}


def read_unit(path: Path) -> dict[str, list[str]]:
    """Values by key, whatever their section; a key may come more than once."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        key, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def command_of(path: Path) -> list[str]:
    (line,) = read_unit(path)["ExecStart"]
    return shlex.split(line)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_runs_as_its_own_account_from_the_folders_of_the_guide(path):
    unit = read_unit(path)
    assert {key: unit[key] for key in HARDENING} == {key: [value] for key, value in HARDENING.items()}
    assert unit["User"] == unit["Group"] == [ACCOUNT]
    assert unit["WorkingDirectory"] == [PROGRAM]
    assert f"PENDOPO_CONFIG={CONFIG}" in unit["Environment"][0].split()
    assert "MemoryMax" in unit
    for told in (f"git clone ALAMAT_REPOSITORI {PROGRAM}\n", f"-g {ACCOUNT} {STATE}\n", f" {CONFIG}\n"):
        assert told in GUIDE


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_the_command_of_a_service_is_there(path):
    program, flag, module, *arguments = command_of(path)
    assert (program, flag) == (f"{PROGRAM}/.venv/bin/python", "-m")
    assert importlib.util.find_spec(module)
    if module in PARSERS:
        PARSERS[module].parse_args(arguments)  # a wrong one ends the process
        return
    assert arguments[:2] == ["run", "app.py"]
    assert (ROOT / "app.py").is_file()
    options = [option.removeprefix("--") for option in arguments[2::2]]
    assert [option for option in options if option not in config._config_options_template] == []


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.stem)
def test_a_timer_starts_a_service_that_ends(path):
    service = path.with_suffix(".service")
    assert read_unit(service)["Type"] == ["oneshot"]
    assert path.name in GUIDE


def test_the_proxy_asks_the_service_where_it_listens():
    arguments = command_of(FOLDER / "pendopo.service")
    port, base = (arguments[arguments.index(f"--server.{name}") + 1] for name in ("port", "baseUrlPath"))
    assert f"server 127.0.0.1:{port};" in NGINX
    assert f"location /{base}/ {{" in NGINX
    assert re.search(rf"public_url = .*/{base}\\\\?\"", GUIDE)


def test_the_proxy_lets_pass_what_pages_need():
    """It passes on no header that is not in its list."""
    assert re.search(rf"proxy_set_header {TICKET_HEADER}\s+\$http_x_pendopo_tiket;", NGINX, re.IGNORECASE)


def test_both_limits_of_an_upload_are_one():
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    assert f"maxUploadSize = {megabytes} " in (ROOT / ".streamlit" / "config.toml").read_text("utf-8")


def test_the_settings_the_guide_edits_are_where_it_says(monkeypatch, tmp_path):
    """The `sed` lines of the guide, in Python, over the shipped pendopo.toml."""
    text = (ROOT / "pendopo.toml").read_text("utf-8")
    for pattern, new in (
        (r"^data_dir = .*", f'data_dir = "{STATE}"'),
        (r'^mode = "lokal".*', 'mode = "jaringan"'),
        (r"^[# ]*public_url = .*", 'public_url = "https://dasbor.contoh.go.id/pendopo"'),
        (r"^[# ]*wall_subnets = ", "wall_subnets = "),
    ):
        assert pattern.removeprefix("^") in GUIDE or "wall_subnets" in pattern
        text, count = re.subn(pattern, new, text, flags=re.MULTILINE)
        assert count == 1, pattern
    (tmp_path / "pendopo.toml").write_text(text, "utf-8")
    monkeypatch.setenv("PENDOPO_CONFIG", str(tmp_path / "pendopo.toml"))
    access = load_settings().access
    assert (access.mode, access.public_url) == ("jaringan", "https://dasbor.contoh.go.id/pendopo")
    assert access.wall_subnets == {"10.20.30.0/24": ("utama",)}


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_every_file_for_a_server_has_its_step(name):
    assert name in GUIDE or f"*{Path(name).suffix}" in GUIDE


COMMANDS = re.findall(r"^ +pendopo (journal|pipelines) ([^\n<…]+)$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize(("module", "line"), COMMANDS, ids=[f"{one} {rest}"[:40] for one, rest in COMMANDS])
def test_every_command_of_the_guide_is_understood(module, line):
    PARSERS[module].parse_args(shlex.split(line))
