"""Relief's dated parameters, read from the YAML files beside this one and from the folder BANGFU_RULES names.

A file with a hole or two rules for one day is refused when it is read, naming the series and the days.
"""

from __future__ import annotations

from services.relief.rules import advances, funds, means, payments

#: every reader of a file
READERS = (funds.purposes, funds.transfers, funds.parameters, advances.policies, means.standards)
READERS = (funds.purposes, advances.policies, means.standards, payments.parameters)
from services.relief.rules import advances, funds, means, platforms

#: every reader of a file
READERS = (funds.purposes, advances.policies, means.standards, platforms.rules)
from services.relief.rules import advances, funds, means, programmes

#: every reader of a file
READERS = (funds.purposes, advances.policies, means.standards, programmes.programmes, programmes.limits)
from collections.abc import Callable

from services.relief.rules import advances, funds, means, watch

#: every reader of a file
READERS: tuple[Callable[[], object], ...] = (funds.purposes, advances.policies, means.standards, watch.check)
from services.relief.rules import advances, funds, means, mutual_aid, plans

#: every reader of a file
READERS = (funds.purposes, advances.policies, means.standards, mutual_aid.plans, plans.contact_rule)
from services.relief.rules import advances, files, funds, means

#: every reader of a file
READERS = (funds.purposes, advances.policies, means.standards, files.approvals, files.parameters)


def load() -> None:
    """Read every file. Raises RuleTableError: a faulty one stops the service at its start, not a case later."""
    for read in READERS:
        read()
