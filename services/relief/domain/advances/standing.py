"""What stands beside an advance: the other advances of its dispute and of its employer, whichever way they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Standing:
    """Amounts are fen, without the advance itself. A limit looks at both together, so that nothing passes in parts.

    `dispute_fen`, `worker_fen`: advanced in the same dispute, neither refused nor repaid; `dispute_claimed_fen` is what
    its workers claim. `owed_fen` is what the employer has not returned. `alone_fen` is what one person has approved as
    an emergency for the employer, unless it was refused, or was ratified and is repaid or written off.
    """

    dispute_fen: int = 0
    dispute_claimed_fen: int = 0
    worker_fen: Mapping[str, int] = field(default_factory=dict)
    owed_fen: int = 0
    alone_fen: int = 0
