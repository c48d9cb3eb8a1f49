"""The `bangfu` command, as an operator types it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from shared.runtime import keys
from shared.runtime.cli.group import COMMANDS
from shared.runtime.cli.group import bangfu as group
from shared.runtime.config import Settings

Bangfu = Callable[..., "subprocess.CompletedProcess[str]"]

GOOD = "correct-Horse-7-battery"

GROUPS = {
    "parked": ["list", "show", "retry", "discard"],
    "audit": ["verify"],
    "account": ["add"],
    "keys": ["new", "rotate"],
}


def run(data: Path, *arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    own = {"BANGFU_DATA": str(data), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "shared.runtime.cli", *arguments],
        env={**os.environ, **own, **environment}, input=typed, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def bangfu(data: Path) -> Bangfu:
    """Runs the command on an empty data folder."""
    return partial(run, data)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with keys and migrated databases."""
    folder = tmp_path_factory.mktemp("template") / "data"
    keys.ensure(Settings.read({"BANGFU_DATA": str(folder)}))
    result = run(folder, "migrate")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def migrated(template: Path, data: Path) -> Bangfu:
    """Runs the command on a copy of `template`."""
    shutil.copytree(template, data)
    return partial(run, data)


def test_help_lists_every_command(bangfu: Bangfu) -> None:
    result = bangfu("--help")
    assert result.returncode == 0
    for name, (_, _, text) in COMMANDS.items():
        assert name in result.stdout
        assert text[:20] in result.stdout


@pytest.mark.parametrize("command", [[name] for name in COMMANDS] + [[g, c] for g, cs in GROUPS.items() for c in cs])
def test_every_command_has_help(command: list[str]) -> None:
    result = CliRunner().invoke(group, [*command, "--help"], prog_name="bangfu")
    assert result.exit_code == 0, result.output
    assert f"Usage: bangfu {' '.join(command)}" in result.output


def test_a_wrong_variable_ends_a_command_with_its_name(bangfu: Bangfu) -> None:
    result = bangfu("doctor", PORT="eight thousand")
    assert result.returncode == 1
    assert '"PORT"' in result.stderr
    assert "Traceback" not in result.stderr


def test_new_keys_can_be_given_by_environment(bangfu: Bangfu, tmp_path: Path) -> None:
    printed = bangfu("keys", "new").stdout
    settings = Settings.read({"BANGFU_DATA": str(tmp_path), "BANGFU_KEYS": printed})
    assert keys.load(settings).current_field_key == "k1"


def test_migrate_makes_a_database_per_service_and_may_be_repeated(migrated: Bangfu, data: Path) -> None:
    result = migrated("migrate")
    assert result.returncode == 0, result.stderr
    made = {path.stem for path in (data / "db").glob("*.sqlite3")}
    assert made == {*Settings.read({}).services, "gateway"}


def test_doctor_on_an_empty_folder_says_what_to_do(bangfu: Bangfu) -> None:
    result = bangfu("doctor", "--json", PORT="1")
    findings = {row["what"]: row for row in json.loads(result.stdout)}
    assert result.returncode == 1
    assert findings["python"]["level"] == "ok"
    assert findings["libraries"]["level"] == "ok"
    for what in ("keys", "broker", "database", "gateway"):
        assert findings[what]["level"] == "problem"
        assert "bangfu" in findings[what]["text"]


def test_doctor_finds_a_key_file_that_others_may_read(bangfu: Bangfu, data: Path) -> None:
    settings = Settings.read({"BANGFU_DATA": str(data)})
    keys.ensure(settings)
    settings.keys_file.chmod(0o644)
    result = bangfu("doctor")
    assert "chmod 600" in result.stdout


def test_a_grant_must_name_a_role_and_a_place(bangfu: Bangfu) -> None:
    result = bangfu("account", "add", "wang", "--display-name", "王芳", "--grant", "director")
    assert result.returncode == 2
    assert "岗位代码@组织路径" in result.stderr


def test_a_migrated_centre_has_nothing_parked_nothing_waiting_and_a_whole_audit_trail(migrated: Bangfu) -> None:
    assert json.loads(migrated("parked", "list", "--json").stdout) == []
    assert "No parked messages" in migrated("parked", "list").stdout
    assert {row["service"] for row in json.loads(migrated("outbox", "--json").stdout)} >= {"relief", "gateway"}
    verified = migrated("audit", "verify", "--json")
    assert verified.returncode == 0
    assert all(row["is_whole"] for row in json.loads(verified.stdout))


