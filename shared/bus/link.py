"""One AMQP connection for a whole process: any green thread publishes on it, a thread of its own reads it.

Works under eventlet (services) and gevent (gateway): it uses only `threading` and sockets, which both patch.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import amqp
from amqp.exceptions import AMQPError
from amqp.method_framing import frame_writer
from kombu.utils.url import parse_url

from shared.kernel.errors import Unavailable

HEARTBEAT_SECONDS = 20
#: one for reading and for writing: py-amqp would else set and reset it under whoever uses the socket meanwhile
SOCKET_TIMEOUT_SECONDS = 5
CLOSE_SECONDS = 1
BACKOFF_SECONDS = (0.1, 0.3, 1, 2, 3)
MOST_KEPT_BYTES = 32_768

#: (message, exchange, routing key)
Send = Callable[[amqp.Message, str, str], Any]


class BrokerAway(Unavailable):
    """No connection to RabbitMQ for now; nothing was sent."""

    code = "broker-unavailable"

    def __init__(self) -> None:
        super().__init__("消息服务 / the message broker")


class Outgoing:
    """Where py-amqp writes its frames: at once, or some dozens together. A call into the kernel for each message takes
    a fifth of the time that sending it does; and what has left early is on its way while we still pack the rest."""

    def __init__(self, write: Callable[[Any], None] | None = None) -> None:
        self._write = write
        self._is_keeping = False
        self._kept = bytearray()

    def write(self, frame: Any) -> None:
        self._kept += frame
        if not self._is_keeping or len(self._kept) > MOST_KEPT_BYTES:
            self._flush()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside may leave later, but has left at the end."""
        self._is_keeping = True
        try:
            yield
            self._flush()
        finally:
            self._is_keeping = False

    def _flush(self) -> None:
        assert self._write is not None
        kept, self._kept = self._kept, bytearray()
        self._write(kept)


class Link:
    """Reconnects by itself. `on_open` sets a new channel up, `on_lost` hears of every loss."""

    def __init__(self, url: str, name: str, on_open: Callable[[Any], None], on_lost: Callable[[], None]) -> None:
        self._url, self._name, self._on_open, self._on_lost = url, name, on_open, on_lost
        self._lock = threading.Lock()
        self._opened = threading.Event()
        self._closing = threading.Event()
        self._connection: amqp.Connection | None = None
        self._channel: Any = None
        self._outgoing = Outgoing()
        self._thread: threading.Thread | None = None

    @property
    def is_open(self) -> bool:
        return self._opened.is_set()

    def start(self, wait_seconds: float = 0) -> None:
        """Connect in the background; wait for it at most `wait_seconds`."""
        self._thread = threading.Thread(target=self._run, name=f"amqp-{self._name}", daemon=True)
        self._thread.start()
        if wait_seconds:
            self._opened.wait(wait_seconds)

    def publish(self, message: amqp.Message, exchange: str, key: str, *, mandatory: bool = False) -> None:
        """Send one message. Raises BrokerAway."""
        with self._sending() as channel:
            channel.basic_publish(message, exchange=exchange, routing_key=key, mandatory=mandatory)

    @contextmanager
    def batch(self) -> Iterator[Send]:
        """What sends a message to an exchange under a key; all of them leave together. Raises BrokerAway."""
        with self._sending() as channel, self._outgoing.together():
            yield channel.basic_publish

    @contextmanager
    def _sending(self) -> Iterator[Any]:
        with self._lock:
            channel = self._channel
            if channel is None or not self._opened.is_set():
                raise BrokerAway
            try:
                yield channel
            except (AMQPError, OSError) as error:
                self._interrupt()
                raise BrokerAway from error
            except BaseException:
                self._interrupt()  # half a message may have left
                raise

    def close(self) -> None:
        self._closing.set()
        self._interrupt()
        if self._thread is not None:
            self._thread.join(CLOSE_SECONDS)  # it is a daemon: one that is stuck in a silent broker holds nobody

    # -- the reading thread ------------------------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        while not self._closing.is_set():
            try:
                self._connect()
                failures = 0
                self._read()
            except (AMQPError, OSError):
                pass
            finally:
                self._drop()
            self._closing.wait(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
            failures += 1

    def _connect(self) -> None:
        at = parse_url(self._url)
        self._connection = amqp.Connection(
            host=f"{at['hostname'] or 'localhost'}:{at['port'] or (5671 if at['transport'] == 'amqps' else 5672)}",
            userid=at["userid"] or "guest", password=at["password"] or "guest", virtual_host=at["virtual_host"] or "/",
            ssl=at["transport"] == "amqps", heartbeat=HEARTBEAT_SECONDS, connect_timeout=SOCKET_TIMEOUT_SECONDS,
            frame_writer=self._frame_writer,
            client_properties={"connection_name": self._name})
        self._connection.connect()
        # py-amqp looks for connection.blocked before each publish; reading is this thread's business alone
        self._connection.client_properties["capabilities"]["connection.blocked"] = False
        self._connection.transport.sock.settimeout(SOCKET_TIMEOUT_SECONDS)
        self._channel = self._connection.channel()
        self._on_open(self._channel)
        self._opened.set()

    def _frame_writer(self, connection: Any, transport: Any) -> Any:
        self._outgoing = Outgoing(transport.write)
        return frame_writer(connection, self._outgoing)

    def _read(self) -> None:
        connection = self._connection
        while connection is not None and connection.connected and not self._closing.is_set():
            with contextlib.suppress(TimeoutError):
                connection.drain_events(timeout=SOCKET_TIMEOUT_SECONDS)
            with self._lock:
                connection.heartbeat_tick()

    def _drop(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        self._opened.clear()
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.collect()
            self._on_lost()

    # -- from any thread ---------------------------------------------------------------------------------------

    def _interrupt(self) -> None:
        """Make the reading thread find the connection dead. It alone closes the socket: a close by another does not
        wake it from waiting, a shutdown does."""
        connection = self._connection
        self._opened.clear()
        if connection is not None:
            with contextlib.suppress(OSError, AttributeError):
                connection.transport.sock.shutdown(socket.SHUT_RDWR)
