"""Relief (帮扶救助) on the bus."""

from __future__ import annotations

from services.relief import rules
from services.relief.adapters.tables import metadata
from services.relief.application import examples
from services.relief.application.advances import advances, aftermath, employer_payments
from services.relief.application.applications import applying, campaigns, deciding, showing, student_aids
from services.relief.application.files import (
    archive,
    files,
    finding,
    forms,
    households,
    notices,
    paper_files,
    referred,
    review_years,
    reviews,
)
from services.relief.application.funds import (
    accounts,
    balances,
    budgets,
    closings,
    ledger_file,
    reports,
    reversals,
    trace,
    transfers,
    year_files,
)
from services.relief.application.goods import (
    adjustments,
    campaigns_in_kind,
    handing_over,
    issues,
    lots,
    published,
    stock,
)
from services.relief.application.means import testing
from services.relief.application.mutual_aid import (
    claims,
    enrolments,
    scheme_accounts,
    scheme_files,
    union_shares,
)
from services.relief.application.orders import catalogue, delivery, ordering
from services.relief.application.payments import batches, building, corrections, lists, real_names, returning
from services.relief.application.plans import assistance, pair_ups, referral_figures
from services.relief.application.platforms import (
    agreements,
    cards,
    partners,
    paying,
    redemptions,
    settlements,
    statements,
    till,
)
from services.relief.application.reactions import REACTIONS
from services.relief.application.schools import placing, requests, schools
from services.relief.application.ticks import JOBS, TICKS
from services.relief.application.watch import findings, spread
from shared.contracts.relief import CONTRACT
from shared.service import referrals
from shared.service.definition import Definition

rules.load()

SERVICE = Definition(
    contract=CONTRACT,
    metadata=metadata,
    modules=[
        accounts, balances, budgets, transfers, reversals, closings, reports, trace, ledger_file, year_files,
        batches, lists, building, returning, corrections, real_names,
        advances, aftermath, employer_payments,
        files, reviews, forms, finding, notices, households, review_years, archive, paper_files,
        referred,
        testing,
        applying, deciding, campaigns, showing, student_aids,
        partners, agreements, cards, till, redemptions, settlements, statements, paying,
        enrolments, claims, scheme_files, scheme_accounts, union_shares,
        assistance, referral_figures, pair_ups,
        lots, issues, adjustments, stock, published, campaigns_in_kind, handing_over,
        schools, requests, placing,
        catalogue, ordering, delivery,
        findings, spread,
        referrals,
    ],
    reactions=REACTIONS,
    ticks=TICKS,
    jobs=JOBS,
    examples=examples.of_the_centre,
)
