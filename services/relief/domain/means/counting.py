"""From a household's facts to the sums that are compared: what counts as income, and which expenditure is rigid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from services.relief.domain.means.codes import EXPENSES, INCOMES, UNION_INCOMES
from services.relief.domain.means.facts import Assets, Expense, Facts, Income, Migrant, Person
from services.relief.domain.means.household import Household
from services.relief.domain.means.means_test import Assessment, assess
from services.relief.domain.means.standards import Criteria, MeansStandard
from services.relief.domain.means.telling import Steps
from shared.kernel.money import BASIS_POINTS, format_yuan, total


@dataclass(frozen=True)
class Computed:
    """An assessment with the sums by kind that it rests on, in fen. `relief` are its steps on earlier relief."""

    assessment: Assessment
    income: dict[str, int]
    rigid: dict[str, int]
    relief: Steps

    @property
    def summary(self) -> Assessment:
        """The same without the single items, which tell of the illness of one person."""
        return assess(self.assessment.household, self.assessment.standard, self.relief)


def run(facts: Facts, standard: MeansStandard) -> Computed:
    """The means test of structured facts, explained item by item."""
    steps, relief = Steps(), Steps()
    income, rigid = _income(facts, standard, steps, relief), _rigid(facts, standard.criteria, steps)
    household = Household(
        len(facts.persons), _total("/income", income), _total("/expenditure", rigid),
        facts.accident.cost_fen if facts.accident else 0, _vetoes(facts, standard.criteria),
        facts.accident.kind if facts.accident else None, _missing(facts.migrant, standard.criteria),
        facts.assets.savings_fen, facts.income6_fen, facts.receives_dibao)
    return Computed(assess(household, standard, steps), income, rigid, relief)


def run_sums(declared: Household, rigid: Mapping[str, int], earlier_relief: Mapping[str, int],
             standard: MeansStandard) -> Computed:
    """The means test of a household's sums; earlier relief (kind of income → fen) is added where it counts.

    Sums do not say what they are made of, so nothing can be taken for declared already, as `run` does.
    """
    relief, counted, sums = Steps(), declared.income12_fen, dict[str, int]()
    for kind, paid_fen in sorted(earlier_relief.items()):
        _add_relief(sums, kind, paid_fen, kind not in standard.criteria.excluded_income, relief)
    if sums:
        counted = _total("/income12_fen", {"": declared.income12_fen, **sums})
        added, declared_yuan = format_yuan(sum(sums.values())), format_yuan(declared.income12_fen)
        relief.say(f"登记的家庭收入 {declared_yuan} + 既往救助 {added} = {format_yuan(counted)}",
                   f"income as entered {declared_yuan} + earlier relief {added} = {format_yuan(counted)}")
    household = replace(_with_assets(declared, standard.criteria), income12_fen=counted)
    return Computed(assess(household, standard, relief), sums, dict(rigid), relief)


def _total(pointer: str, sums: Mapping[str, int]) -> int:
    """With what is imputed, and what the ledger knows. Raises SumTooLarge."""
    return total((pointer, fen) for fen in sums.values())


# -- income ----------------------------------------------------------------------------------------------------


def _income(facts: Facts, standard: MeansStandard, steps: Steps, relief: Steps) -> dict[str, int]:
    """The income that counts, by kind; what is said of earlier relief is said in `relief` too."""
    sums: dict[str, int] = {}
    excluded = standard.criteria.excluded_income
    for item in [*facts.income, *_imputed(facts, standard)]:
        counts = item.kind not in excluded
        _tell_item(steps, item, INCOMES, counts)
        if counts:
            sums[item.kind] = sums.get(item.kind, 0) + item.total_fen
    for kind, paid_fen in sorted(facts.earlier_relief.items()):
        _add_relief(sums, kind, paid_fen, kind not in excluded, relief)
    steps.add(relief)
    for number, person in enumerate(facts.persons, 1):
        _tell_waived(number, person, standard.criteria, steps)
    return sums


def _imputed(facts: Facts, standard: MeansStandard) -> Iterator[Income]:
    """The minimum wage of those who could work or study and do neither (按最低工资核算)."""
    for number, person in enumerate(facts.persons, 1):
        if _is_idle(person, standard.criteria) and not person.imputation_waived:
            yield Income("IMPUTED_WAGE", standard.minimum_wage.wage_fen, person.idle_months, number)


def _is_idle(person: Person, criteria: Criteria) -> bool:
    first, last = criteria.working_age
    return (criteria.imputes_minimum_wage and person.ability == "ABLE" and first <= person.age <= last
            and person.study == "NONE" and person.employment == "NONE" and person.idle_months > 0)


def _tell_waived(number: int, person: Person, criteria: Criteria, steps: Steps) -> None:
    if person.imputation_waived and _is_idle(person, criteria):
        steps.say(f"第{number}人不按最低工资核算:{person.imputation_waived}",
                  f"person {number}: no wage imputed, on evidence")


def _add_relief(sums: dict[str, int], kind: str, paid_fen: int, counts: bool, steps: Steps) -> None:
    """Earlier relief of the union by its own ledger; where the household declared some too, the greater counts."""
    (zh, en), paid, declared_fen = INCOMES[kind], format_yuan(paid_fen), sums.get(kind, 0)
    verdict = ("计入" if counts else "不计入", "counts" if counts else "does not count")
    steps.say(f"近12个月已发放的{zh}(据资金明细账){paid},{verdict[0]}",
              f"{en} paid in the 12 months by the union's ledger: {paid}, {verdict[1]}")
    if not counts:
        return
    if declared_fen and kind in UNION_INCOMES:
        steps.say(f"{zh}申报 {format_yuan(declared_fen)},与明细账取较大者",
                  f"{en}: {format_yuan(declared_fen)} declared; the greater of the two counts")
    sums[kind] = max(declared_fen, paid_fen)


# -- expenditure -----------------------------------------------------------------------------------------------


def _rigid(facts: Facts, criteria: Criteria, steps: Steps) -> dict[str, int]:
    """The rigid expenditure, by kind, within the caps."""
    sums: dict[str, int] = {}
    for item in facts.expenditure:
        counts = item.kind not in criteria.not_rigid
        _tell_item(steps, item, EXPENSES, counts)
        if counts:
            sums[item.kind] = sums.get(item.kind, 0) + item.total_fen
    return {kind: _capped(kind, fen, criteria, steps) for kind, fen in sums.items()}


def _capped(kind: str, fen: int, criteria: Criteria, steps: Steps) -> int:
    cap_fen = criteria.caps.get(kind)
    if cap_fen is None or fen <= cap_fen:
        return fen
    (zh, en), most = EXPENSES[kind], format_yuan(cap_fen)
    steps.say(f"{zh} {format_yuan(fen)} 超过年度扣减上限,按 {most} 扣减",
              f"{en}: {format_yuan(fen)} is above the yearly cap; {most} is deducted")
    return cap_fen


def _tell_item(steps: Steps, item: Income | Expense, names: dict[str, tuple[str, str]], counts: bool) -> None:
    zh, en = names[item.kind]
    amount = format_yuan(item.total_fen)
    if item.months != 1:
        amount = f"{format_yuan(item.amount_fen)} × {item.months} = {amount}"
    whose_zh = f"第{item.person}人" if item.person else "家庭"
    whose_en = f"person {item.person}" if item.person else "household"
    steps.say(f"{whose_zh} {zh} {amount},{'计入' if counts else '不计入'}",
              f"{whose_en}: {en} {amount}, {'counts' if counts else 'does not count'}")


# -- what excludes ---------------------------------------------------------------------------------------------


def _vetoes(facts: Facts, criteria: Criteria) -> list[str]:
    """Declared and derived from the assets, each once."""
    return list(dict.fromkeys([*facts.vetoes, *_derived(facts.assets, len(facts.persons), criteria)]))


def _with_assets(declared: Household, criteria: Criteria) -> Household:
    """A file's sums with what its assets exclude, as of single items."""
    if declared.assets is None:
        return declared
    assets = Assets(**declared.assets)
    vetoes = dict.fromkeys([*declared.vetoes, *_derived(assets, declared.persons, criteria)])
    return replace(declared, vetoes=list(vetoes), savings_fen=assets.savings_fen)


