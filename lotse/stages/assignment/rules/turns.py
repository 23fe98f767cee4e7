"""Whose turn it is: nobody is ever a whole lead away from the share they are due."""

from collections.abc import Sequence

from lotse.stages.assignment.rules.candidates import Candidate, Kind


def take_turn(free: Sequence[Candidate]) -> tuple[Candidate, dict[tuple[Kind, int], int]]:
    """
    Give one turn to the candidate whose share would be missed first.

    Each turn credits everybody with their weight, and the one who gets it pays the sum of all
    weights: the credit is what is owed. Only those to whom something is owed may get the turn, so
    nobody is a whole lead ahead; of them the one gets it to whom a whole lead would be owed soonest,
    so nobody is a whole lead behind. With equal weights this is taking turns.
    """
    total = sum(c.weight for c in free)
    owed = {c.key: c.credit + c.weight for c in free}
    due = [c for c in free if owed[c.key] > 0] or free
    winner = min(due, key=lambda c: ((total - owed[c.key]) / c.weight, c.kind, c.id))
    owed[winner.key] -= total
    return winner, owed
