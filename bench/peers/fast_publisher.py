"""Bare FastStream, the publisher: one message at a time, evenly spread. Prints what the handler tells in the end."""

from __future__ import annotations

import asyncio
import os
import sys
import time

import uvloop
from faststream.rabbit import RabbitBroker

MOST_WAIT_SECONDS = 30


async def main() -> None:
    count, pause = int(os.environ["EVENTS"]), float(os.environ["PAUSE_SECONDS"])
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with RabbitBroker(os.environ["AMQP_URL"], logger=None) as broker:
        @broker.subscriber("peer.latencies")
        async def hear(text: str) -> None:
            told.set_result(text)

        await broker.start()
        for number in range(count):
            await asyncio.sleep(pause)
            await broker.publish({"at": time.time(), "is_last": number == count - 1}, "peer.events")
        sys.stdout.write(await asyncio.wait_for(told, MOST_WAIT_SECONDS))


if __name__ == "__main__":
    uvloop.run(main())
