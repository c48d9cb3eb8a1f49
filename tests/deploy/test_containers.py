"""The image and the compose file, as far as they can be checked without a Docker engine."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from shared.runtime.broker import COMPOSE_FILE, DockerBroker
from shared.runtime.config import Settings
from tests.deploy.conftest import DEPLOY, TOP

SECRETS = ("RABBITMQ_PASSWORD", "POSTGRES_PASSWORD", "BANGFU_KEYS")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE_FILE.read_text("utf-8")))


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (DEPLOY / "Dockerfile").read_text("utf-8")


def test_one_image_serves_every_part_of_the_product(compose: dict[str, Any]) -> None:
    ours = {name: part for name, part in compose["services"].items() if name not in {"rabbitmq", "postgres"}}
    assert set(ours) == {"migrate", "services", "gateway"}
    assert {part["image"] for part in ours.values()} == {"bangfu:local"}
    assert all(part["read_only"] and part["cap_drop"] == ["ALL"] for part in ours.values())
    build = ours["services"]["build"]
    assert (COMPOSE_FILE.parent / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    assert (TOP / ours["gateway"]["command"][2]).is_file()


def test_secrets_must_be_given(compose: dict[str, Any]) -> None:
    text = COMPOSE_FILE.read_text("utf-8")
    for secret in SECRETS:
        uses = re.findall(rf"\$\{{{secret}([^}}]*)\}}", text)
        assert uses
        assert all(use.startswith(":?") for use in uses), f"{secret} has a default"


def test_published_ports_are_open_to_this_machine_only_by_default(compose: dict[str, Any]) -> None:
    published = [port for part in compose["services"].values() for port in part.get("ports", [])]
    assert len(published) == 2
    assert all(re.match(r"\$\{[A-Z_]+:-127\.0\.0\.1:", port) for port in published)


def test_the_docker_fallback_of_run_gives_what_the_file_asks_for(compose: dict[str, Any]) -> None:
    source = re.findall(r'"([A-Z_]+)":', (TOP / "shared/runtime/broker.py").read_text("utf-8"))
    assert {*SECRETS, "RABBITMQ_PUBLISH"} <= set(source)
    assert compose["services"]["rabbitmq"]["environment"]["RABBITMQ_DEFAULT_USER"] == "bangfu"


def test_the_docker_broker_keeps_its_password(tmp_path: Any) -> None:
    settings = Settings.read({"BANGFU_DATA": str(tmp_path), "PORT": "23100"})
    first, second = DockerBroker(settings), DockerBroker(settings)
    assert first.url == second.url
    assert first.url.endswith("@127.0.0.1:23101//")


def test_the_image_is_built_from_the_lock_and_does_not_run_as_root(dockerfile: str) -> None:
    assert "--require-hashes" in dockerfile
    assert "requirements/run.lock" in dockerfile
    user = re.findall(r"^USER (\d+)$", dockerfile, re.M)
    assert user
    assert int(user[-1]) > 0


def test_the_image_names_no_registry_and_takes_no_secret(dockerfile: str) -> None:
    assert not re.search(r"https?://|index-url|find-links|trusted-host", dockerfile)
    assert not any(secret in dockerfile for secret in SECRETS)


def test_everything_the_image_copies_is_let_through(dockerfile: str) -> None:
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert ignore[0] == "*"
    copied = re.findall(r"^COPY (?!--)(\S+)", dockerfile, re.M)
    assert {f"!{path.split('/')[0]}" for path in copied} <= set(ignore)
    assert all((TOP / path).exists() for path in copied)
