"""Generated leads: the same for the same seed, and as its docstring says."""

import hashlib
import json

from lotse.worker.bench.leads import leads


def test_the_same_seed_makes_the_same_leads() -> None:
    made = json.dumps(list(leads(500)), ensure_ascii=False)

    # Pinned, so that figures measured at different times were measured on the same data.
    assert hashlib.sha256(made.encode()).hexdigest()[:16] == "ac1c1adb66d91226"
    assert made != json.dumps(list(leads(500, seed=2)), ensure_ascii=False)


def test_about_one_lead_in_twelve_copies_an_earlier_one() -> None:
    made = list(leads(5000))
    numbers = [lead["external_id"] for lead in made]

    copies = [lead for lead in made if lead["duplicate_of"]]

    assert 0.06 < len(copies) / len(made) < 0.10
    assert all(numbers.index(c["duplicate_of"]) < numbers.index(c["external_id"]) for c in copies)
