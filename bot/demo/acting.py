"""The people of the demo: they do what people do in Slack, and nothing else."""

from bot.demo.ideas import Idea
from sandbox.client import Message, Person, SandboxClient

CHANNEL = "ops"
STEWARD = "mia"


class Cast:
    """Those who act, and the cards of what they have proposed."""

    def __init__(self, slack: SandboxClient) -> None:
        self._slack = slack
        self._cards: dict[str, Message] = {}

    @property
    def steward(self) -> Person:
        return self.person(STEWARD)

    def person(self, name: str) -> Person:
        return self._slack.person(name)

    def invite_the_bot(self) -> None:
        self.steward.invites(self._slack.app_user, CHANNEL)
        self.steward.sees("choose its work by its values", CHANNEL)

    def set_up(self, **settings: str) -> None:
        self.steward.types("/roadmap settings", CHANNEL)
        self.steward.sees_modal("Settings")
        self.steward.submits(**settings)
        self.steward.sees_no_modal()

    def propose(self, idea: Idea) -> None:
        person, (source, times) = self.person(idea.by), idea.toil
        person.types(f"/propose {idea.title}", CHANNEL)
        person.sees_modal("Propose a project")
        person.submits(
            summary=idea.summary,
            effort_weeks=idea.weeks,
            steps="\n".join(idea.steps) or None,
            toil_source=source or None,
            toil_per_month=times or None,
            software_removed=idea.removes or None,
            software_added=idea.adds or None,
        )
        person.sees_no_modal()

    def vote(self, idea: Idea) -> None:
        """Score it and react to it, as each of them does."""
        card = self.card(idea.title)
        for name, impacts in idea.scores.items():
            self.score(name, idea.title, **impacts)
        for emoji, names in idea.reactions.items():
            for name in names:
                self.person(name).reacts(emoji, to=card)

    def score(self, name: str, title: str, **impacts: int) -> None:
        """One project, and not the next that the form then offers."""
        person = self.person(name)
        person.presses("Score", on=self.card(title))
        person.sees_modal("Score #")
        person.submits(**{value: str(impact) for value, impact in impacts.items()})
        person.closes()

    def declare_fire(self, name: str, value: str, what: str) -> None:
        self.person(name).types(f"/fire {value} {what}", CHANNEL)

    def put_out_fire(self, name: str, value: str) -> None:
        self.person(name).types(f"/fire out {value}", CHANNEL)

    def card(self, title: str) -> Message:
        if title not in self._cards:
            self._cards[title] = self.steward.sees(
                lambda message: message.plain[0] == "#" and title in message.plain, CHANNEL
            )
        return self._cards[title]
