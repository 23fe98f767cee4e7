"""The command `lotse`: Django's commands under our name, with a page of help that lists ours."""

import io
import os
import sys
import textwrap
from collections import defaultdict

# Django's own commands that an operator needs; the others are reached all the same.
BORROWED = {
    "migrate": ("Operation", "Bring the tables of the database up to date."),
    "check": ("Operation", "Look for mistakes in the settings; --deploy looks harder."),
    "changepassword": (
        "Operation",
        "Set somebody's password by hand: lotse changepassword E-MAIL.",
    ),
    "shell": ("Development", "Open a Python shell with the models at hand."),
}
# Commands that work on data, and so want the tables; `serve` and `demo` see to them by themselves.
WANT_TABLES = {"import", "work"}
ORDER = ["Operation", "Data", "Development"]
WIDTH = 88


def main(arguments: list[str] | None = None) -> None:
    """Run the command that was typed; without one, or with --help, say which there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.config.settings")
    typed = sys.argv[1:] if arguments is None else arguments
    if not typed or (typed[0] in {"help", "-h", "--help"} and len(typed) == 1):
        sys.stdout.write(overview())
        return

    from django.core.management import execute_from_command_line  # noqa: PLC0415

    _make_home()
    if typed[0] in WANT_TABLES and not {"-h", "--help"} & set(typed):
        _see_to_tables()
    execute_from_command_line(["lotse", *typed])


def _make_home() -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        settings.HOME.mkdir(parents=True, exist_ok=True)
    except ImproperlyConfigured as why:
        # A setting that cannot be read at all; the others are looked at by the checks.
        sys.exit(str(why))
    except OSError as why:
        sys.exit(
            f"LOTSE_HOME is {settings.HOME}, which cannot be made ({why.strerror}): set it to a folder "
            "in which Lotse may write."
        )


def _see_to_tables() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.management.base import SystemCheckError  # noqa: PLC0415

    from lotse.config.serving import CannotServe, prepare_if_new  # noqa: PLC0415

    try:
        call_command("check", stdout=io.StringIO())
        prepare_if_new()
    except SystemCheckError:
        # The command itself is about to say what is wrong.
        return
    except CannotServe as why:
        sys.exit(str(why))


def overview() -> str:
    """Return the page of help: every command of ours by its group, with its first sentence."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for name, (group, sentence) in {**BORROWED, **_ours()}.items():
        groups[group][name] = sentence

    known = [g for g in ORDER if g in groups]
    lines = ["Lotse pilots every lead to the person who wins it, and says why.", ""]
    lines += ["Usage: lotse COMMAND [OPTIONS]; lotse COMMAND --help says more.", ""]
    for group in [*known, *sorted(set(groups) - set(known))]:
        lines += [f"{group}:", *(_line(*entry) for entry in sorted(groups[group].items())), ""]
    return "\n".join(lines)


def _ours() -> dict[str, tuple[str, str]]:
    import django  # noqa: PLC0415
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    django.setup()
    found = {}
    for name, app in get_commands().items():
        if app.startswith("lotse."):
            command = load_command_class(app, name)
            found[name] = (getattr(command, "group", "Data"), command.help.strip())
    return found


def _line(name: str, sentence: str) -> str:
    text = textwrap.wrap(sentence, WIDTH - 18)
    return f"  {name:<14}  " + f"\n{'':18}".join(text)


if __name__ == "__main__":
    main()