def _derived(assets: Assets, persons: int, criteria: Criteria) -> Iterator[str]:
    if assets.dwellings > criteria.dwellings_allowed and _is_spacious(assets, persons, criteria):
        yield "SECOND_HOME"
    if assets.vehicles:
        yield "MOTOR_VEHICLE"
    if assets.businesses:
        yield "OWNS_BUSINESS"
    is_dear = assets.school_fee_fen * BASIS_POINTS > assets.public_school_fee_fen * criteria.fee_multiple_bp
    if assets.studies_abroad_at_own_cost or (assets.public_school_fee_fen and is_dear):
        yield "HIGH_FEE_SCHOOL"


def _is_spacious(assets: Assets, persons: int, criteria: Criteria) -> bool:
    """More dwellings than allowed exclude by themselves, unless the criteria look at the area per head too."""
    limit_m2 = criteria.most_area_per_head_m2
    return limit_m2 is None or assets.dwelling_area_m2 > limit_m2 * persons


def _missing(migrant: Migrant | None, criteria: Criteria) -> list[str]:
    """What a migrant worker's household lacks; nothing of a local one."""
    if migrant is None:
        return []
    lacks = {"RESIDENCE": criteria.migrant_needs_residence and not migrant.lives_in_city,
             "MEMBERSHIP": criteria.migrant_needs_membership and not migrant.is_member,
             "LABOUR_RELATION": migrant.labour_months < criteria.migrant_labour_months}
    return [code for code, lacking in lacks.items() if lacking]
