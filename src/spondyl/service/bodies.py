"""What the JSON interface takes, as models: they make the OpenAPI description and refuse what does not fit."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from spondyl.intake.inputs import Input
from spondyl.record import Options
from spondyl.service.desk import desk_of
from spondyl.service.refusing import refused

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="ISO day, such as 2026-11-22")]
Profile = Literal["guideline", "payer_cms", "payer_commercial", "nice_uk", "source_documents"]
MOST_INPUTS = 20


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Given(_Strict):
    """One input: a note as `text`, a structured case as `case` (or as text), a FHIR R4 resource as `resource`."""

    kind: Literal["note", "case", "fhir"] | None = Field(None, description="recognized from the content when left out")
    name: str | None = Field(None, max_length=200, description="what sources of facts call this input")
    text: str | None = None
    case: dict[str, Any] | None = None
    resource: dict[str, Any] | None = None

    def input(self, place: int) -> tuple[Input, str | None]:
        """The input as bytes, with its kind. Raises Refused (I201) when there is not exactly one."""
        given = [one for one in (self.text, self.case, self.resource) if one is not None]
        if len(given) != 1:
            remedy = "give text, case or resource"
            raise refused("I201", "exactly one of text, case and resource is wanted", "inputs", remedy)
        name = self.name or ("input" if place == 0 else f"input {place + 1}")
        if self.text is not None:
            return Input(name, self.text.encode("utf-8", "replace")), self.kind
        kind = "case" if self.case is not None else "fhir"
        return Input(name, json.dumps(given[0]).encode()), self.kind or kind


class Asking(Given):
    """A case and what its plan is made for. Several inputs about one patient stand in `inputs`."""

    inputs: list[Given] | None = Field(None, max_length=MOST_INPUTS)
    as_of: Day | None = Field(None, description="the day the answer is for; today when left out")
    profile: Profile = "guideline"
    locale: Literal["en-US", "en-GB"] = "en-US"

    def given(self) -> list[tuple[Input, str | None]]:
        """The inputs with their kinds."""
        if self.inputs is not None:
            if self.text is not None or self.case is not None or self.resource is not None:
                raise refused("I201", "inputs and a single input exclude each other", "inputs", "give one of the two")
            if not self.inputs:
                raise refused("I201", "there is no input", "inputs", "give text, case or resource")
            return [one.input(place) for place, one in enumerate(self.inputs)]
        return [self.input(0)]

    def options(self, today: str) -> Options:
        """What the plan is made for."""
        fields = [("as_of", self.as_of or today), ("profile", self.profile), ("locale", self.locale)]
        return desk_of(fields, today).options


class AskingRead(Asking):
    """For `read`."""

    with_text: bool = Field(False, description="also give the decoded text that the places count in")


class AskingWhy(Asking):
    """For `why`."""

    id: str = Field(max_length=300, description="a short id of the plan (g1), S<n>, a statement key, or kind:id")


class AskingQuestions(Asking):
    """For `ask`."""

    everything: bool = Field(False, alias="all", description="every open question, not only the first seven")


class AskingWhatif(Asking):
    """For `whatif`."""

    changes: list[Annotated[str, Field(max_length=2000)]] = Field(
        min_length=1, max_length=100, description="name=value, as on the command line"
    )


class AskingPacket(Asking):
    """For `packet`."""

    gate: str = Field(alias="for", max_length=100, description="the gate, such as lumbar_mri")
    target: str | None = Field(None, max_length=100, description="the cause, where a gate is judged for several")
    region: str | None = Field(None, max_length=40)
    appeal: str | None = Field(None, max_length=4000, description="the reason of a refusal: adds the answer to it")


class AskingHandout(Asking):
    """For `handout`."""

    language: Literal["en-US", "en-GB", "es"] | None = Field(None, description="of the leaflet; else the locale")
