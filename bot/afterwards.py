"""What is shown to a person after their act, in its own time.

The act is done, and Slack is to hear so within three seconds: to wait for another call of Slack's
could make a failure of it, and what is only shown must not fail what is done.
"""

import logging
from collections.abc import Callable
from http.client import HTTPException
from threading import Thread

from slack_sdk.errors import SlackApiError

from bot.outage import in_words
from storage.database import Unavailable

log = logging.getLogger(__name__)


def afterwards(what: str, show: Callable[[], object]) -> None:
    """Begin to show it. A daemon: a Slack that hangs does not keep the process from ending."""
    Thread(target=_try, args=(what, show), name="afterwards", daemon=True).start()


def _try(what: str, show: Callable[[], object]) -> None:
    try:
        show()
    except (SlackApiError, OSError, HTTPException) as error:
        log.warning("%s was not shown: %s", what, in_words(error))
    except Unavailable as error:
        log.warning("%s was not shown: %s", what, error)
    except Exception:
        log.exception("%s was not shown", what)
