"""That imports point down, as the contracts say; and that each contract bites."""

from copy import deepcopy
from typing import Any

import grimp
import pytest
from importlinter.application.use_cases import _register_built_in_contract_types, read_user_options
from importlinter.configuration import configure
from importlinter.domain.contract import Contract, registry

configure()


def contracts() -> dict[str, Contract]:
    options = read_user_options(config_filename="pyproject.toml")
    _register_built_in_contract_types()
    return {
        one["name"]: registry.get_contract_class(one["type"])(
            name=one["name"], session_options=options.session_options, contract_options=one
        )
        for one in options.contracts_options
    }


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("lotse", include_external_packages=True, cache_dir=None)


# For each contract, an import that breaks it.
OFFENDERS = {
    "Layers": ("lotse.kernel.clock", "lotse.web.urls"),
    "Stages do not know each other": ("lotse.stages.matching.work", "lotse.stages.closing.work"),
    "Records stand on each other": ("lotse.records.journal.models", "lotse.records.cases.models"),
    "Inside a stage": ("lotse.stages.acceptance.models", "lotse.stages.acceptance.work"),
    "Rules and kernel are plain Python": ("lotse.stages.assignment.rules", "django"),
}


def kept(contract: Contract, graph: grimp.ImportGraph) -> bool:
    result: Any = contract.check(graph, verbose=False)
    return bool(result.kept)


def test_every_contract_has_an_offender() -> None:
    assert set(OFFENDERS) == set(contracts())


@pytest.mark.parametrize("name", OFFENDERS)
def test_imports_point_down(name: str, graph: grimp.ImportGraph) -> None:
    assert kept(contracts()[name], deepcopy(graph))


@pytest.mark.parametrize(("name", "offence"), OFFENDERS.items())
def test_one_import_the_wrong_way_breaks_the_contract(
    name: str, offence: tuple[str, str], graph: grimp.ImportGraph
) -> None:
    importer, imported = offence
    broken = deepcopy(graph)
    assert {importer, imported} <= broken.modules
    broken.add_import(importer=importer, imported=imported)

    assert not kept(contracts()[name], broken)


def test_a_new_app_among_the_records_must_take_its_place(graph: grimp.ImportGraph) -> None:
    broken = deepcopy(graph)
    broken.add_module("lotse.records.somewhere")

    assert not kept(contracts()["Records stand on each other"], broken)
