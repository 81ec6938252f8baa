"""What the channel hears when a value starts or stops burning."""

from collections.abc import Mapping, Sequence

from bot.views import kit
from bot.views.text import escape, lines, one_line
from bot.views.wording import someone
from values.charter import Charter, Value


def declared(
    value: Value, what: str, by: str, first: Sequence[tuple[str, str | None]]
) -> kit.Message:
    """A fire, and the projects, (name, permalink) pairs, that now come first."""
    told = f":fire: *{value.label} is burning*, says {someone(by)}."
    blocks = [kit.section(told)]
    if what:
        blocks.append(kit.rich(kit.words(what)))
    if first:
        blocks.append(kit.section("What moves it now comes first:"))
        blocks.append(kit.bullets([[kit.link(url, name)] for name, url in first]))
    else:
        blocks.append(kit.section("No scored project moves it. `/propose` one."))
    blocks.append(kit.note(f"All else waits until `/fire out {value.key}`."))
    text = lines(
        [
            f"{value.label} is burning, says {someone(by)}. {escape(one_line(what))}",
            *[escape(name) for name, _ in first],
        ]
    )
    return kit.Message(text=text, blocks=blocks)


def cleared(value: Value, by: str, burning: Sequence[Value]) -> kit.Message:
    """A fire is out; what still burns."""
    told = f"{value.label} no longer burns, says {someone(by)}."
    then = (
        f"Still burning: {', '.join(still.label.lower() for still in burning)}."
        if burning
        else "No fire is burning: several values at once count extra again."
    )
    return kit.Message(
        text=f"{told} {then}", blocks=[kit.section(f":sunny: {told}"), kit.note(then)]
    )


def burning(charter: Charter, fires: Mapping[str, str]) -> kit.Message:
    """What burns, by value, for whoever asks."""
    if not fires:
        return heard("No fire is burning.")
    items = [
        [kit.emoji("fire"), kit.words(f" {value.label}  ", bold=True), kit.words(fires[value.key])]
        for value in charter.values
        if value.key in fires
    ]
    text = lines(
        f"{value.label}: {escape(one_line(fires[value.key]))}"
        for value in charter.values
        if value.key in fires
    )
    return kit.Message(text=text, blocks=[kit.bullets(items)])


def heard(text: str) -> kit.Message:
    """The answer to whoever declared or cleared one."""
    return kit.Message(text=text, blocks=[kit.section(text)])
