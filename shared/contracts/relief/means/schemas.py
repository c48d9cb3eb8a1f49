"""What goes in and out of means tests (家计调查)."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts.fields import Choice, Day, Fen, Flag, Id, Moment, PageQuery, Record, Strict, Text, Whole, listed
from shared.contracts.relief.means import codes
from shared.kernel.money import MAX_FEN

MOST_PERSONS, MOST_ITEMS, MOST_STEPS = 30, 200, 500


class Person(Strict):
    """Somebody of the household. `idle_months` of the last twelve were spent neither in study nor in work."""

    age = Whole(0, 130, required=True)
    ability = Choice(codes.ABILITIES, load_default="ABLE")
    study = Choice(codes.STUDIES, load_default="NONE")
    employment = Choice(codes.EMPLOYMENTS, load_default="EMPLOYED")
    idle_months = Whole(0, 12, load_default=12)
    imputation_waived = Text(200, load_default=None, allow_none=True)


class Item(Strict):
    """`amount_fen` came, or went, `months` times in the last twelve months; `person` counts from 1."""

    amount_fen = Fen(least=0, required=True)
    months = Whole(1, 12, load_default=1)
    person = Whole(1, MOST_PERSONS, load_default=None, allow_none=True)


class IncomeItem(Item):
    kind = Choice(codes.DECLARED_INCOMES, required=True)


class ExpenseItem(Item):
    kind = Choice(codes.EXPENSES, required=True)


class Assets(Strict):
    """What may exclude a household. `vehicles` without mobility aids; school fees are of a year, in fen."""

    dwellings = Whole(0, 100, load_default=0)
    dwelling_area_m2 = Whole(0, 100_000, load_default=0)
    vehicles = Whole(0, 100, load_default=0)
    businesses = Whole(0, 100, load_default=0)
    school_fee_fen = Fen(least=0, load_default=0)
    public_school_fee_fen = Fen(least=0, load_default=0)
    studies_abroad_at_own_cost = Flag(load_default=False)
    savings_fen = Fen(least=0, load_default=0)


class AccidentEvent(Strict):
    """An event and its cost in fen, which is not entered among the expenditure as well."""

    kind = Choice(codes.EVENTS, required=True)
    cost_fen = Fen(required=True)


class MigrantWork(Strict):
    """What the criteria ask of migrant workers besides."""

    lives_in_city = Flag(required=True)
    is_member = Flag(required=True)
    labour_months = Whole(0, 1200, required=True)


class HouseholdFacts(Strict):
    """A household's means over the 12 months before `on`, in fen."""

    persons = listed(Person, 1, MOST_PERSONS, required=True)
    income = listed(IncomeItem, 0, MOST_ITEMS, load_default=list)
    expenditure = listed(ExpenseItem, 0, MOST_ITEMS, load_default=list)
    assets = fields.Nested(Assets, load_default=lambda: Assets().load({}))
    vetoes = listed(Choice(codes.VETOES), 0, len(codes.VETOES), load_default=list)
    accident = fields.Nested(AccidentEvent, load_default=None, allow_none=True)
    migrant = fields.Nested(MigrantWork, load_default=None, allow_none=True)
    receives_dibao = Flag(load_default=None, allow_none=True)
    income6_fen = Fen(least=0, load_default=None, allow_none=True)


