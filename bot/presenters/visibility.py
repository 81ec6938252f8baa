"""Who may see individual scores.

`RankedProject.results_visible` tells whether the channel may see a project's impacts, needle,
spread, and rank. This module has the rules that depend on a viewer, and leaves hidden scores out of
files.
"""

from bot.views.data.people import someone
from domain.ranking.candidate import Candidate
from domain.ranking.explanation import FormatPerson
from domain.ranking.ranking import RankedProject, Ranking


def may_see_scores(ranked: RankedProject, viewer: str) -> bool:
    """Return whether a person may see who gave what.

    They must have scored the project, and so must the quorum: an early reveal isn't enough.
    """
    return ranked.scores_visible and viewer in ranked.candidate.scores


def names_for(viewer: str, ranked: RankedProject, ranking: Ranking) -> FormatPerson | None:
    """Return how to write people into a project's explanation for a viewer.

    Return None if the explanation must not name anyone. It may name whose score would swap two
    projects, so the viewer must see the scores of both.
    """
    neighbors = [ranking.find(number) for number in ranked.too_close_to]
    concerned = [ranked, *(neighbor for neighbor in neighbors if neighbor is not None)]
    return someone if all(may_see_scores(project, viewer) for project in concerned) else None


def without_hidden_scores(ranking: Ranking) -> list[Candidate]:
    """Return the candidates as everyone may see them, by number. They rank to the same sections.

    Scores below the quorum are left out. After an early reveal, the result of the scores is
    visible, but not who gave them: then people are numbered.
    """
    by_number = sorted(ranking.projects, key=lambda ranked: ranked.candidate.id)
    return [_without_hidden_scores(ranked) for ranked in by_number]


def _without_hidden_scores(ranked: RankedProject) -> Candidate:
    candidate = ranked.candidate
    if ranked.scores_visible:
        return candidate
    if not ranked.results_visible:
        return candidate.model_copy(update={"scores": {}})
    # In an order that doesn't follow people's ids.
    scores = sorted(candidate.scores.values(), key=lambda score: str(sorted(score.items())))
    return candidate.model_copy(
        update={
            "scores": {f"hidden-{index}": score for index, score in enumerate(scores, 1)},
            "quick_scores": {
                person: keys
                for person, keys in candidate.quick_scores.items()
                if person not in candidate.scores
            },
        }
    )
