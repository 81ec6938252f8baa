"""The example of a fire uses a value that the board has."""

from bot.views.parts.fire_example import example_value
from domain.ranking.charter import DEFAULT_CHARTER


def test_board_without_availability__example_has_its_first_value() -> None:
    assert example_value(DEFAULT_CHARTER) == "availability"
    others = tuple(value for value in DEFAULT_CHARTER.values if value.key != "availability")
    without = DEFAULT_CHARTER.model_copy(update={"values": others})
    assert example_value(without) == others[0].slug
