"""Foresight: values by their current names."""

import json

from bot.views.posts import outcome
from domain.ranking.charter import DEFAULT_CHARTER
from domain.toil.payback import ForecastAccuracy


def test_renamed_value__appears_by_its_current_name() -> None:
    cost = DEFAULT_CHARTER.values[-1]
    renamed = DEFAULT_CHARTER.with_value(cost.model_copy(update={"name": "Стоимость"}))
    rows = (ForecastAccuracy(cost.key, 1, 2, 3), ForecastAccuracy("on_call", 1, 2, 3))
    lines = "Стоимость: expected +1.0, observed +2.0 (3 answers)\\nOn call: expected"
    assert lines in json.dumps(outcome.own_foresight(rows, renamed).blocks, ensure_ascii=False)
    [section] = outcome.foresight(rows, renamed)
    assert lines in json.dumps(section.blocks, ensure_ascii=False)
