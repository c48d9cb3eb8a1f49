"""Settings: what an operator may write into the environment, and what he is told when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.runtime.config import SERVICES, SettingInvalid, Settings


def test_an_empty_environment_gives_a_district_on_one_machine() -> None:
    settings = Settings.read({})
    assert (settings.port, settings.split, settings.services) == (8000, False, SERVICES)
    assert settings.data == Path("var").absolute()
    assert settings.database_url is None
    assert settings.amqp_url is None
    assert settings.demo


def test_every_variable_is_read() -> None:
    settings = Settings.read({
        "PORT": "8100", "BANGFU_DATA": "/srv/bangfu", "AMQP_URL": "amqp://u:p@broker//", "SPLIT": "1",
        "DATABASE_URL": "postgresql://u:p@db/bangfu", "BANGFU_SERVICES": "relief,jobs", "BANGFU_GATEWAY_WORKERS": "3",
        "BANGFU_DEADLINE_SECONDS": "2.5", "BANGFU_LOG": "json", "BANGFU_DEMO": "0", "BANGFU_HEALTH_PORT": "9000",
    })  # fmt: skip
    assert settings.port == 8100
    assert settings.keys_file == Path("/srv/bangfu/keys.json")
    assert settings.services == ("relief", "jobs")
    assert (settings.split, settings.demo, settings.gateway_workers) == (True, False, 3)
    assert (settings.deadline_seconds, settings.log_format, settings.health_port) == (2.5, "json", 9000)


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.read({"AMQP_URL": "", "PORT": ""}) == Settings.read({})


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("PORT", "abc", "integer"),
        ("PORT", "70000", "less than or equal"),
        ("BANGFU_SERVICES", "relief,payroll", "payroll"),
        ("DATABASE_URL", "mysql://db", "postgresql://"),
        ("DATABASE_URL", "sqlite:////srv/one.sqlite3", "{service}"),
        ("AMQP_URL", "http://broker", "amqp://"),
        ("BANGFU_LOG", "xml", "json"),
        ("BANGFU_DEADLINE_SECONDS", "0", "0.1"),
        ("SPLIT", "perhaps", "boolean"),
    ],
)
def test_a_wrong_variable_is_named_with_what_it_should_be(variable: str, value: str, told: str) -> None:
    with pytest.raises(SettingInvalid) as caught:
        Settings.read({variable: value})
    assert variable in str(caught.value)
    assert told in str(caught.value)


def test_health_ports_differ_and_leave_room_for_the_broker() -> None:
    settings = Settings.read({"PORT": "8000"})
    ports = [settings.health_port_of(service) for service in SERVICES]
    assert len(set(ports)) == len(SERVICES)
    assert min(ports) >= 8010
