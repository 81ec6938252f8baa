"""The introduction, which Needle posts once when it joins a channel."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import join_lines
from bot.views.data.people import someone
from domain.formatting import join_with_and
from domain.ranking.charter import Charter


def introduction(charter: Charter, stewards: Sequence[str]) -> block_kit.Message:
    values = join_with_and([value.inline_name for value in charter.values])
    first = [value.inline_name for value in charter.values if value.number_one]
    who = (
        f"{join_with_and([someone(steward) for steward in stewards])} can change"
        if stewards
        else "Anyone here can change"
    )
    parts = [
        f"*I help this team choose its work by its values*: {values}. "
        f"{join_with_and(first).capitalize()} always come first. I inform; you decide.",
        "Start with `/propose`. Each project gets a card here: score it, react :+1: to back "
        "it, or with a value's emoji to say what it moves. `/roadmap` shows the ranking; "
        "every week I post a digest of it, every quarter a roadmap.",
        "I read reactions to my own messages and who is a guest or a bot. In this channel's "
        "history I look only for my own messages: whether one arrived, and which votes I missed "
        "while I was away.",
        f"{who} the day, the time zone and who decides: `/roadmap settings`.",
    ]
    return block_kit.Message(
        text=join_lines(part.replace("*", "") for part in parts),
        blocks=[block_kit.section(part) for part in parts],
    )
