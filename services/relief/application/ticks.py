"""What falls due in relief by itself."""

from __future__ import annotations

from services.relief.application.advances.ticks import TICKS as ADVANCES
from services.relief.application.files.ticks import TICKS as FILES
from services.relief.application.watch.ticks import TICKS as WATCH

TICKS = (
    *ADVANCES,
    *FILES,
    *WATCH,
)
