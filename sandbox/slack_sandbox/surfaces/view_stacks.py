"""Views of each person: the stack of open modals, and the Home tab."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from slack_sandbox.block_kit.form_state import state_values
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.ids import new_id
from slack_sandbox.model.manifest import App
from slack_sandbox.model.workspace import Clock, ExternalOptions, Json, Person

# "The app is limited to pushing 2 additional views" (reference/methods/views.push).
MAX_STACK_DEPTH = 3


@dataclass
class View:
    """A view of one person. `content` is what the app sent, with generated IDs."""

    person: Person
    content: Json
    app: App
    team_id: str
    hash: str
    root_id: str = ""
    previous_id: str | None = None
    id: str = field(default_factory=lambda: new_id("V"))
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    external_options: ExternalOptions = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id") or "")

    @property
    def blocks(self) -> list[Json]:
        return list(self.content["blocks"])

    def payload(self) -> Json:
        """Return Slack's view object (reference/interaction-payloads/view-interactions-payload)."""
        content = self.content
        return {
            "id": self.id,
            "team_id": self.team_id,
            "type": content["type"],
            "blocks": content["blocks"],
            "private_metadata": content.get("private_metadata") or "",
            "callback_id": content.get("callback_id") or "",
            "state": {"values": self.values},
            "hash": self.hash,
            "title": content.get("title") or {"type": "plain_text", "text": "View Title"},
            "clear_on_close": bool(content.get("clear_on_close")),
            "notify_on_close": bool(content.get("notify_on_close")),
            "close": content.get("close"),
            "submit": content.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id or self.id,
            "app_id": self.app.id,
            "external_id": self.external_id,
            "app_installed_team_id": self.team_id,
            "bot_id": self.app.bot_id,
        }

    def screen_state(self) -> Json:
        return self.payload() | {"errors": self.errors, "busy": self.busy}


class Views:
    def __init__(self, app: App, team_id: str, clock: Clock) -> None:
        self._app = app
        self._team_id = team_id
        self._clock = clock
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._versions = itertools.count(1)

    def stack(self, person_id: str) -> list[View]:
        return self._stacks.setdefault(person_id, [])

    def home(self, person_id: str) -> View | None:
        return self._homes.get(person_id)

    def find(self, view_id: str = "", external_id: str = "") -> View:
        """Return an open view by its ID or external ID. Raise SlackError if there is none."""
        for view in self._all():
            if view_id == view.id or (external_id and external_id == view.external_id):
                return view
        raise SlackError("not_found")

    def push(self, person: Person, content: Json) -> View:
        """Push a view onto the person's stack. The first view is the root."""
        stack = self.stack(person.id)
        if len(stack) >= MAX_STACK_DEPTH:
            raise SlackError("push_limit_reached")
        self._check_external_id(content)
        view = self._new(person, content)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def update(self, view: View, content: Json, view_hash: str = "") -> View:
        """Replace the content of a view. Inputs that remain keep their values.

        Raise SlackError if `view_hash` isn't the current hash.
        """
        if view_hash and view_hash != view.hash:
            raise SlackError("hash_conflict")
        self._check_external_id(content, ignoring=view)
        view.content, view.hash, view.errors = content, self._next_hash(), {}
        view.values = state_values(view.blocks, view.values)
        return view

    def publish(self, person: Person, content: Json, view_hash: str = "") -> View:
        home = self._homes.get(person.id)
        if home:
            return self.update(home, content, view_hash)
        self._check_external_id(content)
        self._homes[person.id] = self._new(person, content)
        return self._homes[person.id]

    def close(self, view: View) -> list[View]:
        self.stack(view.person.id).remove(view)
        return [view]

    def clear(self, person: Person) -> list[View]:
        closed = list(reversed(self.stack(person.id)))
        self._stacks[person.id] = []
        return closed

    def remove_all(self) -> None:
        """Close every modal, and remove every Home tab."""
        self._stacks.clear()
        self._homes.clear()

    def _new(self, person: Person, content: Json) -> View:
        return View(person, content, self._app, self._team_id, hash=self._next_hash())

    def _next_hash(self) -> str:
        return f"{int(self._clock())}.{next(self._versions):08x}"

    def _check_external_id(self, content: Json, ignoring: View | None = None) -> None:
        name = content.get("external_id")
        if name and any(view.external_id == name and view is not ignoring for view in self._all()):
            raise SlackError("duplicate_external_id")

    def _all(self) -> Iterator[View]:
        yield from itertools.chain(*self._stacks.values(), self._homes.values())
