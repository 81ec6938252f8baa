"""Torture is only on demand."""

import pytest

from tests.support.chaos.parameters import MINUTES, Terms


@pytest.fixture(scope="session")
def terms() -> Terms:
    told = Terms.told()
    if told is None:
        pytest.skip(f"only `make torture` does this: {MINUTES} is not set")
    return told
