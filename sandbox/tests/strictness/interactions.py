"""Rules for triggers, acknowledgments, response URLs, actions and submissions.

docs.slack.dev/interactivity/handling-user-interaction
"""

from typing import Any

from strictness.builders import Json, actions, button, element, field, menu, modal, option, plain
from strictness.rule import Action, Effect, Rule
from strictness.workspace import OPS, Workspace

HANDLING = "interactivity/handling-user-interaction"
MODALS = "surfaces/modals"
FORM = modal(field(element("plain_text_input"), optional=True))
BUTTON_ROW = actions(button(action_id="go"), menu(action_id="pick"), block_id="row")


def opens_after(seconds: float) -> Action:
    def run(workspace: Workspace) -> None:
        trigger = workspace.trigger()
        workspace.clock.advance(seconds)
        workspace.client.views_open(trigger_id=trigger, view=modal())

    return run


def opens_times(times: int) -> Action:
    def run(workspace: Workspace) -> None:
        trigger = workspace.trigger()
        for _ in range(times):
            workspace.client.views_open(trigger_id=trigger, view=modal())

    return run


def pushes(*, reuses_trigger: bool) -> Action:
    """Push a view onto a modal, with a new trigger or with the one that opened the modal."""

    def run(workspace: Workspace) -> None:
        trigger = workspace.trigger()
        workspace.client.views_open(trigger_id=trigger, view=modal())
        workspace.client.views_push(
            trigger_id=trigger if reuses_trigger else workspace.trigger(), view=modal()
        )

    return run


def calls_command(*, acked: bool) -> Action:
    def run(workspace: Workspace) -> None:
        workspace.app.acknowledges = acked
        workspace.command()

    return run


def submits(ack: Json | None) -> Action:
    """Submit a form. The app acknowledges it with `ack`, or not at all if that's None."""

    def run(workspace: Workspace) -> None:
        view = workspace.open_view(FORM)
        workspace.app.acknowledges = ack is not None
        workspace.app.set_response(ack or {})
        workspace.submit(view, f="words")

    return run


def replies_times(times: int, after: float = 0) -> Action:
    def run(workspace: Workspace) -> None:
        url = workspace.command()["response_url"]
        workspace.clock.advance(after)
        for _ in range(times):
            workspace.respond(url, text="here")

    return run


def replies(**body: Any) -> Action:
    return lambda workspace: workspace.respond(workspace.command()["response_url"], **body)


def presses(action_id: str = "go", **fields: Any) -> Action:
    def run(workspace: Workspace) -> None:
        ts = workspace.post(blocks=[BUTTON_ROW])
        action = {"ts": ts, "block_id": "row", "action_id": action_id} | fields
        workspace.act("mia", "press", channel="ops", **action)

    return run


def presses_in_view(*, closed: bool) -> Action:
    def run(workspace: Workspace) -> None:
        view = workspace.open_view(modal(BUTTON_ROW))
        if closed:
            workspace.slack.person("mia").closes()
        workspace.act("mia", "press", view_id=view["id"], block_id="row", action_id="go")

    return run


def submits_modal(*, top: bool) -> Action:
    """Submit the top modal of two, or the one below it."""

    def run(workspace: Workspace) -> None:
        below = workspace.open_view(FORM)
        upper = workspace.client.views_push(trigger_id=workspace.trigger(), view=FORM)["view"]
        workspace.submit(dict(upper) if top else below, f="words")

    return run


def check_response_stays_ephemeral(workspace: Workspace) -> None:
    workspace.app.set_response({"text": "only you"})
    workspace.act("mia", "post", channel="ops", text="/go")
    answer = workspace.slack.person("mia").sees("only you")
    assert answer.ephemeral
    workspace.client.chat_postEphemeral(
        channel=OPS, user="U0MIA00000", text="a", blocks=[BUTTON_ROW]
    )
    ephemeral = workspace.slack.person("mia").sees(
        lambda message: message.ephemeral and "Press" in message.visible_text
    )
    workspace.act("mia", "press", channel="ops", ts=ephemeral.ts, block_id="row", action_id="go")
    url = workspace.app.wait_for("block_actions")["response_url"]
    workspace.respond(url, text="for all?", replace_original=True, response_type="in_channel")
    changed = workspace.slack.person("mia").sees("for all?")
    assert changed.ephemeral
    assert not any(
        "for all?" in message.visible_text
        for message in workspace.slack.person("ana").messages("ops")
    )


