"""What the demo points at when it has been told."""

from collections.abc import Iterator

from bot.demo.cast import CHANNEL
from bot.demo.script import SHARDS, SYMPTOMS
from bot.demo.stage import Stage
from slack_sandbox.client.client import Message


def sights(stage: Stage) -> Iterator[tuple[str, str]]:
    """What there is to see, and where or how."""
    steward = stage.cast.steward

    def at(message: Message) -> str:
        return f"{stage.url}/archives/{message.channel}/p{message.ts.replace('.', '')}"

    def post(title: str) -> str:
        return at(steward.sees(title, CHANNEL))

    yield "The newest digest", post("Digest of #ops")
    yield f"How {stage.calendar.finished.label} ended", post("Retrospective of #ops")
    yield f"What {stage.calendar.present.label} holds", post("Roadmap of #ops")
    yield "A card whose steps are ticked off", at(stage.cast.card(SHARDS))
    yield "Two who disagreed, in its thread", at(stage.cast.card(SYMPTOMS))
    yield "What waits for you", "Needle, Home (on the left)"
    yield "What else one can type", "/roadmap help, /roadmap whatif cost 3, /roadmap toil"
