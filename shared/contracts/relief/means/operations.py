"""What can be asked of relief about means tests (家计调查), and who may ask."""

from __future__ import annotations

from shared.contracts.relief.means import schemas as s
from shared.contracts.relief.who import AUDITOR, CLERK, COUNTY, DIRECTOR, OFFICER, SURVEYOR, TOWNSHIP, WORKER
from shared.contracts.table import Operation, ask, create, listing

READERS = (OFFICER, SURVEYOR, TOWNSHIP, COUNTY, DIRECTOR, AUDITOR, WORKER)

OPERATIONS = (
    Operation("try_means_test", "POST", "/means-tests", "试算家计调查(不保存)",
              "Try a means test on figures, without a file; nothing is kept", s.Comparison, s.Trial,
              roles=frozenset((CLERK, *READERS))),
    create("record_means_test", "/hardship-files/<file_id>/means-tests", "为档案测算并留存",
           "Test a file's household and keep the record", s.FileFacts, s.MeansTestRecord, [OFFICER, SURVEYOR, COUNTY]),
    listing("list_means_tests", "/means-tests", "列出测算记录", "List recorded means tests", s.MeansTestSummary,
            READERS, query=s.MeansTestQuery),
    ask("get_recorded_means_test", "/means-tests/<test_id>", "查看测算记录", "Read a recorded means test",
        s.MeansTestRecord, READERS),
    ask("compare_means_test", "/means-tests/<test_id>/comparison", "按另一版标准重算并对比",
        "Run a recorded test on another edition of the rules and compare", s.Comparison, READERS,
        query=s.OtherEdition),
)
