"""F1 over and over, by several tellers at once, while somebody breaks the centre."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from shared.runtime.demo import advance as f1
from shared.runtime.demo.cast import Cast

#: the fewest that count as a collective case
HEADCOUNT = 10
ADVANCE_FEN = 1_500_000
TELLERS = 4
END_SECONDS = 700
#: no two stories of a session have a number in common
_numbers = itertools.count(1)


def new_story(cast: Cast) -> f1.Story:
    """A story that is still to be told."""
    return f1.Story(cast, next(_numbers), ADVANCE_FEN)


def secured(cast: Cast) -> f1.Story:
    """A story just before its money is paid."""
    story = new_story(cast)
    f1.come_to_reception(story, HEADCOUNT)
    f1.open_case(story)
    f1.find_the_cause(story)
    f1.ask_for_the_advance(story)
    f1.approve_and_secure(story)
    story.fund = f1.endow(story)
    return story


@dataclass
class Telling:
    """What is told so far, and what kept a teller from going on."""

    cast: Cast
    told: list[f1.Story] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def tell_one(self) -> f1.Story:
        story = f1.tell(self.cast, next(_numbers), HEADCOUNT, ADVANCE_FEN)
        self.told.append(story)
        return story

    def run(self, most: int) -> None:
        try:
            while not self._stop.is_set() and len(self.told) < most and not self.failed:
                self.tell_one()
        except BaseException as error:
            self.failed.append(error)

    def wait_for(self, count: int, seconds: float) -> None:
        """Until `count` more stories are told, at most so long; the storm does not wait for ever."""
        end, wanted = time.monotonic() + seconds, len(self.told) + count
        while len(self.told) < wanted and time.monotonic() < end and not self.failed:
            time.sleep(0.1)

    def end(self) -> None:
        """Let no teller begin another story."""
        self._stop.set()

    def wait(self) -> None:
        """Until every story has come to its end. Raises what stopped a teller."""
        for thread in self.threads:
            thread.join(END_SECONDS)
        if self.failed:
            raise self.failed[0]
        assert not any(thread.is_alive() for thread in self.threads), f"a story has no end after {END_SECONDS} s"


@contextmanager
def tellers(cast: Cast, count: int = TELLERS, most: int = 10_000) -> Iterator[Telling]:
    """Tell until the block ends, then let every story come to its end. Raises what stopped a teller."""
    telling = Telling(cast)
    telling.threads = [threading.Thread(target=telling.run, args=(most,), name=f"teller {n}", daemon=True)
                       for n in range(count)]
    for thread in telling.threads:
        thread.start()
    try:
        yield telling
    finally:
        telling.end()
        telling.wait()
