"""Everything that is alive in one sandbox, put together."""

from sandbox.cast import harbor
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.manifest import App
from sandbox.modals import Views
from sandbox.screens import Screens
from sandbox.socket_mode import SocketMode
from sandbox.traffic import Traffic
from sandbox.triggers import ResponseUrls, Triggers
from sandbox.workspace import Clock, Person


class Slack:
    """The one object that methods, acts and routes work on. Used on the event loop's thread only.

    `ack_within` is in seconds; `clock` gives epoch seconds.
    """

    def __init__(self, app: App, url: str, clock: Clock, ack_within: float) -> None:
        self.app = app
        self.url = url
        self.workspace = harbor(app, clock)
        self.views = Views(app, self.workspace.team_id, clock)
        self.screens = Screens(self.workspace, self.views)
        self.traffic = Traffic(clock, self.screens.show_traffic)
        self.socket_mode = SocketMode(app, self.traffic, url, ack_within)
        self.events = Events(app, self.workspace, self.socket_mode)
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(url, clock)
        self.limits = Limits(clock)
        self.faults = Faults()

    @property
    def bot(self) -> Person:
        return self.workspace.people[self.app.bot_user_id]
