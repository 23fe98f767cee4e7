"""That the lifecycle leads one way: forward, or back to ask somebody else."""

from collections.abc import Mapping
from pathlib import Path

import lotse.stages
from lotse.lifecycle.order import LIFECYCLE
from lotse.records.cases.models import Case

Stage = Case.Stage
FOLDER = Path(lotse.stages.__file__).parent
# Intake comes before there is a case.
BEFORE_ANY_CASE = {"intake"}


def ways_back(exits: Mapping[Stage, Mapping[str, Stage]]) -> set[tuple[Stage, Stage]]:
    """Return the exits that do not lead on in the order of the table."""
    order = [*exits, Stage.DONE]
    return {
        (stage, target)
        for stage, targets in exits.items()
        for target in targets.values()
        if order.index(target) <= order.index(stage)
    }


def exits() -> dict[Stage, Mapping[str, Stage]]:
    return {stage: stop.exits for stage, stop in LIFECYCLE.items()}


def test_the_only_way_back_is_to_ask_somebody_else() -> None:
    assert {target for _, target in ways_back(exits())} == {Stage.ASSIGNMENT}


def test_a_way_back_is_noticed() -> None:
    circle = {**exits(), Stage.CLOSING: {"won": Stage.MATCHING}}

    assert (Stage.CLOSING, Stage.MATCHING) in ways_back(circle)


def test_every_stage_has_its_place_in_the_table() -> None:
    folders = {path.parent.name for path in FOLDER.glob("*/work.py")}

    assert folders - BEFORE_ANY_CASE == {stage.value for stage in LIFECYCLE}
    assert set(Stage) == {*LIFECYCLE, Stage.DONE}


def test_each_stop_is_the_work_of_its_own_stage() -> None:
    modules = {stage.value: stop.work.__module__ for stage, stop in LIFECYCLE.items()}

    assert modules == {stage: f"lotse.stages.{stage}.work" for stage in modules}
