"""The answers of a guide on their way to the last click: kept in the session, and nowhere else."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lotse.stages.acceptance.queries.guide import Answers
from lotse.stages.acceptance.rules.fields import Decision, Source
from lotse.stages.acceptance.rules.steps import Choice
from lotse.web.desk import DeskRequest

KEY = "guide"
# Guides left open; the oldest gives way, for a session is no archive.
MOST = 10


def read(request: DeskRequest, case_id: int) -> Answers:
    """Return what was answered for this case so far."""
    kept = request.session.get(KEY, {}).get(str(case_id), {})
    return Answers(
        account=_choice(kept.get("account")),
        contact=_choice(kept.get("contact")),
        contact_version=kept.get("version"),
        decisions={
            f: Decision(Source(s), typed) for f, (s, typed) in kept.get("fields", {}).items()
        },
        note=kept.get("note", ""),
    )


def keep_account(request: DeskRequest, case_id: int, choice: Choice, note: str) -> None:
    """Keep the account; what was said of the contact is asked anew if it is another one."""
    before = read(request, case_id)
    if before.account != choice:
        before = Answers()
    _write(request, case_id, replace(before, account=choice, note=note))


def keep_contact(request: DeskRequest, case_id: int, choice: Choice, note: str) -> None:
    before = read(request, case_id)
    if before.contact != choice:
        before = replace(before, decisions={}, contact_version=None)
    _write(request, case_id, replace(before, contact=choice, note=note or before.note))


def keep_decisions(
    request: DeskRequest, case_id: int, decisions: Mapping[str, Decision], *, version: int
) -> None:
    answers = replace(read(request, case_id), decisions=decisions, contact_version=version)
    _write(request, case_id, answers)


def forget_decisions(request: DeskRequest, case_id: int) -> None:
    answers = replace(read(request, case_id), decisions={}, contact_version=None)
    _write(request, case_id, answers)


def forget(request: DeskRequest, case_id: int) -> None:
    """Drop a guide that was ended or cancelled."""
    kept = request.session.get(KEY, {})
    if kept.pop(str(case_id), None) is not None:
        request.session[KEY] = kept


def _write(request: DeskRequest, case_id: int, answers: Answers) -> None:
    kept = request.session.get(KEY, {})
    kept.pop(str(case_id), None)
    kept[str(case_id)] = {
        "account": _plain(answers.account),
        "contact": _plain(answers.contact),
        "version": answers.contact_version,
        "fields": {name: [d.source.value, d.typed] for name, d in answers.decisions.items()},
        "note": answers.note,
    }
    request.session[KEY] = dict(list(kept.items())[-MOST:])


def _choice(kept: Any) -> Choice:
    if kept == "new":
        return Choice(is_new=True)
    return Choice(record_id=kept)


def _plain(choice: Choice) -> int | str | None:
    return "new" if choice.is_new else choice.record_id