def check_message_keeps_state(workspace: Workspace) -> None:
    ts = workspace.post(
        blocks=[BUTTON_ROW, field(element("plain_text_input", initial_value="first"))]
    )
    row = {"channel": "ops", "ts": ts, "block_id": "row"}

    def press(person: str, **fields: Any) -> Json:
        workspace.act(person, "press", **row, **fields)
        return dict(workspace.app.wait_for("block_actions")["state"]["values"])

    press("mia", action_id="pick", value="1")
    pressed = press("mia", action_id="go", inputs={"f": "second"})
    assert pressed["row"]["pick"]["selected_option"]["value"] == "1"
    assert pressed["f"]["e"]["value"] == "second"
    assert press("ana", action_id="go") == {
        "row": {"pick": {"type": "static_select", "selected_option": None}},
        "f": {"e": {"type": "plain_text_input", "value": "first"}},
    }
    workspace.client.chat_update(channel=OPS, ts=ts, text="changed", blocks=[BUTTON_ROW])
    kept = press("mia", action_id="go")
    assert kept["row"]["pick"]["selected_option"]["value"] == "1"
    assert kept.keys() == {"row"}


def check_response_urls(workspace: Workspace) -> None:
    menus = [
        field(element("conversations_select", response_url_enabled=True), block_id="first"),
        field(
            element("channels_select", response_url_enabled=True), block_id="empty", optional=True
        ),
        field(element("conversations_select"), block_id="without"),
    ]
    view = workspace.open_view(modal(*menus))
    workspace.submit(view, first=OPS, without=OPS)
    [answer] = workspace.app.wait_for("view_submission")["response_urls"]
    url = answer.pop("response_url")
    assert answer == {"block_id": "first", "action_id": "e", "channel_id": OPS}
    workspace.respond(url, text="for everyone there", response_type="in_channel")
    assert not workspace.slack.person("ana").sees("for everyone there").ephemeral


def check_elements_need_no_action_id(workspace: Workspace) -> None:
    workflow = {"trigger": {"url": "https://slack.com/shortcuts/1"}}
    ts = workspace.post(
        blocks=[actions(button(), element("workflow_button", text=plain(), workflow=workflow))]
    )
    row = workspace.message(ts)["blocks"][0]
    assert all(pressed["action_id"] for pressed in row["elements"])
    rich_text_input = field(element("rich_text_input", action_id=None))
    [opened] = workspace.open_view(modal(rich_text_input))["blocks"]
    assert opened["element"]["action_id"]


def check_errors_under_fields(workspace: Workspace) -> None:
    view = workspace.open_view(FORM)
    workspace.app.set_response({"response_action": "errors", "errors": {"f": "No, another"}})
    workspace.submit(view, f="words")
    modal_open = workspace.slack.person("mia").modal
    assert modal_open is not None
    assert modal_open.errors == {"f": "No, another"}


def check_clear_closes_all(workspace: Workspace) -> None:
    workspace.open_view(FORM)
    upper = workspace.client.views_push(trigger_id=workspace.trigger(), view=FORM)["view"]
    workspace.app.set_response({"response_action": "clear"})
    workspace.submit(dict(upper), f="words")
    assert workspace.slack.person("mia").modal is None


def check_second_submission_has_new_trigger(workspace: Workspace) -> None:
    view = workspace.open_view(FORM)
    workspace.app.set_response({"response_action": "errors", "errors": {"f": "No, another"}})
    workspace.submit(view, f="words")
    workspace.app.set_response({})
    workspace.submit(view, f="others")
    first, second = (workspace.app.wait_for("view_submission") for _ in range(2))
    assert first["view"]["id"] == second["view"]["id"]
    assert first["view"]["hash"] == second["view"]["hash"]
    assert first["trigger_id"] != second["trigger_id"]


