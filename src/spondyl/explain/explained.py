"""What an explanation is made from: a plan seen from below, without importing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from spondyl.engine import Candidate, Judged, Offered, Ordered, Patient, Triage
from spondyl.explain.words import Words


class Explained(Protocol):
    """A record with what it was made from. `spondyl.plan.Plan` is one."""

    @property
    def record(self) -> Mapping[str, Any]: ...

    @property
    def patient(self) -> Patient: ...

    @property
    def words(self) -> Words: ...

    @property
    def triage(self) -> Triage: ...

    @property
    def candidates(self) -> Sequence[Candidate]: ...

    @property
    def orders(self) -> Sequence[Ordered]: ...

    @property
    def gates(self) -> Sequence[Judged]: ...

    @property
    def offered(self) -> Sequence[Offered]: ...
