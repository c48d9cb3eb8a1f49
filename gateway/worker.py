"""gunicorn's worker of the gateway: told to end, it finishes what is asked and waits for nobody who asks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gevent
from gunicorn.workers.ggevent import GeventWorker


class Worker(GeventWorker):
    """A browser keeps its connections open between requests; gunicorn alone would wait for each of them until its
    grace ends, and Ctrl-C or a rollout would take as long."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._idle: dict[gevent.Timeout, gevent.Greenlet] = {}

    @contextmanager
    def timeout_ctx(self) -> Iterator[None]:
        """Around waiting for the next request of a connection; left at once when its time is over or we end."""
        ending = gevent.Timeout.start_new(self.cfg.keepalive)
        self._idle[ending] = gevent.getcurrent()
        try:
            yield
        except gevent.Timeout as raised:
            if raised is not ending:
                raise
        finally:
            del self._idle[ending]
            ending.close()

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        gevent.spawn(self._let_go)  # a signal handler may not switch

    def _let_go(self) -> None:
        for ending, waiting in list(self._idle.items()):
            waiting.kill(ending, block=False)
