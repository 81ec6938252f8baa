"""A table of all user actions and who may perform them. See `test_permissions`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.views import home
from bot.views.blocks import modal
from bot.views.data.project_state import ProjectReference
from bot.views.modals import (
    charter_change,
    charter_preview,
    charter_value,
    commit,
    edit,
    project_status,
    propose,
    score,
    settings,
    steps,
    toil,
)
from bot.views.modals import fire as fire_form
from bot.views.modals import objection as objection_form
from bot.views.parts import toil_ledger
from bot.views.posts import card, charter_draft, fire, nudge, outcome
from bot.views.replies import charter, objection
from domain.calendar.cadence import Cadence
from domain.calendar.quarter import Quarter
from domain.calendar.working_hours import WorkingHours
from domain.projects.lifecycle import Role, Status, Transition
from domain.projects.proposal import Proposal
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import charter_drafts
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.tables import AccountType, PostKind
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

NOW = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
PROPOSAL = Proposal(title="Retire the NAT box", summary="When it dies we are paged.")
STEPPED = PROPOSAL.model_copy(update={"steps": ("One", "Two")})
ALERT = {"ts": "1.2", "text": "db"}

# By role. U1 proposed #1 and declared the fire. The last two aren't in the channel.
PEOPLE = {
    "a steward": "U3",
    "the proposer": "U1",
    "a member": "U2",
    "a guest": "UGUEST",
    "a stranger": "USTRANGER",
    "a deactivated person": "UGONE",
    "a bot": "UBOT",
    "a member elsewhere": "UELSEWHERE",
    "a guest elsewhere": "UVISITOR",
}
STEWARDS = frozenset({"a steward"})
OWNERS = STEWARDS | {"the proposer"}
MEMBERS = OWNERS | {"a member"}
ALL_THERE = frozenset(PEOPLE) - {"a member elsewhere", "a guest elsewhere"}
ALL = frozenset(PEOPLE)
NEXT_QUARTER = Quarter.containing(datetime.now(UTC).date()).next()
ANY_MEMBER = MEMBERS | {"a member elsewhere"}  # the bot asks Slack which boards they are on


@dataclass(frozen=True)
class UserAction:
    """A user action, its listener, and who may perform it."""

    listener: tuple[str, str]
    allowed: frozenset[str]
    perform: Callable[[ListenerHarness, str], str]
    prepare: Callable[[ListenerHarness], None] = lambda _team: None  # prepares the board for it
    make_form: Callable[[], dict[str, Any]] | None = None  # the form to submit, if any
    slack_method: str = ""  # the call that proves the action if it stores nothing


def prepare_board(team: ListenerHarness) -> ListenerHarness:
    """Prepare a board with two projects and a fire in cost, all of U1's. U3 is a steward.

    Slack knows people outside the channel as members or guests of the workspace.
    """
    team.channel.adds_people("U3", "UELSEWHERE")
    team.channel.adds_people("UVISITOR", kind=AccountType.GUEST)
    team.channel.adds_people("USTRANGER", kind=AccountType.EXTERNAL)
    team.channel.adds_people("UGONE", kind=AccountType.DEACTIVATED)
    team.channel.adds_people("UBOT", kind=AccountType.BOT)
    team.channel.proposes("first", STEPPED)
    other = Proposal(title="Something else", summary="More of the same.", effort_weeks=2)
    team.channel.proposes("second", other)
    for each in ("U1", "U2", "U3"):
        team.channel.scores(each, {"availability": 3}, number=2)
    team.types("U1", "/fire cost the bill")
    team.appoints("U3")
    return team


def a_proposal(alike: Sequence[int] = (), title: str = PROPOSAL.title) -> dict[str, Any]:
    """Return a submitted form that showed the projects with these numbers as similar."""
    places = [ProjectReference(number, PROPOSAL.title, None, str(number)) for number in alike]
    form = propose.form(title, [(HERE, "ops")], similar=places)
    return submitted(form, summary=PROPOSAL.summary)


def a_score() -> dict[str, Any]:
    ballot = score.ScoreForm(
        HERE,
        1,
        "U1",
        PROPOSAL,
        None,
        "",
        {},
        {},
        quorum=3,
        open_count=1,
        unscored_count=0,
        permanent_id="1",
    )
    return submitted(score.form(ballot, DEFAULT_CHARTER), security="3")


def some_settings() -> dict[str, Any]:
    now = settings.CurrentSettings(HERE, Cadence(), WorkingHours(), 4, 0, 3, ["U3"])
    return submitted(settings.form(now), people="7")


def a_fire() -> dict[str, Any]:
    return submitted(fire_form.form(HERE, DEFAULT_CHARTER, "security", ""), reason="Tokens leak")


def some_toil() -> dict[str, Any]:
    form = toil.form([(HERE, "ops")], datetime(2026, 11, 20, tzinfo=UTC))
    return submitted(form, source="db-primary", minutes="45")


def a_move(move: Transition) -> dict[str, Any]:
    return submitted(
        project_status.form(
            HERE, 1, PROPOSAL.title, Status.OPEN, roles={Role.STEWARD}, permanent_id="1"
        ),
        move=str(move),
    )


def a_move_in_words(move: Transition, **words: str) -> dict[str, Any]:
    others = [ProjectReference(2, "Something else", None, "2")]
    return submitted(
        project_status.details_form(HERE, 1, PROPOSAL.title, move, others, permanent_id="1"),
        **words,
    )


def an_edit() -> dict[str, Any]:
    return submitted(edit.form(HERE, 1, STEPPED, permanent_id="1"), title="Another title")


def a_tick() -> dict[str, Any]:
    return submitted(steps.form(HERE, 1, STEPPED, (), permanent_id="1"), steps0=["0"])


def made_up(callback: str, known: Mapping[str, Any], **entered: Any) -> dict[str, Any]:
    """Return a form as an attacker could forge it: option values in lists, typed text unchanged."""
    state = {
        name: {"type": "checkboxes", "selected_options": [{"value": each} for each in given]}
        if isinstance(given, list)
        else {"type": "plain_text_input", "value": given}
        for name, given in entered.items()
    }
    blocks = {name: {name: each} for name, each in state.items()}
    view = modal.modal("Made up", [], callback_id=callback, metadata=dict(known))
    return view | {"state": {"values": blocks}}


def in_the_charter(callback: str, **entered: str) -> dict[str, Any]:
    return made_up(callback, {"channel": HERE, "key": "cost"}, **entered)


def a_quarter() -> dict[str, str]:
    """Return the metadata of the next quarter's forms."""
    return {"channel": HERE, "quarter": NEXT_QUARTER.key, "label": NEXT_QUARTER.label}


