"""Chaos tests, which run only on demand."""

import pytest

from tests.support.chaos.parameters import MINUTES, TortureParameters


@pytest.fixture(scope="session")
def terms() -> TortureParameters:
    told = TortureParameters.from_environment()
    if told is None:
        pytest.skip(f"only `make torture` does this: {MINUTES} is not set")
    return told
