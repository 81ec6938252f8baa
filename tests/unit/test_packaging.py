"""What packages Needle for a host: the image, Compose, systemd, Kubernetes, and the release.

`make check-packaging` checks the files against their schemas.
"""

import re
import shutil
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.terminal.health_options import PORT_VARIABLE
from bot.config import RunSettings

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = ROOT / "packaging" / "systemd" / "needle.service"
MANIFESTS = sorted((ROOT / "packaging" / "kubernetes").glob("*.yaml"))
COMPOSE = yaml.safe_load((ROOT / "compose.yml").read_text("utf-8"))
JOBS = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]
PROGRAM = "/opt/needle/.venv/bin/needle"
SECRETS = {name.upper() for name, field in RunSettings.model_fields.items() if field.is_required()}


def copied() -> list[str]:
    """Return what the Dockerfile copies from the repository."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return [source.rstrip("/") for line in lines for source in line.split()[:-1]]


def test_image__has_what_the_wheel_is_built_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {"pyproject.toml", "README.md", "LICENSE", *wheel["packages"], *wheel["force-include"]}
    assert needed <= {*copied()}


def test_copied_files__exist_and_reach_the_builder() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    assert "*" in ignored
    assert [each for each in copied() if not (ROOT / each).exists()] == []
    assert [each for each in copied() if each.partition("/")[0] not in allowed] == []


def test_every_install_from_a_registry__checks_hashes() -> None:
    commands = re.sub(r"\\\n\s*", "", DOCKERFILE)
    installs = re.findall(r"install (.*?)(?= && |\n)", commands)
    assert len(installs) == 3
    from_registry = [each for each in installs if "*.whl" not in each]
    assert [each for each in from_registry if "--require-hashes" not in each] == []


def test_image__runs_as_a_number_other_than_root() -> None:
    [user] = re.findall(r"^USER (\d+):\d+$", DOCKERFILE, re.MULTILINE)
    assert int(user) > 0
    assert re.search(r'^HEALTHCHECK .*CMD \["needle", "healthcheck"\]$', DOCKERFILE, re.MULTILINE)
    assert f"{PORT_VARIABLE}=" in DOCKERFILE


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_compose_service__has_few_rights(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_compose_default__is_one_process_with_sqlite() -> None:
    services = COMPOSE["services"]
    assert [name for name, each in services.items() if "profiles" not in each] == ["needle"]
    needle = services["needle"]
    assert needle["deploy"]["replicas"] == "${NEEDLE_REPLICAS:-1}"
    assert needle["environment"]["DATABASE_URL"].startswith("${DATABASE_URL:-sqlite:////var/lib/")
    assert needle["volumes"] == ["needle:/var/lib/needle"]


def settings(unit: str) -> dict[str, str]:
    return dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE))


def test_every_setting_of_the_unit__has_its_reason_above_it() -> None:
    lines = UNIT.read_text("utf-8").splitlines()
    with_reason = {line for above, line in pairwise(lines) if above[:1] == "#"}
    unexplained = [line for line in lines if "=" in line and line[:1] != "#"]
    assert [
        line
        for line in unexplained
        if line not in with_reason and not line.startswith(("Description=", "After="))
    ] == []


def test_unit__waits_for_needle_and_watches_it() -> None:
    unit = settings(UNIT.read_text("utf-8"))
    assert (unit["Type"], unit["NotifyAccess"], unit["WatchdogSec"]) == ("notify", "main", "60")
    assert unit["ExecStart"] == f"{PROGRAM} run"
    assert unit["RestartPreventExitStatus"] == "2"
    assert unit["Environment"].startswith(f"{PORT_VARIABLE}=")


def analyze(*arguments: str) -> str:
    """Run systemd-analyze. Return what it prints."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze isn't installed")
    result = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


def test_unit__is_accepted_by_systemd(tmp_path: Path) -> None:
    unit = tmp_path / "needle.service"
    text = UNIT.read_text("utf-8")
    unit.write_text(text.replace(PROGRAM, "/bin/true"))  # it must exist
    assert analyze("verify", "--man=no", str(unit)) == ""
    unit.write_text(text.replace("ProtectClock=yes", "ProtectTheClock=yes"))
    with pytest.raises(AssertionError, match="ProtectTheClock"):
        assert analyze("verify", "--man=no", str(unit)) == ""


def test_unit__is_as_closed_as_the_guide_says() -> None:
    guide = (ROOT / "docs/operating.md").read_text("utf-8")
    [promised] = re.findall(r"exposure of (\d\.\d)", guide)
    report = analyze("security", "--offline=true", "--no-pager", str(UNIT))
    [exposure] = re.findall(r"Overall exposure level for needle.service: (\d\.\d)", report)
    assert float(exposure) <= float(promised)


def resources(manifest: Path) -> dict[str, Any]:
    loaded = yaml.safe_load_all(manifest.read_text("utf-8"))
    return {each["kind"]: each for each in loaded}


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.stem)
def test_pod__has_few_rights_and_probes(manifest: Path) -> None:
    deployment = resources(manifest)["Deployment"]["spec"]
    pod = deployment["template"]["spec"]
    [container] = pod["containers"]
    assert deployment["strategy"] == {"type": "Recreate"}
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert (pod["automountServiceAccountToken"], pod["enableServiceLinks"]) == (False, False)
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    paths = {
        name: container[name]["httpGet"]["path"] for name in container if name.endswith("Probe")
    }
    assert paths == {"startupProbe": "/live", "livenessProbe": "/live", "readinessProbe": "/ready"}
    assert container["envFrom"] == [{"secretRef": {"name": "needle"}}]
    variables = {each["name"]: each["value"] for each in container["env"]}
    assert variables[PORT_VARIABLE] == str(container["ports"][0]["containerPort"])
    assert not SECRETS & variables.keys()


def test_sqlite_in_kubernetes__has_one_replica_and_a_volume() -> None:
    parts = resources(ROOT / "packaging/kubernetes/needle.yaml")
    assert parts["Deployment"]["spec"]["replicas"] == 1
    assert parts["PersistentVolumeClaim"]["spec"]["accessModes"] == ["ReadWriteOnce"]


@pytest.mark.parametrize("name", JOBS)
def test_release_job__has_its_own_rights_and_pinned_actions(name: str) -> None:
    assert JOBS[name]["permissions"]
    used = [step["uses"] for step in JOBS[name]["steps"] if "uses" in step]
    assert [each for each in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", each)] == []
