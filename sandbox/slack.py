"""Everything that is alive in one sandbox, put together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.cast import harbor
from sandbox.chance import Mishaps
from sandbox.deliveries import RETRY_AFTER, Deliveries
from sandbox.events import AN_HOUR, Events
from sandbox.faults import Fault
from sandbox.files import Files
from sandbox.installation import Installation
from sandbox.limits import Limits
from sandbox.manifest import App
from sandbox.misdelivery import Misdelivery
from sandbox.modals import Views
from sandbox.oauth import OAuth
from sandbox.request_urls import RequestUrls
from sandbox.screens import Screens
from sandbox.socket_mode import SocketMode
from sandbox.traffic import Traffic
from sandbox.triggers import ResponseUrls, Triggers
from sandbox.workspace import Clock, Person


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
        self, app: App, url: str, manners: Manners, *, installed: bool = True, crowd: int = 0
    ) -> None:
        clock = manners.clock
        self.app = app
        self.url = url
        self.oauth = OAuth(app, clock)
        self.installation = Installation(app, installed=installed)
        self.workspace = harbor(app, clock, crowd)
        self.bot.deleted = not installed
        self.files = Files(url, self.workspace)
        self.views = Views(app, self.workspace.team_id, clock)
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
