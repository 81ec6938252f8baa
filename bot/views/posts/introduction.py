"""The introduction, which Needle posts once when it joins a channel: what to do first."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.data.people import someone
from bot.views.home import PROPOSE, SETTINGS
from bot.views.replies.charter import CHANGE_VALUES
from domain.formatting import join_with_and
from domain.ranking.charter import Charter

HOW_IT_WORKS = (
    "Propose work with `/propose`. Each project gets a card here: click *Score* to say what it"
    " helps, or react with :+1: to back it."
)
WHAT_I_POST = (
    "`/roadmap` shows the ranking only to you. I post a digest of it every week and a roadmap"
    " every quarter."
)
WHAT_I_READ = (
    "I don't read your conversations. In this channel's history, I look only for my own messages"
    " and the reactions to them."
)
STEWARDS = "Stewards change this board's settings."


def introduction(charter: Charter, stewards: Sequence[str], channel_id: str) -> block_kit.Message:
    """Return five lines, with buttons for the first three things that a team does."""
    lines = [_purpose(charter), HOW_IT_WORKS, WHAT_I_POST, WHAT_I_READ, _stewards(stewards)]
    buttons = block_kit.actions(
        block_kit.button("Agree on your values", CHANGE_VALUES, channel_id),
        block_kit.button("Propose the first project", PROPOSE, channel_id, primary=True),
        block_kit.button("Settings", SETTINGS, channel_id),
    )
    parts = [block_kit.Part([block_kit.section(line)], [line.replace("*", "")]) for line in lines]
    return block_kit.message([*parts, block_kit.Part([buttons], [])])


def _purpose(charter: Charter) -> str:
    values = join_with_and([value.inline_name for value in charter.values])
    number_one = [value.inline_name for value in charter.values if value.number_one]
    hold = f" A project that hurts {' or '.join(number_one)} is on hold." if number_one else ""
    purpose = "*I help this team decide what to work on, based on its values*"
    return f"{purpose}: {values}.{hold} I inform; you decide."


def _stewards(stewards: Sequence[str]) -> str:
    if not stewards:
        return f"{STEWARDS} Until there is one, any full member can."
    who = join_with_and([someone(steward) for steward in stewards])
    return f"{STEWARDS} The first is whoever invited me: {who}."
