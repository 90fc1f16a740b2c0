"""The JSON interface: the answers of the command line, over HTTP. Refusals are spondyl/errors/1 with their status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from fastapi import APIRouter, Response

from spondyl.intake.inputs import Input, read_inputs
from spondyl.intake.merge import merge
from spondyl.plan import Plan, plan
from spondyl.record import Case, Options, Problem, Refusal
from spondyl.service.bodies import (
    Asking,
    AskingHandout,
    AskingPacket,
    AskingQuestions,
    AskingRead,
    AskingWhatif,
    AskingWhy,
)
from spondyl.service.description import answered, refusals
from spondyl.service.refusing import refused
from spondyl.service.settings import Settings
from spondyl.service.strictly import StrictRoute
from spondyl.service.work import Work

Json = dict[str, Any]


def api_routes(work: Work, settings: Settings) -> APIRouter:
    """`POST /api/...`."""
    routes = APIRouter(prefix="/api", route_class=StrictRoute, responses=refusals(), tags=["plan"])

    async def told(task: Callable[[], Json]) -> Response:
        made = await work.do(lambda: orjson.dumps(task(), option=orjson.OPT_NON_STR_KEYS))
        return Response(made, media_type="application/json")

    def planned(asking: Asking, options: Options) -> Plan:
        return plan(work.program, _case(asking, work, options), options)

    @routes.post("/plan", summary="A case in, the decision record out", responses=answered("record"))
    async def plan_(asking: Asking) -> Response:
        options = asking.options(settings.today())
        return await told(lambda: planned(asking, options).record)

    @routes.post(
        "/read", summary="Only the facts found, each with its place in the text", responses=answered("reading")
    )
    async def read(asking: AskingRead) -> Response:
        from spondyl.intake.reading import reading

        options = asking.options(settings.today())
        one = _single(asking.given())
        return await told(lambda: reading(_case(asking, work, options), one, with_text=asking.with_text))

    @routes.post("/why", summary="The full reason of one statement, gate, flag or generator", responses=answered("why"))
    async def why_(asking: AskingWhy) -> Response:
        from spondyl.explain.why import why

        options = asking.options(settings.today())
        return await told(lambda: why(planned(asking, options), asking.id))

    @routes.post(
        "/ask",
        summary="The questions whose answers would change the plan, most useful first",
        responses=answered("ask"),
    )
    async def ask(asking: AskingQuestions) -> Response:
        from spondyl.plan.ask import asked

        options = asking.options(settings.today())
        return await told(lambda: asked(planned(asking, options), everything=asking.everything))

    @routes.post(
        "/whatif", summary="The plan before and after some changes, as a difference", responses=answered("whatif")
    )
    async def whatif_(asking: AskingWhatif) -> Response:
        from spondyl.intake.changes import read_changes
        from spondyl.plan.whatif import whatif

        options = asking.options(settings.today())

        def task() -> Json:
            case = _case(asking, work, options)
            changes = read_changes(asking.changes, work.rules, options.as_of, case)
            return whatif(work.program, case, options, changes)

        return await told(task)

    @routes.post(
        "/packet",
        summary="The prior-authorization packet for one gate, or the answer to a refusal",
        responses=answered("packet"),
    )
    async def packet_(asking: AskingPacket) -> Response:
        from spondyl.render.documents import packet

        options = asking.options(settings.today())

        def task() -> Json:
            case = _case(asking, work, options)
            made = plan(work.program, case, options)
            return packet(
                made.record, made.words, asking.gate, target=asking.target, region=asking.region, appeal=asking.appeal,
                texts=case.texts, plan=made,
            )  # fmt: skip

        return await told(task)

    @routes.post(
        "/handout", summary="The patient's leaflet, to be handed over by the clinician", responses=answered("leaflet")
    )
    async def handout(asking: AskingHandout) -> Response:
        from spondyl.render.documents import leaflet

        options = asking.options(settings.today())

        def task() -> Json:
            made = planned(asking, options)
            return leaflet(made.record, made.words, asking.language or options.locale)

        return await told(task)

    return routes


def _case(asking: Asking, work: Work, options: Options) -> Case:
    """One case from all inputs. Raises Refusal with every problem of every input."""
    cases: list[Case] = []
    problems: list[Problem] = []
    names: set[str] = set()
    for one, kind in asking.given():
        name = one.name
        count = 1
        while name in names:
            count += 1
            name = f"{one.name}#{count}"
        names.add(name)
        try:
            cases.append(read_inputs([Input(name, one.content)], work.rules, options.as_of, kind))
        except Refusal as refusal:
            problems.extend(refusal.problems)
    if problems:
        raise Refusal(problems)
    return merge(cases) if len(cases) > 1 else cases[0]


def _single(given: list[tuple[Input, str | None]]) -> Input:
    if len(given) != 1:
        raise refused("I201", "one input is read at a time", "inputs", "give one note")
    return given[0][0]
