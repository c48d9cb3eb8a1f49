"""The Kubernetes files as an operator renders them: with his secrets filled in."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.runtime import keys

TOP = Path(__file__).resolve().parents[2]
DEPLOY = TOP / "deploy"

Document = dict[str, Any]


def kustomize(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["kubectl", "kustomize", str(folder)], capture_output=True, text=True, timeout=60)


@pytest.fixture
def k8s(tmp_path: Path) -> Path:
    """A copy of deploy/k8s without secrets, as after a clone."""
    copy = tmp_path / "k8s"
    shutil.copytree(DEPLOY / "k8s", copy, ignore=shutil.ignore_patterns("secrets.env"))
    return copy


@pytest.fixture
def render(k8s: Path) -> Callable[[str], list[Document]]:
    """The documents of an overlay with invented secrets."""

    def documents(overlay: str) -> list[Document]:
        folder = k8s / "overlays" / overlay
        text = (folder / "secrets.env.example").read_text("utf-8").replace("_PASSWORD=", "_PASSWORD=x1")
        text = text.replace("BANGFU_KEYS=", f"BANGFU_KEYS={json.dumps(keys.generate())}")
        (folder / "secrets.env").write_text(text, "utf-8")
        result = kustomize(folder)
        assert result.returncode == 0, result.stderr
        return [document for document in yaml.safe_load_all(result.stdout) if document]

    return documents
