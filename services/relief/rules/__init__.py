"""Relief's dated parameters, read from the YAML files beside this one and from the folder BANGFU_RULES names.

A file with a hole or two rules for one day is refused when it is read, naming the series and the days.
"""

from __future__ import annotations

from collections.abc import Callable

from services.relief.rules import (
    advances,
    files,
    funds,
    goods,
    means,
    mutual_aid,
    payments,
    plans,
    platforms,
    programmes,
    schools,
    tiers,
    watch,
)

#: every reader of a file
READERS: tuple[Callable[[], object], ...] = (
    funds.purposes, funds.transfers, funds.parameters,
    payments.parameters,
    advances.policies,
    tiers.tiers,
    means.standards,
    files.approvals, files.parameters,
    programmes.programmes, programmes.limits,
    platforms.rules,
    goods.goods, schools.check,
    mutual_aid.plans,
    plans.contact_rule,
    watch.check,
)


def load() -> None:
    """Read every file. Raises RuleTableError: a faulty one stops the service at its start, not a case later."""
    for read in READERS:
        read()
