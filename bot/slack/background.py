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
    description: str, show: Callable[[], object], *, expected: tuple[type[Exception], ...] = ()
) -> None:
    """Start a thread that runs `show`. If it fails, log and count the failure.

    `description` says in the log what `show` shows. Failures of Slack and `expected` ones are
    logged in one line, others with a traceback. The thread is a daemon, so a hanging call to Slack
    can't keep the process alive.
    """
    threading.Thread(
        target=_try, args=(description, show, expected), name=THREAD_NAME, daemon=True
    ).start()


def wait_for_threads(until: float) -> bool:
    """Wait for all threads. Return False if one still runs at `until`, a `time.monotonic` time."""
    threads = [thread for thread in threading.enumerate() if thread.name == THREAD_NAME]
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)


def _try(
    description: str, show: Callable[[], object], expected: tuple[type[Exception], ...]
) -> None:
    try:
        show()
    except SLACK_CALL_ERRORS as error:
        log.warning(
            "result_not_shown", extra={"result": description, "error": describe_error(error)}
        )
    except expected as error:
        log.warning("result_not_shown", extra={"result": description, "error": str(error)})
    except Exception:
        log.exception("result_failed", extra={"result": description})
    else:
        return
    REQUEST_FAILURES.labels("response").inc()
