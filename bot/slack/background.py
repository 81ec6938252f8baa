"""Background threads that show a person the result of an action.

The action is already stored, and Slack expects its acknowledgment within three seconds. Another
call to Slack could delay that, and a failure of that call must not look like a failed action.
"""

import logging
import threading
import time
from collections.abc import Callable

from bot.metrics import REQUEST_FAILURES
from bot.slack.error_messages import SLACK_CALL_ERRORS, describe_error

log = logging.getLogger(__name__)

THREAD_NAME = "run_in_background"


def run_in_background(
    what: str, show: Callable[[], object], *, expected: tuple[type[Exception], ...] = ()
) -> None:
    """Start a thread that runs `show`. If it fails, log and count the failure.

    Log failures of Slack and `expected` ones in one line, others with a traceback. The thread is a
    daemon, so a hanging call to Slack can't keep the process alive.
    """
    threading.Thread(
        target=_try, args=(what, show, expected), name=THREAD_NAME, daemon=True
    ).start()


def wait_for_threads(until: float) -> bool:
    """Wait for all threads. Return False if one still runs at `until`, a `time.monotonic` time."""
    begun = [each for each in threading.enumerate() if each.name == THREAD_NAME]
    for each in begun:
        each.join(max(0, until - time.monotonic()))
    return not any(each.is_alive() for each in begun)


def _try(what: str, show: Callable[[], object], expected: tuple[type[Exception], ...]) -> None:
    try:
        show()
    except SLACK_CALL_ERRORS as error:
        log.warning("%s was not shown: %s", what, describe_error(error))
    except expected as error:
        log.warning("%s was not shown: %s", what, error)
    except Exception:
        log.exception("%s was not shown", what)
    else:
        return
    REQUEST_FAILURES.labels("response").inc()
