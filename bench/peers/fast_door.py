"""FastAPI: HTTP in, a FastStream request to the service, its answer out."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from faststream.rabbit import RabbitBroker

broker = RabbitBroker(os.environ["AMQP_URL"], logger=None)


@asynccontextmanager
async def connected(_app: FastAPI) -> AsyncIterator[None]:
    await broker.start()
    yield
    await broker.stop()


app = FastAPI(lifespan=connected)


@app.get("/employers/{employer_id}")
async def get_employer(employer_id: str) -> Any:
    return await (await broker.request(employer_id, "peer.get_employer")).decode()


@app.post("/employers", status_code=201)
async def register_employer(body: dict[str, str]) -> Any:
    return await (await broker.request(body, "peer.register_employer")).decode()
