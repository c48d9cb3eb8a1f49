"""Bare FastStream, the consumer: how long each message was on its way. The last one makes it tell."""

from __future__ import annotations

import asyncio
import json
import os
import time
from typing import Any

import uvloop
from faststream import FastStream
from faststream.rabbit import RabbitBroker

broker = RabbitBroker(os.environ["AMQP_URL"], logger=None)
app = FastStream(broker, logger=None)
latencies: list[float] = []


@broker.subscriber("peer.events")
async def handle(body: dict[str, Any]) -> None:
    latencies.append(time.time() - body["at"])
    if body["is_last"]:
        await broker.publish(json.dumps([one * 1000 for one in latencies]), "peer.latencies")
        latencies.clear()


if __name__ == "__main__":
    uvloop.install()
    asyncio.run(app.run())
