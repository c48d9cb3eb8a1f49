"""Loads the demonstration: `python -m shared.runtime.demo`. A loading that broke off goes on where it stopped."""

from __future__ import annotations

import contextlib
import json
import secrets
import sys
from pathlib import Path
from urllib.error import URLError

from gateway.accounts.cli import add_account, has_accounts
from gateway.accounts.refusals import NameTaken
from shared.kernel import clock
from shared.runtime.config import Settings
from shared.runtime.demo import advance, job_fair, legal_aid, visit
from shared.runtime.demo.api import Api, Refused, TookTooLong
from shared.runtime.demo.cast import ADMIN, STAFF, account_name, gather
from shared.runtime.demo.stories import STORIES


def main() -> int:
    """The exit code: 1 when the loading broke off."""
    try:
        _load(Settings.read())
    except (Refused, TookTooLong, URLError) as error:
        say(f"演示数据加载中断:{error}。请再次运行 bangfu demo,将从中断处继续。\n"
            f"The loading broke off: {error}. Repeat it with `bangfu demo`: it goes on where it stopped.")
        return 1
    return 0


def _load(settings: Settings) -> None:
    """Tell the stories and leave a note of who may look at them in data/demo.json (for its owner only)."""
    note = settings.data / "demo.json"
    if not note.exists() and has_accounts(settings):
        say("账号已存在,不加载演示数据。 / There are accounts already: no demonstration among real cases.")
        return
    password = _password(note)

    def add(name: str, word: str, display_name: str, grants: list[tuple[str, str]]) -> None:
        with contextlib.suppress(NameTaken):  # from a loading that broke off
            add_account(settings, name, word, display_name, grants)

    base = f"http://127.0.0.1:{settings.port}"
    cast = gather(Api(base), password, add)
    say("F1 垫付欠薪 the ¥70,000 case")
    story = advance.tell(cast)
    say("F2 招聘会到复核 fair to review")
    job_fair.tell(cast, clock.shift)
    say("F3 来访 a visit")
    visit.tell(cast)
    say("F8 调解不成转法律援助 legal aid")
    legal_aid.tell(cast)
    for title, tell in STORIES:
        say(title)
        tell(cast, clock.shift, 1)
    _write(note, password, base, story)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _password(note: Path) -> str:
    if note.exists():
        return str(json.loads(note.read_text("utf-8"))["password"])
    password = f"demo-{secrets.token_urlsafe(9)}"
    note.touch(mode=0o600)
    note.write_text(json.dumps({"password": password}), "utf-8")
    return password


def _write(note: Path, password: str, base: str, story: advance.Story) -> None:
    told = {"password": password, "accounts": [ADMIN, *map(account_name, STAFF)],
            "f1": {"visit": f"{base}/v1/reception/visits/{story.visit_id}",
                   "dispute": f"{base}/v1/mediation/disputes/{story.dispute_id}",
                   "wage_advance": f"{base}/v1/relief/wage-advances/{story.advance_id}",
                   "ledger": f"{base}/v1/relief/funds/{story.fund['id']}/entries"}}
    note.write_text(json.dumps(told, ensure_ascii=False, indent=2), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
