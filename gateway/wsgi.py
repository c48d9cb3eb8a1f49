"""What gunicorn serves, loaded in each worker after the fork: `gunicorn -c gateway/gunicorn.conf.py`."""

from __future__ import annotations

from gateway.app import create_app
from shared.runtime import logging
from shared.runtime.config import Settings

_settings = Settings.read()
logging.set_up(_settings.log_format, service="gateway")
app = create_app(_settings)
