"""FastStream on RabbitMQ: a service that reads one employer, or inserts an employer and its outbox row by hand."""

from __future__ import annotations

import asyncio
import json
import os
import uuid
from datetime import UTC, datetime
from typing import Any

import uvloop
from faststream import FastStream
from faststream.rabbit import RabbitBroker
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import create_async_engine

from bench.peers.rows import EMPLOYERS, NEW_EMPLOYERS, OUTBOX, as_json

broker = RabbitBroker(os.environ["AMQP_URL"], logger=None)
app = FastStream(broker, logger=None)
engine = create_async_engine(os.environ["PEER_ASYNC_DATABASE_URL"], pool_size=20)


@broker.subscriber("peer.get_employer")
async def get_employer(employer_id: str) -> dict[str, Any]:
    async with engine.connect() as connection:
        found = await connection.execute(select(EMPLOYERS).where(EMPLOYERS.c.id == employer_id))
        return as_json(found.mappings().one())


@broker.subscriber("peer.register_employer")
async def register_employer(body: dict[str, str]) -> dict[str, Any]:
    at = datetime.now(UTC)
    row = {"id": str(uuid.uuid4()), "org_path": "/37/3702/370202/", "state": "ACTIVE", "version": 1, "created_at": at,
           "uscc": body["uscc"], "name": body["name"]}
    envelope = {"id": str(uuid.uuid4()), "type": "employer_registered", "subject": row["id"], "time": at.isoformat(),
                "data": {"uscc": row["uscc"]}}
    async with engine.begin() as connection:
        await connection.execute(insert(NEW_EMPLOYERS).values(**row))
        await connection.execute(insert(OUTBOX).values(
            event_id=envelope["id"], type=envelope["type"], subject=row["id"], envelope=json.dumps(envelope),
            created_at=at))
    return as_json(row)


if __name__ == "__main__":
    uvloop.install()
    asyncio.run(app.run())
