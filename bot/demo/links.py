"""Links to the most interesting posts of the demo."""

from collections.abc import Iterator

from bot.demo.cast import CHANNEL
from bot.demo.environment import DemoEnvironment
from bot.demo.script import SHARDS, SYMPTOMS
from slack_sandbox.client.client import Message


def highlights(demo: DemoEnvironment) -> Iterator[tuple[str, str]]:
    """Yield a description of each highlight, and its URL or where to find it."""
    steward = demo.cast.steward

    def link(message: Message) -> str:
        return f"{demo.url}/archives/{message.channel}/p{message.ts.replace('.', '')}"

    def post(title: str) -> str:
        return link(steward.sees(title, CHANNEL))

    yield "The newest digest", post("Digest for #ops")
    yield f"How {demo.calendar.previous_quarter.label} ended", post("Retrospective for #ops")
    yield f"The plan for {demo.calendar.current_quarter.label}", post("Roadmap for #ops")
    yield "A card with completed steps", link(demo.cast.card(SHARDS))
    yield "A disagreement in a card's thread", link(demo.cast.card(SYMPTOMS))
    yield "Your Home tab", "Needle → Home, on the left"
    yield "More commands to try", "/roadmap help, /roadmap whatif cost 3, /roadmap toil"
