"""The options of `needle run` and `needle healthcheck` that say where the health endpoints are.

Both commands read the same environment variables, so that a container or unit configures them once.
"""

from typing import Annotated

import typer

DEFAULT_HOST = "127.0.0.1"
PORT_VARIABLE = "NEEDLE_HEALTH_PORT"

HealthHost = Annotated[
    str,
    typer.Option(
        metavar="HOST", envvar="NEEDLE_HEALTH_HOST", help="The address of the health endpoints."
    ),
]
RunPort = Annotated[
    int | None,
    typer.Option(
        metavar="PORT",
        envvar=PORT_VARIABLE,
        help="Serve /live, /ready, and /metrics on this port; 0 for any free one.",
    ),
]
CheckedPort = Annotated[
    int,
    typer.Option(
        metavar="PORT",
        envvar=PORT_VARIABLE,
        min=1,
        max=65535,
        show_default=False,
        help="The port of the health endpoints.",
    ),
]
