"""What runs on Windows as on Linux uses nothing that only one of them has, and names how texts are written.

Windows is not at hand here: this holds what can be held without it.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("charts", "journal", "operations", "pages", "pipelines", "reports", "warehouse")
PATHS = [ROOT / "app.py", *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))]
MISSING = {"crypt", "fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
ABSENT = {
    "os": {"chown", "chroot", "fork", "forkpty", "geteuid", "getgid", "getloadavg", "getpgid", "getuid", "killpg",
           "lchown", "mkfifo", "mknod", "nice", "openpty", "pread", "pwrite", "sched_getaffinity", "sendfile", "setsid",
           "statvfs", "sync", "uname", "wait", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "WNOHANG"},
    "signal": {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1", "SIGUSR2", "alarm", "pause",
               "pthread_sigmask", "setitimer", "sigwait"},
    "socket": {"AF_UNIX"},
    "time": {"tzset"},
}  # fmt: skip
ASKED_FIRST = {("operations/service_manager.py", "socket.AF_UNIX"), ("warehouse/durable_files.py", "os.O_DIRECTORY")}
PLACES = ("/tmp", "/dev/", "/proc/", "/usr/", "/var/", "/etc/", "/home/")


def faults(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        told = _fault(node, path.relative_to(ROOT).as_posix())
        if told:
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}: {told}"


def _fault(node: ast.AST, place: str) -> str:
    if isinstance(node, ast.Import | ast.ImportFrom):
        module = node.module if isinstance(node, ast.ImportFrom) else None
        names = {(module or "").split(".")[0], *(alias.name.split(".")[0] for alias in node.names if not module)}
        return ", ".join(names & MISSING)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        said = f"{node.value.id}.{node.attr}"
        return said if node.attr in ABSENT.get(node.value.id, ()) and (place, said) not in ASKED_FIRST else ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if node.value.startswith(PLACES) else ""
    return _unwritten(node) if isinstance(node, ast.Call) else ""


def _unwritten(call: ast.Call) -> str:
    """A text opened without saying how it is written: Windows would take its own code page."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    named = {keyword.arg for keyword in call.keywords}
    texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if called == "strftime" and any("%-" in text for text in texts):
        return "strftime with %-"
    if "encoding" in named:
        return ""
    if called == "read_text":
        return "" if call.args else called
    if called == "write_text":
        return "" if len(call.args) > 1 else called
    if called != "open":
        return ""
    is_method = isinstance(call.func, ast.Attribute)  # of a path: an archive is given a name first
    modes = call.args[:1] if is_method else call.args[1:2]
    said = [mode.value for mode in modes if isinstance(mode, ast.Constant)]
    is_text = all(isinstance(mode, str) and set(mode) <= set("rwax+t") for mode in said)
    return "open without encoding" if is_text and (said or not is_method) else ""


@pytest.mark.parametrize("package", ["app.py", *PACKAGES])
def test_nothing_only_one_system_has(package):
    chosen = [path for path in PATHS if path.relative_to(ROOT).parts[0] == package]
    assert [told for path in chosen for told in faults(path)] == []


def test_what_is_looked_for_is_found():
    lines = 'import fcntl\nos.fork()\nsignal.SIGKILL\nopen("a", "w")\nPath("a").read_text()\nx = "/tmp/a"\n'
    assert sum(bool(_fault(node, "")) for node in ast.walk(ast.parse(lines))) == 6


@pytest.mark.slow
def test_every_module_is_read_where_those_modules_are_missing():
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in PATHS]
    listed = [one for one in modules if not one.startswith(("app", "pages.")) and not one.endswith("__main__")]
    listed = [one for one in listed if "migrations" not in one]
    hidden = sorted(MISSING - {"posix"})  # without which Linux's own Python does not start
    code = (
        f"import sys, psutil, filelock\nsys.modules.update(dict.fromkeys({hidden!r}))\nimport importlib\n"
        f"[importlib.import_module(one) for one in {listed!r}]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