RULES = [
    Rule("a trigger expires after three seconds", HANDLING,
         opens_after(3), opens_after(3.01), "expired_trigger_id"),
    Rule("a trigger works once", HANDLING, opens_times(1), opens_times(2), "exchanged_trigger_id"),
    Rule("a trigger that opened a modal can't push another", "reference/methods/views.push",
         pushes(reuses_trigger=False), pushes(reuses_trigger=True), "exchanged_trigger_id"),
    Rule("a trigger exists", "reference/methods/views.open", opens_times(1),
         lambda workspace: workspace.client.views_open(
             trigger_id="132456.7890123.abcdef", view=modal()),
         "invalid_trigger_id"),
    Rule("a command is acknowledged in time", HANDLING,
         calls_command(acked=True), calls_command(acked=False), "timed_out"),
    Rule("a submission is acknowledged in time", HANDLING, submits({}), submits(None), "timed_out"),
    Rule("a command exists", "interactivity/implementing-slash-commands",
         calls_command(acked=True),
         lambda workspace: workspace.act("mia", "post", channel="ops", text="/stop"),
         "unknown_command"),
    Rule("a shortcut exists", "interactivity/implementing-shortcuts",
         lambda workspace: workspace.act("mia", "shortcut", callback_id="start"),
         lambda workspace: workspace.act("mia", "shortcut", callback_id="begin"),
         "unknown_shortcut"),
    Rule("a response URL works five times", HANDLING,
         replies_times(5), replies_times(6), "used_url"),
    Rule("a response URL expires after 30 minutes", HANDLING,
         replies_times(1, after=30 * 60), replies_times(1, after=30 * 60 + 1), "expired_url"),
    Rule("a response by response URL has content", HANDLING,
         replies(text="here"), replies(response_type="in_channel"), "no_text"),
    Rule("a response by response URL has valid blocks", HANDLING,
         replies(blocks=[BUTTON_ROW]), replies(blocks=[{"type": "ruler"}]), "invalid_blocks"),
    Rule("a pressed action_id exists", HANDLING,
         presses("go"), presses("stop"), "no_such_element"),
    Rule("a pressed block_id exists", HANDLING,
         presses(block_id="row"), presses(block_id="column"), "no_such_element"),
    Rule("a menu's selected option exists", HANDLING,
         presses("pick", value="1"), presses("pick", value="2"), "no_such_option"),
    Rule("a pressed modal is open", MODALS,
         presses_in_view(closed=False), presses_in_view(closed=True), "view_not_found"),
    Rule("only the top modal can be submitted", MODALS,
         submits_modal(top=True), submits_modal(top=False), "view_not_found"),
    Rule("response errors name input blocks", MODALS,
         submits({"response_action": "errors", "errors": {"f": "No"}}),
         submits({"response_action": "errors", "errors": {"g": "No"}}), "invalid_errors"),
    Rule("response errors aren't empty", MODALS,
         submits({"response_action": "errors", "errors": {"f": "No"}}),
         submits({"response_action": "errors", "errors": {}}), "invalid_errors"),
    Rule("a response_action is known", MODALS,
         submits({"response_action": "clear"}), submits({"response_action": "close"}),
         "invalid_response_action"),
    Rule("a view in a response is valid", MODALS,
         submits({"response_action": "update", "view": modal()}),
         submits({"response_action": "update", "view": modal(title=plain(25))}),
         "invalid_arguments"),
    Rule("an app without a Home tab can't open it", "surfaces/app-home",
         lambda workspace: workspace.act("mia", "home"),
         lambda workspace: workspace.unscoped_control.post("/control/as/mia/home", {}),
         "not_enabled"),
    Rule("a menu's option is selected by its value", HANDLING,
         presses("pick", value="0"), presses("pick", value=option("0")["text"]["text"]),
         "no_such_option"),
]  # fmt: skip

EFFECTS = [
    Effect("a response can't make an ephemeral message public", HANDLING,
           check_response_stays_ephemeral),
    Effect("a message keeps what each person chose", "reference/interaction-payloads/block_actions",
           check_message_keeps_state),
    Effect("a submission has a response URL for each menu that asks for one", MODALS,
           check_response_urls),
    Effect("an element without action_id gets one",
           "slackapi/node-slack-sdk packages/types/src/block-kit/extensions.ts",
           check_elements_need_no_action_id),
    Effect("response errors show under their fields", MODALS, check_errors_under_fields),
    Effect("clear closes every modal", MODALS, check_clear_closes_all),
    Effect("a second submission has another trigger", MODALS,
           check_second_submission_has_new_trigger),
]  # fmt: skip
