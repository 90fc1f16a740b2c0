"""The workbench's addresses: the form comes in, the page or the parts of it that changed go out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from markupsafe import Markup

from spondyl.explain.why import why
from spondyl.knowledge.rules import PROFILES
from spondyl.render import pictures
from spondyl.service import actions
from spondyl.service.corrections import Correction
from spondyl.service.course import course_of
from spondyl.service.desk import LOCALES, Desk, desk_of, one
from spondyl.service.examples import EXAMPLES, example
from spondyl.service.forms import Fields, fields_of
from spondyl.service.marks import lit
from spondyl.service.pages import page, partial
from spondyl.service.papers import LANGUAGES
from spondyl.service.reading import reading_card
from spondyl.service.reasons import Reasons
from spondyl.service.refusing import refused
from spondyl.service.said import LABELS, label, value
from spondyl.service.screen import Screen, screen_of
from spondyl.service.settings import Settings
from spondyl.service.view import View
from spondyl.service.work import Work

NOTHING: dict[str, Any] = {
    "reason": None,
    "lit": (),
    "card": None,
    "flag": "",
    "news": "",
    "difference": None,
    "loaded": False,
    "every": False,
    "folded": True,
    "opened": "",
    "notices": (),
}


def bench_routes(work: Work, settings: Settings) -> APIRouter:
    """`/` and the parts of the page."""
    routes = APIRouter()

    def whole(desk: Desk, screen: Screen | None, **shown: Any) -> HTMLResponse:
        return page("bench.html", **{**values_of(settings, work, desk, screen), **NOTHING, **shown})

    def either(
        request: Request, part: str, target: str, desk: Desk, screen: Screen | None, **shown: Any
    ) -> HTMLResponse:
        """The part for the page that asked for it, or the whole page with it for a browser without scripts."""
        if not partial(request):
            return whole(desk, screen, **shown)
        headers = {"HX-Retarget": target, "HX-Reswap": "innerHTML"}
        return page(part, 200, headers, **{**values_of(settings, work, desk, screen), **NOTHING, **shown})

    async def posted(request: Request) -> tuple[Desk, Fields, list[tuple[str, bytes]]]:
        fields, files = await fields_of(request, settings)
        return desk_of(fields, settings.today()), fields, files

    async def planned(request: Request) -> tuple[Desk, Fields, Screen]:
        desk, fields, _ = await posted(request)
        return desk, fields, await work.do(lambda: screen_of(work, desk))

    @routes.get("/")
    async def start(name: str = "") -> Response:
        desk = desk_of([], settings.today())
        if not name:
            return whole(desk, None)
        found = example(name)
        if found is None:
            raise refused("I208", "there is no such example", "name", "choose one of the start page")
        desk = replace(desk, inputs=found.texts(), options=replace(desk.options, as_of=found.as_of))
        screen = await work.do(lambda: screen_of(work, desk))
        return whole(desk, screen)

    @routes.post("/")
    async def update(request: Request) -> Response:
        before, fields, files = await posted(request)

        def task() -> tuple[Desk, list[str], Screen | None]:
            desk, notices = actions.applied(before, fields, files, work)
            return desk, notices, None if desk.empty else screen_of(work, desk)

        desk, notices, screen = await work.do(task)
        shown: dict[str, Any] = {"loaded": desk.inputs != before.inputs or screen is None, "notices": notices}
        if screen is not None:
            shown["news"] = actions.news(screen, one(fields, "urgency_shown"))
        return either(request, "update.html", "#plan", desk, screen, **shown)

    @routes.post("/why")
    async def reason(request: Request) -> Response:
        desk, fields, screen = await planned(request)
        answer = await work.do(lambda: why(screen.made, one(fields, "why")))
        reasons = Reasons(answer, screen.words)
        shown = {"reason": answer, "reasons": reasons, "lit": lit(reasons.used(), screen.marks, screen.names)}
        return either(request, "parts/reason.html", "#reason", desk, screen, **shown)

    @routes.post("/mark")
    async def mark(request: Request) -> Response:
        desk, fields, screen = await planned(request)
        card = await work.do(lambda: reading_card(screen, one(fields, "mark")))
        if card is None:
            raise refused("I208", "these words are no longer in the note", "mark", "choose another mark")
        return either(request, "parts/card.html", "#card", desk, screen, card=card)

    @routes.post("/questions")
    async def questions(request: Request) -> Response:
        desk, fields, screen = await planned(request)
        return either(request, "parts/ask.html", "#ask", desk, screen, flag=one(fields, "flag"))

    @routes.post("/gates")
    async def gates(request: Request) -> Response:
        desk, fields, screen = await planned(request)
        shown = {"every": True, "folded": False, "opened": one(fields, "gate")}
        return either(request, "parts/gates.html", "#gates", desk, screen, **shown)

    @routes.post("/gate")
    async def gate(request: Request) -> Response:
        _, fields, screen = await planned(request)
        sheet = screen.sheet()
        known = {line["key"]: line for line in View(sheet).gates(every=True)}
        found = [known.get(value) for name, value in fields if name == "gate"]
        if not found or None in found:
            raise refused("I208", "there is no such gate", "gate", "choose one of the page")
        return page("parts/criteria_of.html", found=found, sheet=sheet, words=screen.words)

    @routes.post("/whatif")
    async def suppose(request: Request) -> Response:
        desk, fields, _ = await posted(request)

        def task() -> tuple[Desk, Screen, Any]:
            supposed = actions.supposed(desk, fields, work)
            return supposed, screen_of(work, supposed), actions.difference(supposed, work)

        desk, screen, difference = await work.do(task)
        return either(request, "parts/whatif.html", "#whatif", desk, screen, difference=difference)

    @routes.get("/facts")
    async def facts(locale: str = "en-US") -> Response:
        words = work.words(locale if locale in LOCALES else "en-US")
        pairs = sorted(((name, words.label(name)) for name in work.rules.facts), key=lambda pair: pair[1].casefold())
        return JSONResponse(pairs, headers={"cache-control": "private, max-age=3600"})

    return routes


def values_of(settings: Settings, work: Work, desk: Desk, screen: Screen | None) -> dict[str, Any]:
    """What every template may need; what is costly is made once, and only with a case."""
    words = work.words(desk.options.locale)
    values: dict[str, Any] = {
        "token": settings.page_token,
        "desk": desk,
        "screen": screen,
        "words": words,
        "record": None,
        "sheet": None,
        "view": None,
        "reasons": None,
        "spine": "",
        "timeline": "",
        "scores": "",
        "unread": "",
        "contradicted": (),
        "changes": (),
        "course": (),
        "languages": LANGUAGES,
        "packet_gates": (),
        "packet_targets": (),
        "packet_regions": (),
        "labels": LABELS,
        "assertions": [(name, words.title("assertion", name)) for name in LABELS],
        "profiles": [(name, words.title("profile", name)) for name in PROFILES],
        "locales": LOCALES,
        "lang": desk.options.locale,
        "examples": EXAMPLES,
        "knowledge_version": work.rules.version,
    }
    if screen is not None:
        sheet = screen.sheet()
        view = View(sheet)
        values |= {
            "record": screen.record,
            "sheet": sheet,
            "view": view,
            "unread": view.unread(),
            "contradicted": [one["fact"] for one in screen.record["contradictions"]],
            "changes": [_change(one, screen) for one in screen.corrections],
            "course": course_of(screen.made),
            "packet_gates": _packet_gates(screen),
            "packet_targets": _packet_targets(screen),
            "packet_regions": _packet_regions(screen),
            "spine": Markup(pictures.spine(screen.record, screen.words)),  # drawn and escaped there
            "timeline": Markup(pictures.timeline(screen.record, screen.words)),
            "scores": Markup(pictures.scores(screen.record, screen.words)),
        }
    return values


def _packet_gates(screen: Screen) -> list[tuple[str, str]]:
    """What can be asked of a payer: first what the plan offers and the pictures it recommends."""
    words, record = screen.words, screen.record
    offered = {one["gate"] for one in record["treatments"]}
    names = dict.fromkeys(str(one["gate"]) for one in record["gates"])
    ordered = sorted(names, key=lambda name: (name not in offered, words.title("gate", name).casefold()))
    return [(name, words.title("gate", name)) for name in ordered]


def _packet_targets(screen: Screen) -> list[tuple[str, str]]:
    """The causes that some gate of this plan is judged for."""
    names = dict.fromkeys(str(one["target"]) for one in screen.record["gates"] if one["target"])
    return sorted(((name, screen.words.title("generator", name)) for name in names), key=lambda one: one[1].casefold())


def _packet_regions(screen: Screen) -> list[tuple[str, str]]:
    """The regions that some gate of this plan is judged for."""
    names = dict.fromkeys(str(one["site"]["region"]) for one in screen.record["gates"] if one["site"])
    return [(name, screen.words.region(name)) for name in names]


def _change(one: Correction, screen: Screen) -> dict[str, Any]:
    words = screen.words
    shown = [value(words, fact) for fact in one.facts] or [words.fixed("unknown")]
    before = dict.fromkeys(value(words, fact) for fact in one.replaced)
    return {
        "text": one.text,
        "label": label(words, one.name),
        "after": ", ".join(shown),
        "before": ", ".join(before) if list(before) != shown else "",
        "stale": one.stale,
    }
