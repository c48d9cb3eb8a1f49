"""A listener that has never run hears, once it runs, what was told before."""

from __future__ import annotations

import uuid
from dataclasses import replace

from shared.bus.publisher import ConfirmedPublisher
from shared.bus.topology import dead_queue, events_queue, listening
from shared.contracts.membership import CONTRACT
from tests.crash.shuffling import connected


def test_events_wait_for_a_service_that_has_never_run(amqp_url: str) -> None:
    name = f"late_{uuid.uuid4().hex[:8]}"
    late = replace(CONTRACT, service=name, consumes=(f"{name}.something_happened.v1",))
    publisher = ConfirmedPublisher(amqp_url, "early", listening([late]))
    publisher.link.start(10)
    publisher.publish([(f"{name}.something_happened.v1", b"{}"), (f"{name}.something_happened.v2", b"{}"),
                       (f"{name}.else.v1", b"{}")])
    publisher.link.close()
    with connected(amqp_url) as connection:
        channel = connection.channel()
        queue = events_queue(name, late.consumes).name
        found = [channel.basic_get(queue, no_ack=True) for _ in range(3)]
        assert [one and one.delivery_info["routing_key"][-2:] for one in found] == ["v1", "v2", None]
        for declared in (queue, dead_queue(name).name):
            channel.queue_delete(declared)
