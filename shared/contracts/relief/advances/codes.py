"""Codes of wage advances (工资垫付). The domain has the same lists; a test holds them together."""

from __future__ import annotations

ADVANCE_STATES = ("PROPOSED", "APPROVED", "SECURED", "DISBURSED", "PARTLY_REPAID", "REPAID", "OVERDUE", "RECOVERING",
                  "WRITTEN_OFF", "REFUSED")
#: why a line is not advanced
LINE_REFUSALS = ("EMPLOYER_PAID", "ADVANCE_REFUSED")
#: of legal's recovery case
RECOVERY_STAGES = ("OPENED", "ORDER_SOUGHT", "ORDER_ISSUED", "RECOVERED", "CLOSED")
#: ways that remain when the union does not advance wages
ALTERNATIVES = ("GOVERNMENT_REVOLVING_FUND", "LABOUR_INSPECTION", "PAYMENT_ORDER", "ARBITRATION", "LEGAL_AID")
