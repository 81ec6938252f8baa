"""What is shown to a person after their act, in its own time.

The act is done, and Slack is to hear so within three seconds: to wait for another call of Slack's
could make a failure of it, and what is only shown must not fail what is done.
"""

import logging
import threading
import time
from collections.abc import Callable

from bot.metrics import FAILURES
from bot.slack.error_messages import UNDONE, in_words

log = logging.getLogger(__name__)

NAME = "afterwards"


def afterwards(
    what: str, show: Callable[[], object], *, expected: tuple[type[Exception], ...] = ()
) -> None:
    """Start to show something. `expected` failures are logged in one line, as Slack's own are.

    The thread is a daemon: a hanging Slack must not keep the process from ending.
    """
    threading.Thread(target=_try, args=(what, show, expected), name=NAME, daemon=True).start()


def finish(until: float) -> bool:
    """Whether all that was begun is shown by then (`monotonic`)."""
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
    FAILURES.labels("answer").inc()
