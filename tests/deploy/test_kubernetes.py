"""What `kubectl apply -k` would send: valid, complete, and in step with the product's own names."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

import kubernetes_validate
import pytest

from shared.runtime.config import SERVICES
from tests.deploy.conftest import TOP, Document, kustomize

Render = Callable[[str], list[Document]]

OVERLAYS = ["small", "province"]
SUPPORTED = ["1.25", "1.37"]


def of_kind(documents: list[Document], kind: str) -> dict[str, Document]:
    return {document["metadata"]["name"]: document for document in documents if document["kind"] == kind}


def container(document: Document) -> Document:
    (only,) = document["spec"]["template"]["spec"]["containers"]
    assert isinstance(only, dict)
    return only


def workloads(documents: list[Document]) -> list[Document]:
    return [document for document in documents if document["kind"] in {"Deployment", "StatefulSet", "Job"}]


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("version", SUPPORTED)
def test_every_document_is_valid(render: Render, overlay: str, version: str) -> None:
    documents = render(overlay)
    assert len(documents) > 20
    for document in documents:
        kubernetes_validate.validate(document, version, strict=True)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_without_secrets_nothing_is_rendered_and_the_file_is_named(k8s: Path, overlay: str) -> None:
    result = kustomize(k8s / "overlays" / overlay)
    assert result.returncode != 0
    assert "secrets.env" in result.stderr


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_each_service_and_the_gateway_has_a_deployment_and_a_budget(render: Render, overlay: str) -> None:
    documents = render(overlay)
    assert set(of_kind(documents, "Deployment")) == {*SERVICES, "gateway"}
    assert set(of_kind(documents, "PodDisruptionBudget")) == {*SERVICES, "gateway"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_served_and_probed_on_its_health_port(render: Render, service: str) -> None:
    main = container(of_kind(render("small"), "Deployment")[service])
    assert main["command"] == ["bangfu", "serve", service]
    given = {entry["name"]: entry.get("value") for entry in main["env"]}
    (port,) = main["ports"]
    assert given["BANGFU_HEALTH_PORT"] == str(port["containerPort"])
    assert main["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": port["name"]}
    assert main["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": port["name"]}


def test_services_differ_in_nothing_but_their_name(render: Render) -> None:
    deployments = of_kind(render("small"), "Deployment")
    shapes = {json.dumps(deployments[name]).replace(name, "SERVICE") for name in SERVICES}
    assert len(shapes) == 1


def test_the_gateway_is_reached_through_its_service(render: Render) -> None:
    documents = render("small")
    main = container(of_kind(documents, "Deployment")["gateway"])
    (port,) = main["ports"]
    assert {"name": "PORT", "value": str(port["containerPort"])} in main["env"]
    (exposed,) = of_kind(documents, "Service")["gateway"]["spec"]["ports"]
    assert exposed["targetPort"] == port["name"]
    assert (TOP / main["command"][2]).is_file()


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_selectors_select_their_own_pods_only(render: Render, overlay: str) -> None:
    documents = render(overlay)
    labels = {name: d["spec"]["template"]["metadata"]["labels"] for name, d in of_kind(documents, "Deployment").items()}
    for kind in ("Deployment", "PodDisruptionBudget"):
        for name, document in of_kind(documents, kind).items():
            selector = document["spec"]["selector"]["matchLabels"].items()
            assert [other for other, given in labels.items() if selector <= given.items()] == [name]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_reference_to_settings_and_secrets_is_met(render: Render, overlay: str) -> None:
    documents = render(overlay)
    maps, secrets = of_kind(documents, "ConfigMap"), of_kind(documents, "Secret")
    for workload in workloads(documents):
        main = container(workload)
        for source in main.get("envFrom", []):
            assert source["configMapRef"]["name"] in maps
        for entry in main["env"]:
            if reference := entry.get("valueFrom", {}).get("secretKeyRef"):
                assert base64.b64decode(secrets[reference["name"]]["data"][reference["key"]])


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_product_knows_every_variable_it_is_given(render: Render, overlay: str) -> None:
    documents = render(overlay)
    known = set(re.findall(r'"([A-Z][A-Z_]+)"', (TOP / "shared/runtime/config.py").read_text("utf-8")))
    given = {key for settings in of_kind(documents, "ConfigMap").values() for key in settings["data"]}
    for deployment in of_kind(documents, "Deployment").values():
        given |= {entry["name"] for entry in container(deployment)["env"]}
    assert given <= known


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_nothing_runs_as_root_or_may_become_root(render: Render, overlay: str) -> None:
    for workload in workloads(render(overlay)):
        pod = workload["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"]
        assert pod["securityContext"]["runAsUser"] > 0
        assert not pod["automountServiceAccountToken"]
        own = container(workload)["securityContext"]
        assert not own["allowPrivilegeEscalation"]
        assert own["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_everything_has_limits_and_one_namespace(render: Render, overlay: str) -> None:
    documents = render(overlay)
    for workload in workloads(documents):
        resources = container(workload)["resources"]
        assert resources["requests"].keys() == {"cpu", "memory"}
        assert resources["limits"]["memory"]
    places = {d["metadata"].get("namespace") for d in documents if d["kind"] != "Namespace"}
    assert places == set(of_kind(documents, "Namespace"))


def test_databases_are_migrated_by_a_job_with_the_same_image(render: Render) -> None:
    documents = render("small")
    job = container(of_kind(documents, "Job")["bangfu-migrate"])
    assert job["command"] == ["bangfu", "migrate"]
    assert {container(d)["image"] for d in of_kind(documents, "Deployment").values()} == {job["image"]}


def test_small_brings_its_servers_and_the_province_does_not(render: Render) -> None:
    small = render("small")
    servers = of_kind(small, "StatefulSet")
    assert set(servers) == {"postgres", "rabbitmq"}
    (secret,) = of_kind(small, "Secret").values()
    for server, variable in (("postgres", "DATABASE_URL"), ("rabbitmq", "AMQP_URL")):
        (port,) = container(servers[server])["ports"]
        assert f"@{server}:{port['containerPort']}/" in base64.b64decode(secret["data"][variable]).decode()
    assert not of_kind(render("province"), "StatefulSet")


def test_the_province_runs_several_of_each(render: Render) -> None:
    replicas = {name: d["spec"]["replicas"] for name, d in of_kind(render("province"), "Deployment").items()}
    assert set(replicas) == {*SERVICES, "gateway"}
    assert min(replicas.values()) >= 2