def create_draft(team: ListenerHarness) -> None:
    """Create a charter draft that isn't posted."""
    changed = DEFAULT_CHARTER.with_settings(quorum=2)
    with team.database.transaction(STORE) as session:
        charter_drafts.save(session, team.board.id, 1, changed, by="U3", now=NOW)


def post_draft(team: ListenerHarness) -> None:
    """Post a charter draft. U2 agrees to it."""
    create_draft(team)
    with team.database.transaction(STORE) as session:
        charter_drafts.post(session, 1, reason="Fewer are enough.", by="U3", now=NOW)
        charter_drafts.save_answer(session, 1, "U2", agrees=True, now=NOW)


def log_toil(team: ListenerHarness) -> None:
    team.types("U1", "/toil page db-primary 45m")


def commit_quarter(team: ListenerHarness) -> None:
    team.submits("U3", made_up(commit.COMMIT, a_quarter()), "V8")


def commit_and_post_roadmap(team: ListenerHarness) -> None:
    commit_quarter(team)
    with team.database.transaction(STORE) as session:
        subject = QuarterSubject(NEXT_QUARTER.key)
        outbox.enqueue(session, team.board.id, PostKind.ROADMAP, subject)


def ship_project(team: ListenerHarness) -> None:
    """Ship #2, which all members have scored."""
    team.channel.changes_status(2, Status.SHIPPED)


def an_outcome() -> dict[str, Any]:
    asked = outcome.OutcomeForm(HERE, ProjectReference(2, "Something else", None, "2"), {}, {})
    return submitted(outcome.form(asked, DEFAULT_CHARTER), security="1")


def command(text: str, may: frozenset[str], asks: str = "") -> UserAction:
    word = text.split()[0]
    return UserAction(
        ("command", word), may, lambda team, who: team.types(who, text), slack_method=asks
    )


def press(
    action_id: str, may: frozenset[str], value: str, asks: str = "", **others: Any
) -> UserAction:
    def does(team: ListenerHarness, who: str) -> str:
        return team.presses(who, action_id, value=value)

    return UserAction(("action", action_id), may, does, slack_method=asks, **others)


def press_in_modal(
    action_id: str,
    may: frozenset[str],
    asks: str = "",
    prepare: Callable[[ListenerHarness], None] = lambda _team: None,
) -> UserAction:
    """Press a button or make a choice in a modal about the next quarter."""

    def does(team: ListenerHarness, who: str) -> str:
        view = made_up(commit.COMMIT, a_quarter())
        value = f"{HERE}:{NEXT_QUARTER.key}"
        return team.presses(who, action_id, channel=None, view=view, value=value)

    return UserAction(("action", action_id), may, does, prepare, slack_method=asks)


def press_at_home(action_id: str, may: frozenset[str], value: str, asks: str) -> UserAction:
    def does(team: ListenerHarness, who: str) -> str:
        return team.presses(who, action_id, channel=None, value=value)

    return UserAction(("action", action_id), may, does, slack_method=asks)


