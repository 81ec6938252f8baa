"""Outcomes: values by their current names, and numbers in sentences."""

import json

import pytest

from bot.views.posts import outcome
from domain.ranking.charter import DEFAULT_CHARTER
from domain.toil.payback import ForecastAccuracy, Payback


def test_renamed_value__appears_by_its_current_name() -> None:
    cost = DEFAULT_CHARTER.values[-1]
    renamed = DEFAULT_CHARTER.with_value(cost.model_copy(update={"name": "Стоимость"}))
    rows = (ForecastAccuracy(cost.key, 1, 2, 3), ForecastAccuracy("on_call", 1, 2, 3))
    lines = "Стоимость: expected +1.0, observed +2.0 (3 answers)\\nOn call: expected"
    assert lines in json.dumps(outcome.own_foresight(rows, renamed).blocks, ensure_ascii=False)
    [section] = outcome.foresight(rows, renamed)
    assert lines in json.dumps(section.blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("before", "after", "comparison"),
    [
        (9, 1, "the toil happens once a month, down from 9 times. That's 8 fewer a month."),
        (1, 0, "the toil happens 0 times a month, down from once. That's 1 fewer a month."),
        (1.04, 2, "the toil happens 2 times a month, up from once. That's 1 more a month."),
        (None, 1.04, "the toil happens once a month. The toil ledger doesn't go back"),
    ],
)
def test_payback__reads_well_for_each_number(
    before: float | None, after: float, comparison: str
) -> None:
    assert comparison in outcome.payback("db-primary", Payback(30, before, after, None)).text
