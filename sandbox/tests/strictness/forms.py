"""What Slack's own client checks before a form is sent (reference/block-kit/block-elements)."""

from typing import Any

from strictness.making import Json, element, field, menu, modal, options
from strictness.rule import Do, Rule
from strictness.world import ANA, GENERAL, LEADS, MIA, OTTO, World

ELEMENTS = "reference/block-kit/block-elements"
SELECT = f"{ELEMENTS}/select-menu-element"


def fills(inner: Json, raw: Any, **fields: Any) -> Do:
    def do(world: World) -> None:
        world.submits(world.opens(modal(field(inner, **fields))), f=raw)

    return do


def form_rule(
    said: str, source: str, inner: Json, keeps: Any, breaks: Any, error: str = "invalid_field"
) -> Rule:
    return Rule(said, f"{ELEMENTS}/{source}", fills(inner, keeps), fills(inner, breaks), error)


def number(**fields: Any) -> Json:
    return element("number_input", **({"is_decimal_allowed": False} | fields))


EXTERNAL = element("external_select")
CALLED = {"block_id": "f", "action_id": "e"}


def searches(words: str = "opt", offered: Json | None = None, **fields: Any) -> Do:
    """Type in an external menu; the app offers some options, or as told."""

    def do(world: World) -> None:
        view = world.opens(modal(field(EXTERNAL | fields)))
        world.app.answers({"options": options(2)} if offered is None else offered)
        world.act("mia", "search", view_id=view["id"], value=words, **CALLED)

    return do


def chooses_offered(value: str) -> Do:
    def do(world: World) -> None:
        searches()(world)
        view = world.slack.person("mia").modal
        assert view is not None
        world.submits(view.raw, f=value)

    return do


def an_offered_option_is_sent_whole(world: World) -> None:
    chooses_offered("1")(world)
    held = world.app.hears("view_submission")["view"]["state"]["values"]["f"]["e"]
    assert held == {"type": "external_select", "selected_option": options(2)[1]}


TEXT = element("plain_text_input", min_length=2, max_length=5)
MULTI = element("multi_static_select", options=options(3), max_selected_items=2)

RULES = [
    Rule("a required field is filled", "reference/block-kit/blocks/input-block",
         fills(element("plain_text_input"), "", optional=True),
         fills(element("plain_text_input"), ""), "invalid_field", "required"),
    form_rule("a text is not too short", "plain-text-input-element", TEXT, "ab", "a"),
    form_rule("a text is not too long", "plain-text-input-element", TEXT, "abcde", "abcdef"),
    form_rule("a text has at most 3,000 characters", "plain-text-input-element",
              element("plain_text_input"), "x" * 3000, "x" * 3001),
    form_rule("a number is one", "number-input-element", number(), "-12", "twelve"),
    form_rule("a whole number has no decimals", "number-input-element", number(), "1", "1.5"),
    form_rule("a number is not too small", "number-input-element",
              number(min_value="-1"), "-1", "-2"),
    form_rule("a number is not too large", "number-input-element",
              number(max_value="1.5", is_decimal_allowed=True), "1.5", "1.51"),
    form_rule("an email address looks like one", "email-input-element",
              element("email_text_input"), "mia@example.com", "mia"),
    form_rule("a URL looks like one", "url-input-element",
              element("url_text_input"), "https://example.com", "example.com"),
    form_rule("no more are chosen than may be", "multi-select-menu-element",
              MULTI, ["0", "1"], ["0", "1", "2"]),
    form_rule("an option is one that is offered", "select-menu-element",
              menu(), "1", "2", "no_such_option"),
    form_rule("nothing is chosen twice", "multi-select-menu-element",
              MULTI, ["0", "1"], ["0", "0"], "no_such_option"),
    form_rule("a checkbox is one that there is", "checkboxes-element",
              element("checkboxes", options=options(2)), ["1"], ["2"], "no_such_option"),
    form_rule("a chosen person is one that there is", "select-menu-element",
              element("users_select"), ANA, "U0NOBODY00", "no_such_option"),
    form_rule("a deactivated person is not offered", "multi-select-menu-element",
              element("multi_users_select"), [ANA, MIA], [ANA, OTTO], "no_such_option"),
    form_rule("a channels_select offers public channels alone", "select-menu-element",
              element("channels_select"), GENERAL, LEADS, "no_such_option"),
    form_rule("a conversation is one that the person sees", "select-menu-element",
              element("conversations_select"), LEADS, "C0NOWHERE0", "no_such_option"),
    form_rule("a day is in the calendar", "date-picker-element",
              element("datepicker"), "2028-02-29", "2027-02-29", "no_such_option"),
    form_rule("a time is on the clock", "time-picker-element",
              element("timepicker"), "09:30", "25:00", "no_such_option"),
    Rule("an external menu's option is one that the app offered", SELECT,
         an_offered_option_is_sent_whole, chooses_offered("2"), "no_such_option"),
    Rule("an app is asked for options after three characters", SELECT,
         searches("opt"), searches("op"), "query_too_short"),
    Rule("an external menu says after how many characters", SELECT,
         searches("", min_query_length=0), searches("", min_query_length=1), "query_too_short"),
    Rule("an app offers at most 100 options", SELECT,
         searches(offered={"options": options(100)}),
         searches(offered={"options": options(101)}), "invalid_options"),
    Rule("an app offers options or groups of them", SELECT,
         searches(offered={"options": []}), searches(offered={}), "invalid_options"),
    Rule("one fills fields that there are", "reference/block-kit/blocks/input-block",
         fills(element("plain_text_input"), "words"),
         lambda world: world.submits(
             world.opens(modal(field(element("plain_text_input")))), g="words"),
         "no_such_element"),
]  # fmt: skip
