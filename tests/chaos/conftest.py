"""The parameters of the tests that only `make torture` runs."""

import pytest

from tests.support.chaos.parameters import MINUTES, TortureParameters


@pytest.fixture(scope="session")
def torture_parameters() -> TortureParameters:
    parameters = TortureParameters.from_environment()
    if parameters is None:
        pytest.fail(f"{MINUTES} is not set: run `make torture`")
    return parameters