@pytest.mark.parametrize("command", [["show", "none"], ["retry", "none"], ["discard", "none", "--reason", "x"]])
def test_a_message_that_is_none_is_told_without_a_traceback(migrated: Bangfu, command: list[str]) -> None:
    result = migrated("parked", *command)
    assert result.returncode == 1
    assert "bangfu parked list" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_account_is_added_once_and_a_weak_password_is_refused(migrated: Bangfu) -> None:
    command = ["account", "add", "wang.fang", "--display-name", "王芳", "--grant", "R24@/37/", "--password-stdin"]
    weak, first, second = (migrated(*command, typed=f"{password}\n") for password in ("1", GOOD, GOOD))
    assert (weak.returncode, first.returncode, second.returncode) == (1, 0, 1)
    assert "password" in weak.stderr
    assert "wang.fang" in second.stderr
    assert "Traceback" not in weak.stderr + second.stderr


def test_rotation_makes_a_new_current_key(migrated: Bangfu, data: Path) -> None:
    settings = Settings.read({"BANGFU_DATA": str(data)})
    result = migrated("keys", "rotate")
    assert result.returncode == 0, result.stderr
    assert keys.load(settings).current_field_key == "k2"


def test_doctor_names_the_days_for_which_there_is_no_rule(bangfu: Bangfu, tmp_path: Path) -> None:
    limits = ("most_total_fen: 1, most_emergency_fen: 1, most_per_worker_fen: 1, most_share_bp: 1, most_extensions: 0, "
              "most_total_share_bp: null, most_employer_fen: 1, jurisdiction: '3799', certainty: X")
    (tmp_path / "wage_advance.yaml").write_text(
        f"wage_advance:\n- {{{limits}, effective_from: 2020-01-01, effective_to: 2023-12-31, document: 甲}}\n"
        f"- {{{limits}, effective_from: 2024-02-01, document: 乙}}\n", "utf-8")
    result = bangfu("doctor", "--json", BANGFU_RULES=str(tmp_path))
    assert result.returncode == 1
    (told,) = [one for one in json.loads(result.stdout) if one["what"] == "rules"]
    assert told["level"] == "problem"
    assert "2024-01-01 to 2024-01-31" in told["text"]


@pytest.mark.parametrize(("name", "content", "said"), [
    ("relief_limit.yaml", "parameters: []", "known names: relief_limits.yaml"),
    ("relief_limits.yaml", "parameters: [{code: aproval.director, value: 1, unit: fen, zh: 一, en: one, "
     "jurisdiction: '37', effective_from: 2020-01-01, document: 甲, certainty: D}]", "known: approval.director"),
    ("watch.yaml", "parameters: [", "watch.yaml cannot be read"),
])
def test_doctor_names_rule_files_that_nobody_would_read(
        bangfu: Bangfu, tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    result = bangfu("doctor", "--json", BANGFU_RULES=str(tmp_path))
    assert result.returncode == 1, result.stdout
    assert said in " ".join(one["text"] for one in json.loads(result.stdout) if one["what"] == "rules")


def test_doctor_tries_the_centres_own_example_cases(bangfu: Bangfu, tmp_path: Path) -> None:
    (tmp_path / "cases" / "means").mkdir(parents=True)
    (tmp_path / "cases" / "means" / "ours.yaml").write_text(
        "cases:\n- {name: 一人户, place: '130502', day: 2026-05-06, expected: RELATIVE, document: 邢台市2021年,\n"
        "   facts: {persons: [{age: 45}]}}\n", "utf-8")
    result = bangfu("doctor", "--json", BANGFU_RULES=str(tmp_path))
    assert result.returncode == 1
    (told,) = [one for one in json.loads(result.stdout) if one["what"] == "example"]
    assert told["level"] == "problem"
    assert "expected RELATIVE, computed DEEP" in told["text"]


# -- the demonstration -----------------------------------------------------------------------------------------


def test_the_demonstration_wants_a_centre(bangfu: Bangfu) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # taken, and nobody answers there
        result = bangfu("demo", PORT=str(nobody.getsockname()[1]))
    assert result.returncode == 1
    assert "bangfu run" in result.stderr
    assert "Traceback" not in result.stderr


class Ready(BaseHTTPRequestHandler):
    """Answers as a door that is ready, and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def ready() -> Iterator[str]:
    """The port of such a door."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Ready) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield str(server.server_port)
        server.shutdown()


def test_the_demonstration_wants_a_centre_whose_clock_it_can_move(bangfu: Bangfu, ready: str) -> None:
    result = bangfu("demo", PORT=ready)
    assert result.returncode == 1
    assert "BANGFU_DEMO=1" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_demonstration_that_breaks_off_says_how_to_go_on(migrated: Bangfu, data: Path, ready: str) -> None:
    (data / "training-clock").touch()
    result = migrated("demo", PORT=ready)
    assert result.returncode == 1
    assert "503" in result.stdout
    assert "bangfu demo" in result.stdout
    assert "Traceback" not in result.stderr