def choose(what: str, may: frozenset[str], asks: str = "") -> UserAction:
    def does(team: ListenerHarness, who: str) -> str:
        return team.presses(who, card.MORE, selected_option={"value": f"{what}:1"})

    return UserAction(("action", card.MORE), may, does, slack_method=asks)


def submission(
    make: Callable[[], dict[str, Any]], may: frozenset[str], **others: Any
) -> UserAction:
    def does(team: ListenerHarness, who: str) -> str:
        return team.submits(who, make(), "V9")

    return UserAction(("view", str(make()["callback_id"])), may, does, make_form=make, **others)


def shortcut(callback_id: str, asks: str, may: frozenset[str] = MEMBERS) -> UserAction:
    def does(team: ListenerHarness, who: str) -> str:
        return team.calls(who, callback_id, ALERT, HERE)

    return UserAction(("shortcut", callback_id), may, does, slack_method=asks)


OPENS = "views.open"
LOOKS = "users.conversations"  # finds the person's boards

USER_ACTIONS: dict[str, UserAction] = {
    "/propose": command("/propose", MEMBERS, OPENS),
    "/fire": command("/fire", ALL_THERE),
    "/fire help": command("/fire help", ALL_THERE),
    "/fire security": command("/fire security", ALL_THERE, OPENS),
    "/fire security leaked": command("/fire security leaked", ALL_THERE),
    "/fire out": command("/fire out cost", OWNERS),
    "/toil": command("/toil", ALL_THERE, OPENS),
    "/toil help": command("/toil help", ALL_THERE),
    "/toil page": command("/toil page db 45m", ALL_THERE),
    "/roadmap": command("/roadmap", ALL_THERE),
    "/roadmap from": command("/roadmap from 1", ALL_THERE),
    "/roadmap why": command("/roadmap why 1", ALL_THERE),
    "/roadmap list": command("/roadmap list", ALL_THERE),
    "/roadmap digest": command("/roadmap digest", ALL_THERE),
    "/roadmap plan": command("/roadmap plan", ALL_THERE),
    "/roadmap retro": command("/roadmap retro", ALL_THERE),
    "/roadmap whatif": command("/roadmap whatif cost 2", ALL_THERE),
    "/roadmap toil": command("/roadmap toil", ALL_THERE),
    "/roadmap help": command("/roadmap help", ALL_THERE),
    "/roadmap export": command("/roadmap export", ALL_THERE),
    "/roadmap mine": command("/roadmap mine", ALL_THERE),
    "/roadmap charter": command("/roadmap charter", ALL_THERE),
    "/roadmap post": command("/roadmap post", STEWARDS),
    "/roadmap settings": command("/roadmap settings", STEWARDS, OPENS),
    "/roadmap commit": command("/roadmap commit next", STEWARDS, OPENS),
    "/roadmap change": UserAction(
        ("command", "/roadmap"),
        STEWARDS,
        lambda team, who: team.types(who, "/roadmap change next"),
        commit_quarter,
        slack_method=OPENS,
    ),
    "Propose anywhere": UserAction(
        ("shortcut", "propose_anywhere"),
        ANY_MEMBER,
        lambda team, who: team.calls(who, "propose_anywhere", ALERT, "DHOME"),
        slack_method=LOOKS,
    ),
    "Propose from message": shortcut("propose_from_message", OPENS),
    "Log as toil": shortcut("log_toil", OPENS, ALL_THERE),
    "Score": press(card.SCORE, MEMBERS, "1", OPENS),
    "Score what I have not": press(score.SCORE_NEXT, MEMBERS, "x", OPENS),
    "Why": choose(card.WHY, ALL_THERE),
    "History": choose(card.HISTORY, ALL_THERE),
    "Edit": choose(card.EDIT, OWNERS, OPENS),
    "Steps": choose(card.STEPS, MEMBERS, OPENS),
    "Move": choose(card.MOVE, MEMBERS, OPENS),
    "It's out": press(fire.OUT, OWNERS, f"{HERE}:1"),
    "Still burning": press(fire.STILL, ALL_THERE, f"{HERE}:1"),
    "Propose a project for it": press(toil_ledger.PROPOSE, MEMBERS, "db", OPENS),
    "Undo": press(toil.UNDO, ALL_THERE, "1", prepare=log_toil),
    "Score next, at Home": press_at_home(home.SCORE, MEMBERS, HERE, OPENS),
    "Settings, at Home": press_at_home(home.SETTINGS, STEWARDS, HERE, OPENS),
    "Help, at Home": press_at_home(home.HELP, ALL, "help", OPENS),
    "Propose, at Home": press_at_home(home.PROPOSE, ANY_MEMBER, "x", LOOKS),
    "Stop reminding me, at Home": press_at_home(home.NUDGES, ALL, home.OFF, LOOKS),
    "Stop reminding me": press(nudge.STOP, ALL_THERE, HERE),
    "Say what it helped": press(
        outcome.OPEN_FORM, MEMBERS, f"{HERE}:2", OPENS, prepare=ship_project
    ),
    "Agree": press(charter_draft.AGREE, MEMBERS, "1", prepare=post_draft),
    "Not yet": press(charter_draft.NOT_YET, MEMBERS, "1", prepare=post_draft),
    "Give a reason": press(objection.GIVE_REASON, MEMBERS, "1", OPENS, prepare=post_draft),
    "Compare": press(charter_draft.COMPARE, ALL_THERE, "1", OPENS, prepare=post_draft),
    "Withdraw": press(charter_draft.WITHDRAW, STEWARDS, "1", prepare=post_draft),
    "Change a value": press(charter.CHANGE_VALUES, STEWARDS, "x", OPENS),
    "Change thresholds": press(charter.CHANGE_THRESHOLDS, STEWARDS, "x", OPENS),
    "Continue the draft": press(charter.CONTINUE, STEWARDS, "1", OPENS, prepare=create_draft),
    "Discard the draft": press(charter.DISCARD, STEWARDS, "1", prepare=create_draft),
    "a proposal": submission(lambda: a_proposal(alike=[1]), MEMBERS),
    "Save and score next": UserAction(
        ("action", score.SAVE_AND_NEXT),
        MEMBERS,
        lambda team, who: team.presses_in_form(who, score.SAVE_AND_NEXT, a_score()),
        slack_method="views.update",
    ),
    "a score": submission(a_score, MEMBERS),
    "settings": submission(some_settings, STEWARDS),
    "a fire": submission(a_fire, ALL_THERE),
    "toil": submission(some_toil, ALL_THERE),
    "an edit": submission(an_edit, OWNERS),
    "a tick": submission(a_tick, MEMBERS),
    "a start": submission(lambda: a_move(Transition.START), OWNERS),
    "a choice to decline": submission(lambda: a_move(Transition.DECLINE), STEWARDS),
    "a decline": submission(
        lambda: a_move_in_words(Transition.DECLINE, reason="Not now."), STEWARDS
    ),
    "a merge": submission(lambda: a_move_in_words(Transition.MERGE, into="2"), OWNERS),
    "what it moved": submission(an_outcome, MEMBERS, prepare=ship_project),
    "a commitment": submission(lambda: made_up(commit.COMMIT, a_quarter()), STEWARDS),
    "Post the committed roadmap": press_in_modal(commit.POST, STEWARDS, prepare=commit_quarter),
    "Announce the commit": press_in_modal(
        commit.ANNOUNCE, STEWARDS, prepare=commit_and_post_roadmap
    ),
    "Undo commit": press_in_modal(commit.UNDO, STEWARDS, prepare=commit_quarter),
    **{
        f"Choose a project ({action_id})": press_in_modal(action_id, STEWARDS, "views.update")
        for action_id in commit.CHOICES
    },
    **{
        f"Choose a change ({action_id})": press_in_modal(
            action_id, STEWARDS, "views.update", prepare=commit_quarter
        )
        for action_id in commit.CHANGES
    },
    "a change of the quarter": submission(
        lambda: made_up(commit.CHANGE, a_quarter(), taken_in=["2"], reason="It came up."),
        STEWARDS,
        prepare=commit_quarter,
    ),
    "what to change": submission(
        lambda: in_the_charter(charter_change.CHOOSE, choice="value:cost"), STEWARDS
    ),
    "a value": submission(
        lambda: in_the_charter(
            charter_value.CALLBACK, name="Money", emoji="moneybag", weight="2", number_one="false"
        ),
        STEWARDS,
    ),
    "thresholds": submission(
        lambda: submitted(charter_change.thresholds_form(HERE, DEFAULT_CHARTER), quorum="2"),
        STEWARDS,
    ),
    "a draft for the channel": submission(
        lambda: in_the_charter(charter_change.DRAFT, then="post", reason="Fewer are enough."),
        STEWARDS,
        prepare=create_draft,
    ),
    "the reason of an objection": submission(
        lambda: submitted(objection_form.form(HERE, 1, ""), reason="Too soon."),
        MEMBERS,
        prepare=post_draft,
    ),
    "an adoption": submission(
        lambda: made_up(charter_preview.CALLBACK, {"channel": HERE, "draft": 1}),
        STEWARDS,
        prepare=post_draft,
    ),
    "a search for where to merge": UserAction(
        ("options", project_status.INTO),
        ALL_THERE,
        lambda team, who: " ".join(
            each["text"]["text"]
            for each in team.searches(
                who, project_status.INTO, "else", made_up("", {"channel": HERE, "number": 1})
            )
        ),
    ),
}