class Division(fields.String):
    """The first 2 to 6 digits of a division code (行政区划代码)."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=validate.Regexp(r"^[0-9]{2,6}\Z"), **rest)


class Trial(HouseholdFacts):
    """Figures to try. `on` is the day of the application (today), `division` the place (the caller's own);
    `compare_on` adds what the edition of another day says."""

    on = Day(load_default=None, allow_none=True)
    division = Division(load_default=None, allow_none=True)
    compare_on = Day(load_default=None, allow_none=True)


class FileFacts(HouseholdFacts):
    """A file's household. Relief that the union has paid in the 12 months is added from its own ledger. `assets` are
    those of the file: without them they are taken from there, others than the file's are refused."""

    assets = fields.Nested(Assets, load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)


class KindSum(Strict):
    kind = Text(40, required=True)
    amount_fen = Fen(least=0, required=True)


class RuleRow(Strict):
    """A row of the rules that was used, with the paper it comes from and how certain it is."""

    kind = Choice(codes.RULE_KINDS, required=True)
    jurisdiction = Text(12, required=True)
    effective_from = Day(required=True)
    effective_to = Day(required=True, allow_none=True)
    document = Text(200, required=True)
    certainty = Text(4, required=True)


class MeansResult(Strict):
    """What the engine proposes, and why; a person decides. `line_fen` is 12 × persons × dibao."""

    grade = Choice(codes.GRADES, required=True)
    generation = Choice(codes.GENERATIONS, required=True)
    on = Day(required=True)
    persons = Whole(1, MOST_PERSONS, required=True)
    income12_fen = Fen(least=0, required=True)
    rigid12_fen = Fen(least=0, required=True)
    net_fen = Fen(least=-MAX_FEN, required=True)
    dibao_fen = Fen(required=True)
    line_fen = Fen(required=True)
    accident_cost_fen = Fen(least=0, required=True)
    vetoes = listed(Choice(codes.VETOES), 0, len(codes.VETOES), required=True)
    missing = listed(Choice(codes.MISSING), 0, len(codes.MISSING), required=True)
    income = listed(KindSum, 0, len(codes.INCOMES), required=True)
    rigid = listed(KindSum, 0, len(codes.EXPENSES), required=True)
    certainty = Text(4, required=True)
    rules = listed(RuleRow, 2, 3, required=True)
    steps_zh = listed(Text(500), 1, MOST_STEPS, required=True)
    steps_en = listed(Text(500), 1, MOST_STEPS, required=True)


class Difference(Strict):
    """A figure in which two results differ; `was` is the first result's, `other` the compared edition's."""

    figure = Text(40, required=True)
    was = Text(300, required=True)
    other = Text(300, required=True)


class Comparison(Strict):
    """A result, the one of another edition of the rules, and in what they differ."""

    result = fields.Nested(MeansResult, required=True)
    compared = fields.Nested(MeansResult, required=True, allow_none=True)
    differences = listed(Difference, 0, 20, required=True)


class MeansTestSummary(Record):
    """A recorded test: what was computed, when, by whom, with which rules. It never changes."""

    file_id = Id(required=True)
    file_no = Text(19, required=True)
    tested_on = Day(required=True)
    tested_by = Text(80, required=True)
    basis = Choice(codes.BASES, required=True)
    grade = Choice(codes.GRADES, required=True)
    generation = Choice(codes.GENERATIONS, required=True)
    persons = Whole(1, MOST_PERSONS, required=True)
    income12_fen = Fen(least=0, required=True)
    rigid12_fen = Fen(least=0, required=True)
    dibao_fen = Fen(required=True)
    certainty = Text(4, required=True)
    rules = listed(RuleRow, 2, 3, required=True)
    created_at = Moment(required=True)


class MeansTestRecord(MeansTestSummary):
    """With inputs and explanation. `facts` is null where the file's sums were tested; `earlier_relief` is what the
    ledger knew the union to have paid in the 12 months."""

    facts = fields.Nested(HouseholdFacts, required=True, allow_none=True)
    earlier_relief = listed(KindSum, 0, len(codes.INCOMES), required=True)
    steps_zh = listed(Text(500), 1, MOST_STEPS, required=True)
    steps_en = listed(Text(500), 1, MOST_STEPS, required=True)


class MeansTestQuery(PageQuery):
    file_id = Id()
    grade = Choice(codes.GRADES)


class OtherEdition(Strict):
    """`on` is a day on which the other edition was, or will be, in force (today)."""

    on = Day()
