"""Fire posts and replies: declared, cleared, and still burning.

A fire can outlive its value in the charter. The value then appears by its key.
"""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape, join_lines
from bot.views.blocks.formatting import weekday_and_time
from bot.views.data.fires import BurningFire
from bot.views.data.people import someone
from bot.views.parts.fire_example import EXAMPLE_REASON, example_value
from domain.formatting import collapse_whitespace, join_with_and
from domain.ranking.charter import Charter

OUT = "fire_out"
STILL = "fire_still"


def declared(
    fire: BurningFire,
    first: Sequence[tuple[str, str | None]],
    others: Sequence[str] = (),
    *,
    charter: Charter,
) -> block_kit.Message:
    """Announce a fire and the projects, (name, permalink) pairs, that it puts first.

    `others` are the other values that burn.
    """
    announcement = f"{fire.label} is burning"
    parts = [
        block_kit.Part(
            [block_kit.section(f":fire: *{announcement}*, says {someone(fire.declared_by)}.")],
            [f"{announcement}, says {someone(fire.declared_by)}."],
        ),
        *([block_kit.quoted(fire.reason)] if fire.reason else []),
        *(
            [block_kit.remark(f"{someone(fire.reason_by)} gave the reason.")]
            if fire.reason_by
            else []
        ),
        block_kit.statement(_effect(charter.inline_name(fire.value), has_projects=bool(first))),
        *([_first_projects(first)] if first else []),
        block_kit.remark(_waiting_note(fire.value, others, charter)),
    ]
    return block_kit.message(parts)


def _effect(value: str, *, has_projects: bool) -> str:
    if has_projects:
        return f"Projects that help {value} now come first:"
    return f"No ranked project helps {value}. Propose one with `/propose`."


def _first_projects(first: Sequence[tuple[str, str | None]]) -> block_kit.Part:
    return block_kit.Part(
        [block_kit.bullets([[block_kit.link(url, name)] for name, url in first])],
        [escape(name) for name, _ in first],
    )


def _waiting_note(value: str, others: Sequence[str], charter: Charter) -> str:
    out = f"`/fire out {value}`"
    if not others:
        name = charter.inline_name(value)
        return f"Projects that don't help {name} have to wait. When the fire is out, type {out}."
    rest = _waiting_projects(1 + len(others)).capitalize()
    return (
        f"{_are(others, charter)} burning too. {rest} have to wait. When this fire is out, type"
        f" {out}."
    )


def _are(values: Sequence[str], charter: Charter) -> str:
    """Return the start of a sentence about values: `Security is`, `Security and cost are`."""
    first, *more = values
    names = join_with_and([charter.label(first), *map(charter.inline_name, more)])
    return f"{names} {'are' if more else 'is'}"


def _waiting_projects(fires: int) -> str:
    """Return which projects wait while that many fires burn."""
    if fires == 1:
        return "projects that don't help it"
    return f"projects that help {'neither value' if fires == 2 else 'none of these values'}"


def cleared(value: str, by: str, burning: Sequence[str], *, charter: Charter) -> block_kit.Message:
    """Announce that a fire is out, and list the fires that still burn."""
    announcement = f"{charter.label(value)} is no longer burning, says {someone(by)}."
    then = "No fires are left."
    if charter.breadth_bonus:
        then += " Projects that help several values get their bonus again."
    if burning:
        rest = _waiting_projects(len(burning))
        then = f"{_are(burning, charter)} still burning, so {rest} have to wait."
    return block_kit.Message(
        text=f"{announcement} {then}",
        blocks=[block_kit.section(f":sunny: {announcement}"), block_kit.note(then)],
    )


def fire_list(
    fires: Sequence[BurningFire], charter: Charter, prompt: str = "When a fire is out, type"
) -> block_kit.Message:
    """List the fires, with the commands that clear them after `prompt`."""
    if not fires:
        example = f"`/fire {example_value(charter)} {EXAMPLE_REASON}`"
        return reply(f"No fires. To declare one, type a value and a reason, such as {example}.")
    items = [
        [
            block_kit.emoji("fire"),
            block_kit.text(f" {fire.label}", bold=True),
            block_kit.text(", declared by "),
            block_kit.mention(fire.declared_by),
            block_kit.text(f" on {weekday_and_time(fire.since)}"),
            *(block_kit.typed(f": {fire.reason}") if fire.reason else []),
        ]
        for fire in fires
    ]
    commands = " or ".join(f"`/fire out {fire.value}`" for fire in fires)
    closing = f"{prompt} {commands}."
    text = [
        f"{fire.label}, declared by {someone(fire.declared_by)} on {weekday_and_time(fire.since)}"
        + (f": {escape(collapse_whitespace(fire.reason))}" if fire.reason else "")
        for fire in fires
    ]
    return block_kit.Message(
        text=join_lines([*text, closing]),
        blocks=[block_kit.bullets(items), block_kit.section(closing)],
    )


def still_burning_question(button_value: str, channel: str, fire: BurningFire) -> block_kit.Message:
    """Ask the person who declared a fire whether it still burns.

    `button_value` identifies the fire for the buttons, as channel:fire.
    """
    question = (
        f"{fire.label} has been burning in #{escape(channel)} since"
        f" {weekday_and_time(fire.since)}, when you declared this fire."
        " Projects that don't help this value are waiting. Is it still burning?"
    )
    return block_kit.message(
        [
            block_kit.statement(question),
            *([block_kit.quoted(fire.reason)] if fire.reason else []),
            block_kit.Part(
                [
                    block_kit.actions(
                        block_kit.button("It's out", OUT, button_value, primary=True),
                        block_kit.button("Still burning", STILL, button_value),
                    )
                ],
                [],
            ),
        ]
    )


def still_burning(value: str, label: str) -> block_kit.Message:
    return reply(
        f"{label} is still burning. I won't ask again. When it's out, type `/fire out {value}`"
        " in the board's channel."
    )


def reply(text: str) -> block_kit.Message:
    """Return an answer to the person who declared or cleared a fire."""
    return block_kit.Message(text=text, blocks=[block_kit.section(text)])
