from typing import Any

from domain.projects.proposal import Proposal
from domain.projects.software import software_balance


def proposal(**fields: Any) -> Proposal:
    return Proposal(title="Rotate the keys", summary="Nobody rotates them.", **fields)


def test_no_software_changes__balance_is_false() -> None:
    assert not software_balance([proposal()])
    assert software_balance([proposal(software_removed="a host")])
