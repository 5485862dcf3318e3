import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import NetworkUsed

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PACKAGES = ("ingest", "rag", "ui", "eval")


def locked(*files: str) -> dict[str, str]:
    """Package to version, in the lock files."""
    found: dict[str, str] = {}
    for file in files:
        for line in (ROOT / file).read_text().splitlines():
            if line and not line.startswith("#"):
                name, pin = line.split("==")
                found[canonicalize_name(name)] = pin
    return found


def test_the_lock_pins_every_package() -> None:
    for file in ("requirements.lock", "requirements-dev.lock"):
        for line in (ROOT / file).read_text().splitlines():
            assert line == "" or line.startswith("#") or re.fullmatch(r"[\w.\-]+==[\w.\-]+", line)
    assert locked("requirements.lock")["torch"] == "2.13.0"


@pytest.mark.parametrize("extra", ["", "dev"])
def test_what_is_declared_is_locked_within_its_range(extra: str) -> None:
    declared = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    versions = locked("requirements.lock", *(["requirements-dev.lock"] if extra else []))
    for text in declared:
        requirement = Requirement(text)
        name = canonicalize_name(requirement.name)
        assert name in versions, f"{name} is not locked"
        assert requirement.specifier.contains(versions[name], prereleases=True), text


def test_help_lists_every_task() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    # Inside another make it also says which folder it enters.
    tasks = [line.split()[1] for line in shown.stdout.splitlines() if line.startswith("make ")]
    assert set(tasks) == set(phony[1].split())


def test_every_module_lies_in_a_packaged_folder() -> None:
    packaged = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    )
    for package in PACKAGES:
        assert (ROOT / package / "py.typed").is_file()
        for module in (ROOT / package).rglob("*.py"):
            assert ".".join(module.relative_to(ROOT).parent.parts) in packaged


def test_no_large_file_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    assert [f for f in files if f.is_file() and f.stat().st_size > 50_000_000] == []


def test_set_up_makes_a_broken_environment_anew(tmp_path: Path) -> None:
    # A .venv without its pyvenv.cfg is the system's Python: nothing may be installed into it.
    for name in ("scripts/setup.sh", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(Path(sys.executable).resolve())
    no_packages = {"PYTHON": sys.executable, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
    done = subprocess.run(
        ["scripts/setup.sh"],
        cwd=tmp_path,
        env={**os.environ, **no_packages},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Making .venv" in done.stdout
    assert "Run the same command again" in done.stderr
    assert (tmp_path / ".venv/pyvenv.cfg").is_file()
    assert (tmp_path / ".venv/unfinished").is_file()


def test_the_version_is_the_same_everywhere() -> None:
    newest = re.search(r"^## \[(\d\S*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is None or newest[1] == PROJECT["version"]
    assert version("byline") == PROJECT["version"]


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_tests_cannot_reach_other_machines(method: str) -> None:
    with pytest.raises(NetworkUsed), socket.socket() as unused:
        getattr(unused, method)(("192.0.2.1", 80))


def test_tests_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()):
            pass
        with socket.socket() as client:
            assert client.connect_ex(server.getsockname()) == 0
