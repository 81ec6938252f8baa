"""Triggers, acks, response URLs, presses, submissions (interactivity/handling-user-interaction)."""

from typing import Any

from strictness.making import Json, actions, button, element, field, menu, modal, option, plain
from strictness.rule import Do, Effect, Rule
from strictness.world import OPS, World

HANDLING = "interactivity/handling-user-interaction"
MODALS = "surfaces/modals"
FORM = modal(field(element("plain_text_input"), optional=True))
PRESSED = actions(button(action_id="go"), menu(action_id="pick"), block_id="row")


def opens_after(seconds: float) -> Do:
    def do(world: World) -> None:
        trigger = world.trigger()
        world.clock.forward(seconds)
        world.client.views_open(trigger_id=trigger, view=modal())

    return do


def opens_times(times: int) -> Do:
    def do(world: World) -> None:
        trigger = world.trigger()
        for _ in range(times):
            world.client.views_open(trigger_id=trigger, view=modal())

    return do


def pushes(*, again: bool) -> Do:
    """Upon a modal: with a new trigger, or again with the one that opened it."""

    def do(world: World) -> None:
        trigger = world.trigger()
        world.client.views_open(trigger_id=trigger, view=modal())
        world.client.views_push(trigger_id=trigger if again else world.trigger(), view=modal())

    return do


def calls_command(*, acked: bool) -> Do:
    def do(world: World) -> None:
        world.app.silent = not acked
        world.command()

    return do


def submits(ack: Json | None) -> Do:
    """None for no ack at all."""

    def do(world: World) -> None:
        view = world.opens(FORM)
        world.app.silent = ack is None
        world.app.answers(ack or {})
        world.submits(view, f="words")

    return do


def replies_times(times: int, after: float = 0) -> Do:
    def do(world: World) -> None:
        url = world.command()["response_url"]
        world.clock.forward(after)
        for _ in range(times):
            world.replies(url, text="here")

    return do


def replies(**body: Any) -> Do:
    return lambda world: world.replies(world.command()["response_url"], **body)


def presses(action_id: str = "go", **given: Any) -> Do:
    def do(world: World) -> None:
        ts = world.post(blocks=[PRESSED])
        pressed = {"ts": ts, "block_id": "row", "action_id": action_id} | given
        world.act("mia", "press", channel="ops", **pressed)

    return do


def presses_in_view(*, closed: bool) -> Do:
    def do(world: World) -> None:
        view = world.opens(modal(PRESSED))
        if closed:
            world.slack.person("mia").closes()
        world.act("mia", "press", view_id=view["id"], block_id="row", action_id="go")

    return do


def submits_the(*, top: bool) -> Do:
    """The modal that lies on top, or the one below."""

    def do(world: World) -> None:
        below = world.opens(FORM)
        upper = world.client.views_push(trigger_id=world.trigger(), view=FORM)["view"]
        world.submits(dict(upper) if top else below, f="words")

    return do


def an_ephemeral_stays_one(world: World) -> None:
    world.app.answers({"text": "only you"})
    world.act("mia", "say", channel="ops", text="/go")
    answer = world.slack.person("mia").sees("only you")
    assert answer.ephemeral
    world.client.chat_postEphemeral(channel=OPS, user="U0MIA00000", text="a", blocks=[PRESSED])
    whispered = world.slack.person("mia").sees(
        lambda each: each.ephemeral and "Press" in each.visible_text
    )
    world.act("mia", "press", channel="ops", ts=whispered.ts, block_id="row", action_id="go")
    url = world.app.hears("block_actions")["response_url"]
    world.replies(url, text="for all?", replace_original=True, response_type="in_channel")
    changed = world.slack.person("mia").sees("for all?")
    assert changed.ephemeral
    assert not any(
        "for all?" in each.visible_text for each in world.slack.person("ana").messages("ops")
    )


def errors_stand_below_their_fields(world: World) -> None:
    view = world.opens(FORM)
    world.app.answers({"response_action": "errors", "errors": {"f": "No, another"}})
    world.submits(view, f="words")
    modal_open = world.slack.person("mia").modal
    assert modal_open is not None
    assert modal_open.errors == {"f": "No, another"}


def clear_closes_every_modal(world: World) -> None:
    world.opens(FORM)
    upper = world.client.views_push(trigger_id=world.trigger(), view=FORM)["view"]
    world.app.answers({"response_action": "clear"})
    world.submits(dict(upper), f="words")
    assert world.slack.person("mia").modal is None


