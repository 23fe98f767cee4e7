"""
Kills the workers while they remind, and counts what became of every mail.

`python -m tools.chaos sqlite` (or `postgres`): a company with thousands of overdue leads, a real mail server that
loses answers and refuses some mails, two real worker processes, and `kill -9` at random moments and
around their commits. The last line says what came of it; it ends with 1 if a mail came twice without
being in doubt, if one is lost, or if one was left open.
"""
