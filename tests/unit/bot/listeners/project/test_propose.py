"""`/propose`: its form, and where it opens."""

import json
from typing import Any

from bot.views.modals import propose
from tests.support.listener_harness import ListenerHarness


def opened_form(team: ListenerHarness, text: str, channel: str) -> dict[str, Any]:
    """Run a command that opens a form, and return the form."""
    team.new_requests("views.open")  # Skip earlier requests.
    team.types("U1", text, channel)
    [request] = team.new_requests("views.open")
    view = request["view"]
    return dict(json.loads(view) if isinstance(view, str) else view)


def test_propose_in_a_boards_channel__asks_for_no_board(team: ListenerHarness) -> None:
    form = opened_form(team, "/propose Retire the NAT box", "C1")
    assert propose.BOARD not in [block.get("block_id") for block in form["blocks"]]
    assert "Retire the NAT box" in str(form)


def test_help__is_answered_in_one_line(team: ListenerHarness) -> None:
    assert team.types("U1", "/propose help") == (
        "`/propose` opens a form. For example: `/propose Retire the last NAT box`."
    )
    assert team.titles == []


def test_title_longer_than_its_input__is_kept_in_the_summary(team: ListenerHarness) -> None:
    typed = f"Retire the NAT box {'because it fails ' * 12}at night"
    form = opened_form(team, f"/propose {typed}", "C1")
    elements = [block["element"] for block in form["blocks"] if block["type"] == "input"]
    inputs = {element["action_id"]: element for element in elements}
    assert inputs["title"]["initial_value"].startswith("Retire the NAT box")
    assert inputs["summary"]["initial_value"] == typed