def a_form_that_is_sent_again_has_another_trigger(world: World) -> None:
    view = world.opens(FORM)
    world.app.answers({"response_action": "errors", "errors": {"f": "No, another"}})
    world.submits(view, f="words")
    world.app.answers({})
    world.submits(view, f="others")
    first, second = (world.app.hears("view_submission") for _ in range(2))
    assert first["view"]["id"] == second["view"]["id"]
    assert first["view"]["hash"] == second["view"]["hash"]
    assert first["trigger_id"] != second["trigger_id"]


RULES = [
    Rule("a trigger lives three seconds", HANDLING,
         opens_after(3), opens_after(3.01), "expired_trigger_id"),
    Rule("a trigger works once", HANDLING, opens_times(1), opens_times(2), "exchanged_trigger_id"),
    Rule("a trigger that opened a modal pushes none", "reference/methods/views.push",
         pushes(again=False), pushes(again=True), "exchanged_trigger_id"),
    Rule("a trigger is one that was given out", "reference/methods/views.open", opens_times(1),
         lambda world: world.client.views_open(trigger_id="132456.7890123.abcdef", view=modal()),
         "invalid_trigger_id"),
    Rule("a command is acked in time", HANDLING,
         calls_command(acked=True), calls_command(acked=False), "timed_out"),
    Rule("a submission is acked in time", HANDLING, submits({}), submits(None), "timed_out"),
    Rule("a command is one that the app has", "interactivity/implementing-slash-commands",
         calls_command(acked=True),
         lambda world: world.act("mia", "say", channel="ops", text="/stop"), "unknown_command"),
    Rule("a shortcut is one that the app has", "interactivity/implementing-shortcuts",
         lambda world: world.act("mia", "shortcut", callback_id="start"),
         lambda world: world.act("mia", "shortcut", callback_id="begin"), "unknown_shortcut"),
    Rule("a response URL is used five times", HANDLING,
         replies_times(5), replies_times(6), "used_url"),
    Rule("a response URL lives half an hour", HANDLING,
         replies_times(1, after=30 * 60), replies_times(1, after=30 * 60 + 1), "expired_url"),
    Rule("an answer by a response URL says something", HANDLING,
         replies(text="here"), replies(response_type="in_channel"), "no_text"),
    Rule("an answer by a response URL keeps the rules of blocks", HANDLING,
         replies(blocks=[PRESSED]), replies(blocks=[{"type": "ruler"}]), "invalid_blocks"),
    Rule("one presses what is in the message", HANDLING,
         presses("go"), presses("stop"), "no_such_element"),
    Rule("one presses what is in that block", HANDLING,
         presses(block_id="row"), presses(block_id="column"), "no_such_element"),
    Rule("one chooses what is in the menu", HANDLING,
         presses("pick", value="1"), presses("pick", value="2"), "no_such_option"),
    Rule("one presses in a modal that is open", MODALS,
         presses_in_view(closed=False), presses_in_view(closed=True), "view_not_found"),
    Rule("one submits the modal on top", MODALS,
         submits_the(top=True), submits_the(top=False), "view_not_found"),
    Rule("errors name input blocks", MODALS,
         submits({"response_action": "errors", "errors": {"f": "No"}}),
         submits({"response_action": "errors", "errors": {"g": "No"}}), "invalid_errors"),
    Rule("errors are not empty", MODALS,
         submits({"response_action": "errors", "errors": {"f": "No"}}),
         submits({"response_action": "errors", "errors": {}}), "invalid_errors"),
    Rule("a submission is answered in one of four ways", MODALS,
         submits({"response_action": "clear"}), submits({"response_action": "close"}),
         "invalid_response_action"),
    Rule("a view in an ack keeps the rules of views", MODALS,
         submits({"response_action": "update", "view": modal()}),
         submits({"response_action": "update", "view": modal(title=plain(25))}),
         "invalid_arguments"),
    Rule("a Home is opened where the app has one", "surfaces/app-home",
         lambda world: world.act("mia", "home"),
         lambda world: world.bare_people.post("/control/as/mia/home", {}), "not_enabled"),
    Rule("a menu's option is pressed by its value", HANDLING,
         presses("pick", value="0"), presses("pick", value=option("0")["text"]["text"]),
         "no_such_option"),
]  # fmt: skip

EFFECTS = [
    Effect("an ephemeral message can't be made one for all", HANDLING, an_ephemeral_stays_one),
    Effect("errors stand below their fields", MODALS, errors_stand_below_their_fields),
    Effect("clear closes every modal", MODALS, clear_closes_every_modal),
    Effect("a form that is sent again has another trigger", MODALS,
           a_form_that_is_sent_again_has_another_trigger),
]  # fmt: skip
