"""Rules that Slack's client checks before it submits a form.

docs.slack.dev/reference/block-kit/block-elements
"""

from typing import Any

from strictness.builders import Json, element, field, menu, modal, options
from strictness.rule import Action, Rule
from strictness.workspace import ANA, GENERAL, LEADS, MIA, OTTO, Workspace

ELEMENTS = "reference/block-kit/block-elements"
SELECT = f"{ELEMENTS}/select-menu-element"


def fills(inner: Json, raw: Any, **fields: Any) -> Action:
    def run(workspace: Workspace) -> None:
        workspace.submit(workspace.open_view(modal(field(inner, **fields))), f=raw)

    return run


def form_rule(
    name: str, source: str, inner: Json, passing: Any, failing: Any, error: str = "invalid_field"
) -> Rule:
    return Rule(name, f"{ELEMENTS}/{source}", fills(inner, passing), fills(inner, failing), error)


def number(**fields: Any) -> Json:
    return element("number_input", **({"is_decimal_allowed": False} | fields))


EXTERNAL = element("external_select")
IDS = {"block_id": "f", "action_id": "e"}


def searches(query: str = "opt", response: Json | None = None, **fields: Any) -> Action:
    """Search in an external menu. The app returns two options, or `response`."""

    def run(workspace: Workspace) -> None:
        view = workspace.open_view(modal(field(EXTERNAL | fields)))
        workspace.app.set_response({"options": options(2)} if response is None else response)
        workspace.act("mia", "search", view_id=view["id"], value=query, **IDS)

    return run


def selects_external(value: str) -> Action:
    def run(workspace: Workspace) -> None:
        searches()(workspace)
        view = workspace.slack.person("mia").modal
        assert view is not None
        workspace.submit(view.raw, f=value)

    return run


def selects_and_sends_whole_option(workspace: Workspace) -> None:
    selects_external("1")(workspace)
    entry = workspace.app.wait_for("view_submission")["view"]["state"]["values"]["f"]["e"]
    assert entry == {"type": "external_select", "selected_option": options(2)[1]}


TEXT = element("plain_text_input", min_length=2, max_length=5)
MULTI = element("multi_static_select", options=options(3), max_selected_items=2)

RULES = [
    Rule("a required field isn't empty", "reference/block-kit/blocks/input-block",
         fills(element("plain_text_input"), "", optional=True),
         fills(element("plain_text_input"), ""), "invalid_field", "required"),
    form_rule("a text is not too short", "plain-text-input-element", TEXT, "ab", "a"),
    form_rule("a text is not too long", "plain-text-input-element", TEXT, "abcde", "abcdef"),
    form_rule("a text has at most 3,000 characters", "plain-text-input-element",
              element("plain_text_input"), "x" * 3000, "x" * 3001),
    form_rule("a number is numeric", "number-input-element", number(), "-12", "twelve"),
    form_rule("an integer has no decimals", "number-input-element", number(), "1", "1.5"),
    form_rule("a number is not too small", "number-input-element",
              number(min_value="-1"), "-1", "-2"),
    form_rule("a number is not too large", "number-input-element",
              number(max_value="1.5", is_decimal_allowed=True), "1.5", "1.51"),
    form_rule("an email address looks like one", "email-input-element",
              element("email_text_input"), "mia@example.com", "mia"),
    form_rule("a URL looks like one", "url-input-element",
              element("url_text_input"), "https://example.com", "example.com"),
    form_rule("a selection has at most max_selected_items", "multi-select-menu-element",
              MULTI, ["0", "1"], ["0", "1", "2"]),
    form_rule("a selected option exists", "select-menu-element",
              menu(), "1", "2", "no_such_option"),
    form_rule("an option is selected once", "multi-select-menu-element",
              MULTI, ["0", "1"], ["0", "0"], "no_such_option"),
    form_rule("a checked option exists", "checkboxes-element",
              element("checkboxes", options=options(2)), ["1"], ["2"], "no_such_option"),
    form_rule("a selected user exists", "select-menu-element",
              element("users_select"), ANA, "U0NOBODY00", "no_such_option"),
    form_rule("a deactivated user can't be selected", "multi-select-menu-element",
              element("multi_users_select"), [ANA, MIA], [ANA, OTTO], "no_such_option"),
    form_rule("a channels_select has only public channels", "select-menu-element",
              element("channels_select"), GENERAL, LEADS, "no_such_option"),
    form_rule("a selected conversation is visible to the person", "select-menu-element",
              element("conversations_select"), LEADS, "C0NOWHERE0", "no_such_option"),
    form_rule("a selected date exists", "date-picker-element",
              element("datepicker"), "2028-02-29", "2027-02-29", "no_such_option"),
    form_rule("a selected time exists", "time-picker-element",
              element("timepicker"), "09:30", "25:00", "no_such_option"),
    Rule("an external option comes from the app", SELECT,
         selects_and_sends_whole_option, selects_external("2"), "no_such_option"),
    Rule("an external search needs three characters", SELECT,
         searches("opt"), searches("op"), "query_too_short"),
    Rule("an external menu sets its minimum query length", SELECT,
         searches("", min_query_length=0), searches("", min_query_length=1), "query_too_short"),
    Rule("an app returns at most 100 options", SELECT,
         searches(response={"options": options(100)}),
         searches(response={"options": options(101)}), "invalid_options"),
    Rule("an app returns options or option groups", SELECT,
         searches(response={"options": []}), searches(response={}), "invalid_options"),
    Rule("a submitted field exists", "reference/block-kit/blocks/input-block",
         fills(element("plain_text_input"), "words"),
         lambda workspace: workspace.submit(
             workspace.open_view(modal(field(element("plain_text_input")))), g="words"),
         "no_such_element"),
]  # fmt: skip
