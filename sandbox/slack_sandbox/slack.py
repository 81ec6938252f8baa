"""The state and the services of a sandbox."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sandbox.delivery.deliveries import RETRY_DELAYS, Deliveries
from slack_sandbox.delivery.events import EVENTS_PER_HOUR, Events
from slack_sandbox.delivery.http import RequestUrls
from slack_sandbox.delivery.socket_mode import SocketMode
from slack_sandbox.faults.delivery_faults import DeliveryFault
from slack_sandbox.faults.http_faults import HttpFaults
from slack_sandbox.faults.schedule import FaultQueue
from slack_sandbox.model.files import Files
from slack_sandbox.model.installation import Installation
from slack_sandbox.model.manifest import App
from slack_sandbox.model.oauth import OAuth
from slack_sandbox.model.rate_limits import RateLimiter
from slack_sandbox.model.seed import harbor_workspace
from slack_sandbox.model.traffic import Traffic
from slack_sandbox.model.triggers import ResponseUrls, Triggers
from slack_sandbox.model.workspace import Clock, Person
from slack_sandbox.snapshot import Snapshot, load, publish_homes
from slack_sandbox.surfaces.screens import Screens
from slack_sandbox.surfaces.view_stacks import Views


@dataclass(frozen=True)
class SlackSettings:
    """The clock, timeouts, and limits. Times are in seconds."""

    clock: Clock
    ack_timeout: float = 3.0
    retry_delays: Sequence[float] = RETRY_DELAYS
    events_per_hour: int = EVENTS_PER_HOUR


class Slack:
    """The object that methods, actions, and routes work on, only on the event loop's thread."""

    def __init__(
        self,
        app: App,
        url: str,
        settings: SlackSettings,
        *,
        installed: bool = True,
        extra_members: int = 0,
        snapshot: Snapshot | None = None,
    ) -> None:
        clock = settings.clock
        self.app = app
        self.url = url
        self.oauth = OAuth(app, clock)
        self.installation = Installation(app, installed=installed)
        self.workspace = (
            harbor_workspace(app, clock, extra_members)
            if snapshot is None
            else load(snapshot, clock)
        )
        self.bot.deleted = not installed
        self.files = Files(url, self.workspace)
        self.views = Views(app, self.workspace.team_id, clock)
        if snapshot is not None:
            publish_homes(snapshot, self.workspace, self.views)
        self.screens = Screens(self.workspace, self.views)
        self.traffic = Traffic(clock, self.screens.show_traffic)
        self.faults = HttpFaults()
        self.delivery_faults = FaultQueue(DeliveryFault)
        self.socket_mode = SocketMode(app, self.traffic, url, settings.ack_timeout)
        self.request_urls = RequestUrls(app, self.traffic, clock, settings.ack_timeout)
        self.deliveries = Deliveries(
            self.request_urls if app.request_urls else self.socket_mode,
            self.traffic,
            self.delivery_faults,
            settings.retry_delays,
        )
        self.events = Events(
            app, self.installation, self.workspace, self.deliveries, settings.events_per_hour
        )
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(url, clock)
        self.rate_limiter = RateLimiter(clock)

    @property
    def bot(self) -> Person:
        return self.workspace.people[self.app.bot_user_id]

    async def stop(self) -> None:
        await self.deliveries.stop()
        await self.socket_mode.close()
