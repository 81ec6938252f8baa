"""The card: a project's message in the channel. It shows only what is its project's own."""

from bot.views import kit
from bot.views.text import escape, one_line, shorten
from bot.views.wording import counted, hurt_values, labels, someone, weeks
from values.charter import Charter
from values.proposal import Proposal
from values.ranking import Ranked, Section
from values.wording import listed, signed

SCORE = "score"
MORE = "more"
WHY = "why"
SUMMARY_SHOWN = 600


def card(
    number: int, proposer: str, proposal: Proposal, ranked: Ranked, charter: Charter
) -> kit.Message:
    """The card of one project, ranked alone: its impact and section, but no rank."""
    title = f"#{number}  {one_line(proposal.title)}"
    summary = shorten(proposal.summary, SUMMARY_SHOWN)
    return kit.message(
        [
            kit.Part(
                [kit.rich(kit.words(title, bold=True)), kit.rich(kit.words(summary))],
                [escape(f"{title}: {one_line(summary)}")],
            ),
            _facts(proposer, proposal),
            *_needle(ranked, charter),
            *[kit.remark(told, sign) for sign, told in _notes(proposal, ranked, charter)],
            kit.Part([_buttons(number)], []),
            kit.remark("React :+1: to back it, or with a value's emoji to say what it moves."),
        ]
    )


def _buttons(number: int) -> kit.Block:
    menu = kit.overflow(MORE, [kit.option("Why this rank", f"{WHY}:{number}")])
    return kit.actions(kit.button("Score", SCORE, str(number), primary=True), menu)


def _facts(proposer: str, proposal: Proposal) -> kit.Part:
    """Who proposed it, and what it takes. What people typed stands in literal elements."""
    ours = [someone(proposer), weeks(proposal.effort_weeks)]
    if proposal.steps:
        ours.append(counted(len(proposal.steps), "safe step", "safe steps"))
    theirs = []
    if proposal.toil_per_month:
        toil = f"removes ~{proposal.toil_per_month} a month"
        theirs.append(f"{toil}: {proposal.toil_source}" if proposal.toil_source else toil)
    elif proposal.toil_source:
        theirs.append(f"removes toil: {proposal.toil_source}")
    if proposal.software_removed:
        theirs.append(f"− {proposal.software_removed}")
    if proposal.software_added:
        theirs.append(f"+ {proposal.software_added}")
    facts, typed = " · ".join(ours), [one_line(fact) for fact in theirs]
    return kit.Part(
        [kit.context(kit.mrkdwn(facts), *map(kit.literal, typed))],
        [f"Proposed by {facts}", *map(escape, typed)],
    )


def _needle(ranked: Ranked, charter: Charter) -> list[kit.Part]:
    if ranked.section is Section.UNSCORED:
        blind = _blind(ranked, charter)
        return [kit.Part([kit.section(f"*{blind}*")], [blind]), kit.remark(_tally(ranked))]
    impacts = [
        f":{value.emoji}: {_strong(ranked.impact[value.key], charter)}" for value in charter.values
    ]
    shown = kit.section("     ".join(impacts))
    return [kit.Part([shown], [_impact_words(ranked, charter)]), kit.remark(_tally(ranked))]


def _strong(impact: float, charter: Charter) -> str:
    """What moves the needle stands out."""
    return f"*{signed(impact)}*" if abs(impact) >= charter.moves_at else signed(impact)


def _blind(ranked: Ranked, charter: Charter) -> str:
    return f"{ranked.scored_by} of {charter.quorum} have scored; results show at {charter.quorum}"


def _impact_words(ranked: Ranked, charter: Charter) -> str:
    return listed([f"{v.label} {signed(ranked.impact[v.key])}" for v in charter.values])


def _tally(ranked: Ranked) -> str:
    backers = f":+1: {len(ranked.project.backers)}"
    if ranked.section is Section.UNSCORED:  # how many have scored is said already
        return backers
    scored = "1 has scored" if ranked.scored_by == 1 else f"{ranked.scored_by} have scored"
    return f"{scored} · {backers}"


def _notes(proposal: Proposal, ranked: Ranked, charter: Charter) -> list[tuple[str, str]]:
    """What to be aware of, each with its sign."""
    notes = []
    if ranked.section is Section.HELD:
        hurt = [value.key for value in hurt_values(ranked, charter)]
        notes.append((":octagonal_sign:", f"Held: it hurts {labels(hurt, charter)}."))
    if ranked.section is Section.OUT_OF_SCOPE:
        notes.append((":grey_question:", "It moves none of our values."))
    if proposal.one_big_step:
        notes.append((":warning:", "One big step: more than two weeks and no safe steps yet."))
    if proposal.software_added and not proposal.software_removed:
        notes.append((":warning:", "It adds software to run."))
    return notes
