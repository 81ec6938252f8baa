"""Modal builders: the JSON that each returns, and the input that comes back."""

from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.views.blocks import block_kit, modal

OPTIONS = [block_kit.option("One", "1"), block_kit.option("Two", "2")]
INPUT = modal.text_input("title", max_length=150)


def test_inputs__match_their_snapshot(snapshot: SnapshotAssertion) -> None:
    inputs = {
        "checkboxes": modal.checkboxes("steps", OPTIONS, ticked=["2"]),
        "external_select": modal.external_select("into", placeholder="Type a number"),
        "field": modal.field("Title", INPUT),
        "field, optional": modal.field("Title", INPUT, hint="Short.", optional=True, block_id="1"),
        "modal": modal.modal("Settings", [block_kit.divider()]),
        "modal with inputs": modal.modal(
            "Propose",
            [modal.field("Title", INPUT)],
            callback_id="propose",
            submit="Propose",
            close="Close",
            metadata={"channel": "C1", "number": 1},
        ),
        "number_input": modal.number_input(
            "effort", min_value="0.5", max_value="26", decimal=True, initial="3"
        ),
        "radio_buttons": modal.radio_buttons("move", OPTIONS),
        "select": modal.select("day", OPTIONS, initial="2", placeholder="Choose"),
        "text_input": INPUT,
        "text_input, filled": modal.text_input(
            "why", max_length=5, min_length=3, initial="because", multiline=True, placeholder="…"
        ),
    }
    assert inputs == snapshot.use_extension(JSONSnapshotExtension)


def test_initial_value_without_option__selects_nothing() -> None:
    assert modal.select("day", OPTIONS, initial="1")["initial_option"] == OPTIONS[0]
    assert "initial_option" not in modal.select("day", OPTIONS, initial="3")


def test_view_without_channel__has_empty_channel() -> None:
    assert modal.channel_of(modal.modal("Toil", [], metadata={"channel": "C1"})) == "C1"
    assert modal.channel_of(modal.modal("Toil", [], metadata={"number": 1})) == ""
    assert modal.channel_of(modal.modal("Toil", [])) == ""


def test_form_of_earlier_version__names_its_project_by_number() -> None:
    metadata = modal.project_metadata("C1", 12, "store-project")
    view = modal.modal("Edit", [], metadata=metadata)
    assert modal.project_of(view) == "store-project"
    del metadata["project"]
    assert modal.project_of(modal.modal("Edit", [], metadata=metadata)) == "12"
