"""What /ready checks: the database, the connection to Slack, the tokens, and the reconciler."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.reconciler.reconciler import Reconciler
from bot.service.readiness import Check, RunCheck
from bot.slack.call_status import CallStatus
from bot.slack.client import TokenStatus
from bot.slack.manifest import bot_scopes, describe_missing
from bot.slack.slack_time import SlackTime, describe_skew
from bot.slack.socket_mode.keepalive import Watchdog
from bot.slack.socket_mode.refusals import Refusals, describe_refusal
from storage.boards import boards
from storage.database import Database, DatabaseUnavailable

OPTIONAL = frozenset({"scopes", "calls", "boards"})  # Needle works without these
RECONCILED_WITHIN = timedelta(minutes=3)  # it runs every minute, and calls may time out


@dataclass(frozen=True)
class Checks:
    """The readiness checks of a bot process."""

    database: Database
    reconciler: Reconciler
    watchdog: Watchdog
    refusals: Refusals
    bot_token: TokenStatus
    app_token: TokenStatus
    slack_time: SlackTime
    calls: CallStatus

    def by_name(self) -> Mapping[str, RunCheck]:
        """Return the checks by the key that /ready shows."""
        return {
            "database_readable": self._database_readable,
            "database_writable": self._database_writable,
            "socket_mode": self.socket_mode,
            "bot_token": lambda: _token("SLACK_BOT_TOKEN", self.bot_token),
            "app_token": lambda: _token("SLACK_APP_TOKEN", self.app_token),
            "scopes": partial(self._scopes, bot_scopes()),
            "calls": self._calls,
            "boards": self._boards,
            "reconciler": self._reconciler,
            "clock": self._clock,
        }

    def _database_readable(self) -> Check:
        if self.database.is_readable():
            return Check(ok=True, detail="The database can be read.")
        return Check(ok=False, detail="The database can't be read.")

    def _database_writable(self) -> Check:
        if self.database.is_writable():
            return Check(ok=True, detail="The database can be written.")
        return Check(ok=False, detail="The database can't be written.")

    def socket_mode(self) -> Check:
        """Return whether a connection to Slack works. Answers at once."""
        reason = self.refusals.reason  # one read: another thread may change it
        if reason:
            return Check(ok=False, detail=describe_refusal(reason))
        if not self.watchdog.is_alive:
            silence = "No connection to Slack is open, or the open one is silent."
            return Check(ok=False, detail=silence)
        return Check(ok=True, detail="A connection to Slack is open.")

    def _scopes(self, needed: Collection[str]) -> Check:
        """Return whether the bot token has all scopes. Needle runs without the optional ones."""
        granted = self.bot_token.scopes
        if granted is None:
            return Check(ok=True, detail="Slack hasn't named the scopes yet.")
        missing = set(needed) - granted
        if not missing:
            return Check(ok=True, detail="All scopes are granted.")
        detail = f"SLACK_BOT_TOKEN: {describe_missing(missing)}"
        return Check(ok=False, detail=detail)

    def _clock(self) -> Check:
        if not self.slack_time.is_clock_wrong:
            return Check(ok=True, detail="The clock agrees with Slack's.")
        skew = describe_skew(self.slack_time.skew)
        return Check(ok=False, detail=f"The clock is {skew} Slack's, so nothing is posted.")

    def _calls(self) -> Check:
        """Return whether Slack refuses calls. Needle does without them as well as it can."""
        refusals = sorted(f"{call} ({code})" for call, code in self.calls.refusals.items())
        if not refusals:
            return Check(ok=True, detail="Slack refuses no calls.")
        return Check(ok=False, detail=f"Slack refuses {', '.join(refusals)}.")

    def _boards(self) -> Check:
        """Return whether no board is paused because another store posted in its channel."""
        try:
            with self.database.snapshot() as session:
                paused = boards.list_paused_labels(session)
        except DatabaseUnavailable:
            return Check(ok=False, detail="The database can't be read.")
        if not paused:
            return Check(ok=True, detail="No board is paused.")
        detail = f"Paused, because another Needle database posted there: {', '.join(paused)}."
        return Check(ok=False, detail=detail)

    def _reconciler(self) -> Check:
        age = self.reconciler.time_since_pass
        if age is None:
            return Check(ok=False, detail="The reconciler has not run yet.")
        detail = f"The reconciler last ran {age.total_seconds():.0f} s ago."
        return Check(ok=age < RECONCILED_WITHIN, detail=detail)


def _token(variable: str, status: TokenStatus) -> Check:
    rejection = status.rejection  # one read: another thread may change it
    if rejection:
        return Check(ok=False, detail=f"Slack rejected {variable}: {rejection}.")
    return Check(ok=True, detail=f"Slack accepts {variable}.")
