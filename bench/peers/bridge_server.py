"""OpenG2P G2P Bridge as its makers start it: `python -m bench.peers.bridge_server migrate` or `run`."""

from __future__ import annotations

# the first import decides whose settings are read: it must be the Bridge's
from openg2p_g2p_bridge_api.app import Initializer  # isort: skip
from openg2p_fastapi_common.ping import PingInitializer  # isort: skip

initializer = Initializer()
PingInitializer()
app = initializer.return_app()

if __name__ == "__main__":
    initializer.main()
