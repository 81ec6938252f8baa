"""Background threads that show a person the result of an action.

The action is already stored, and Slack expects its acknowledgment within three seconds. Another
call to Slack could delay that, and a failure of that call must not look like a failed action.
"""

import logging
import threading
import time
from collections.abc import Callable

from bot.metrics import REQUEST_FAILURES
from bot.slack.error_messages import UNDONE, in_words

log = logging.getLogger(__name__)

NAME = "afterwards"


def afterwards(
    what: str, show: Callable[[], object], *, expected: tuple[type[Exception], ...] = ()
) -> None:
    """Start a thread that runs `show`. If it fails, log and count the failure.

    Log failures of Slack and `expected` ones in one line, others with a traceback. The thread is a
    daemon, so a hanging call to Slack can't keep the process alive.
    """
    threading.Thread(target=_try, args=(what, show, expected), name=NAME, daemon=True).start()


def finish(until: float) -> bool:
    """Wait for all threads. Return False if one still runs at `until`, a `time.monotonic` time."""
    begun = [each for each in threading.enumerate() if each.name == NAME]
    for each in begun:
        each.join(max(0, until - time.monotonic()))
    return not any(each.is_alive() for each in begun)


def _try(what: str, show: Callable[[], object], expected: tuple[type[Exception], ...]) -> None:
    try:
        show()
    except UNDONE as error:
        log.warning("%s was not shown: %s", what, in_words(error))
    except expected as error:
        log.warning("%s was not shown: %s", what, error)
    except Exception:
        log.exception("%s was not shown", what)
    else:
        return
    REQUEST_FAILURES.labels("response").inc()
