"""The queues of the product. Everything is durable; every argument is explicit, so that brokers 3.10 to 4.x agree."""

from __future__ import annotations

from collections.abc import Iterable

from kombu import Exchange, Queue, binding

from shared.contracts.table import Contract

EVENTS = Exchange("bangfu.events", type="topic", durable=True)
DEAD = Exchange("bangfu.dead", type="direct", durable=True)
#: deliveries of one event before the broker gives it to the dead queue: only a crash or a lost connection counts
DELIVERY_LIMIT = 20


def operations_queue_name(service: str) -> str:
    return f"bangfu.{service}.operations"


def operations_queue(service: str) -> Queue:
    """Requests to a service. It goes away with its last consumer: whoever asks then is told at once."""
    return Queue(operations_queue_name(service), durable=True, auto_delete=True)


def events_queue(service: str, types: tuple[str, ...]) -> Queue:
    """Events for a service, all versions of what it listens to: one it does not know is parked, not lost."""
    keys = {kind.rsplit(".", 1)[0] + ".*" for kind in types}
    return Queue(
        f"bangfu.{service}.events",
        bindings=[binding(EVENTS, routing_key=key) for key in sorted(keys)],
        durable=True,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-overflow": "reject-publish",
            "x-dead-letter-exchange": DEAD.name,
            "x-dead-letter-routing-key": service,
            "x-dead-letter-strategy": "at-least-once",
        },
    )


def dead_queue(service: str) -> Queue:
    """What the broker gave up on; the service moves it to its parked messages."""
    return Queue(f"bangfu.{service}.dead", exchange=DEAD, routing_key=service, durable=True,
                 queue_arguments={"x-queue-type": "quorum"})


def listening(contracts: Iterable[Contract]) -> list[Queue]:
    """The queues of all services that listen to events."""
    told = [contract for contract in contracts if contract.consumes]
    return [queue for contract in told
            for queue in (dead_queue(contract.service), events_queue(contract.service, contract.consumes))]
