"""Everything that is alive in one sandbox, put together."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sandbox.delivery.delivery import RETRY_AFTER, Deliveries
from slack_sandbox.delivery.events import AN_HOUR, Events
from slack_sandbox.delivery.http import RequestUrls
from slack_sandbox.delivery.socket_mode import SocketMode
from slack_sandbox.faults.delivery_faults import Misdelivery
from slack_sandbox.faults.http_faults import Fault
from slack_sandbox.faults.schedule import Mishaps
from slack_sandbox.model.files import Files
from slack_sandbox.model.installation import Installation
from slack_sandbox.model.manifest import App
from slack_sandbox.model.oauth import OAuth
from slack_sandbox.model.rate_limits import Limits
from slack_sandbox.model.seed import harbor
from slack_sandbox.model.traffic import Traffic
from slack_sandbox.model.triggers import ResponseUrls, Triggers
from slack_sandbox.model.workspace import Clock, Person
from slack_sandbox.snapshot import Snapshot, load, publish_homes
from slack_sandbox.surfaces.screens import Screens
from slack_sandbox.surfaces.view_stacks import Views


@dataclass(frozen=True)
class Manners:
    """How this Slack keeps time, and measure; times are in seconds."""

    clock: Clock
    ack_within: float = 3.0
    retry_after: Sequence[float] = RETRY_AFTER
    events_an_hour: int = AN_HOUR


class Slack:
    """The one object that methods, acts and routes work on, on the event loop's thread only."""

    def __init__(
        self,
        app: App,
        url: str,
        manners: Manners,
        *,
        installed: bool = True,
        crowd: int = 0,
        snapshot: Snapshot | None = None,
    ) -> None:
        clock = manners.clock
        self.app = app
        self.url = url
        self.oauth = OAuth(app, clock)
        self.installation = Installation(app, installed=installed)
        self.workspace = harbor(app, clock, crowd) if snapshot is None else load(snapshot, clock)
        self.bot.deleted = not installed
        self.files = Files(url, self.workspace)
        self.views = Views(app, self.workspace.team_id, clock)
        if snapshot is not None:
            publish_homes(snapshot, self.workspace, self.views)
        self.screens = Screens(self.workspace, self.views)
        self.traffic = Traffic(clock, self.screens.show_traffic)
        self.faults = Mishaps(Fault)
        self.misdeliveries = Mishaps(Misdelivery)
        self.socket_mode = SocketMode(app, self.traffic, url, manners.ack_within)
        self.request_urls = RequestUrls(app, self.traffic, clock, manners.ack_within)
        self.deliveries = Deliveries(
            self.request_urls if app.request_urls else self.socket_mode,
            self.traffic,
            self.misdeliveries,
            manners.retry_after,
        )
        self.events = Events(
            app, self.installation, self.workspace, self.deliveries, manners.events_an_hour
        )
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(url, clock)
        self.limits = Limits(clock)

    @property
    def bot(self) -> Person:
        return self.workspace.people[self.app.bot_user_id]

    async def stop(self) -> None:
        await self.deliveries.stop()
        await self.socket_mode.drop()
        self.request_urls.stop()
