"""The knowledge base as pages: each rule, fact, number, source, conflict, claim and flowchart has an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from spondyl.knowledge import Ruleset, cases, claims
from spondyl.render.catalogue import flow
from spondyl.render.catalogue.claims import claim_page, claims_list, claims_page
from spondyl.render.catalogue.forms import to_body
from spondyl.render.catalogue.naming import PLURAL, all_rules, rule_name
from spondyl.render.catalogue.overview import MORE, numbers, overview_page
from spondyl.render.catalogue.rules import KINDS
from spondyl.render.catalogue.single import rule_page
from spondyl.render.catalogue.sources import citations, one_source, thresholds_page
from spondyl.render.catalogue.telling import Catalogue
from spondyl.render.catalogue.vocabulary import one_fact
from spondyl.service.linking import Linking
from spondyl.service.pages import page
from spondyl.service.refusing import refused
from spondyl.service.settings import Settings
from spondyl.service.work import Work

_FENCE = re.compile(r"## Pathway\n+```.*?```\n?", re.DOTALL)
_SHELVES = (
    ("rules", "Rules", "red flags, causes, gates, imaging, treatments and what else is said"),
    ("facts", "Facts", "what can be recorded, how it is asked, how long it holds"),
    ("thresholds", "Thresholds", "every number, by guideline and payer"),
    ("evidence", "Evidence", "every source, what it was seen to show, how far it was read"),
    ("conflicts", "Conflicts", "where sources disagree, what is applied and why"),
    ("claims", "Claims", "what became of each claim of the source documents"),
    ("flowcharts", "Flowcharts", "what is asked in which order, drawn from the rules"),
)
_TITLES = {name: title for name, title, _ in _SHELVES}
Made = tuple[str, str, tuple[tuple[str, str], ...]]


class Library:
    """The pages of one knowledge base; each is made once and kept, for there are only so many."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.catalogue = Catalogue(rules)
        self.words = self.catalogue.words
        self.links = Linking(rules)
        self._made: dict[tuple[str, str], Made | None] = {}

    @cached_property
    def _cases(self) -> Mapping[str, Any]:
        return cases()  # read once: it is most of the time of a page

    @cached_property
    def _claimed(self) -> Sequence[Any]:
        return claims()

    def made(self, shelf: str, name: str) -> Made | None:
        """A page: title, HTML, and the way to it. None when there is none."""
        key = (shelf, name)
        if key not in self._made:
            maker: Callable[[str], Made | None] | None = getattr(self, f"_{shelf}", None)
            found = maker(name) if maker is not None else None
            if found is None:
                return None  # names that do not exist are not kept
            self._made[key] = found
        return self._made[key]

    def _page(self, title: str, markdown: str, *way: tuple[str, str], after: str = "") -> Made:
        """Markdown of the catalogue as a page; its own heading is left out, the title takes its place."""
        body = re.sub(r"^(?:<!--.*?-->\s*)?#{1,3} .*\n", "", markdown.lstrip(), count=1)
        return title, self.links.linked(to_body(body)) + after, (("Knowledge", "/knowledge"), *way)

    def _index(self, title: str, says: str, groups: Iterable[tuple[str, Iterable[tuple[str, str, str]]]]) -> Made:
        """A page of links: groups of (address, title, name)."""
        parts = [f"<p>{escape(says)}</p>"]
        for head, entries in groups:
            listed = [
                f'<li><a href="{escape(to)}">{escape(text)}</a> <code>{escape(name)}</code></li>'
                for to, text, name in entries
            ]
            if listed:
                parts.append(f"<h2>{escape(head)}</h2><ul class=index>{''.join(listed)}</ul>")
        return title, "\n".join(parts), (("Knowledge", "/knowledge"),)

    # ---- the shelves; each method is named for its address

    def _start(self, _: str) -> Made:
        told = numbers(self.rules, self._cases, self._claimed)
        tiers = self.rules.tables["wording"]["values"]["titles"]["tier"]
        cards = "".join(
            f'<li><a href="/knowledge/{name}"><b>{title}</b><span>{says}</span></a></li>'
            for name, title, says in _SHELVES
        )
        body = to_body(overview_page(told, tiers).replace(MORE, "").partition("\n")[2])
        return "The knowledge base", f"<ul class=cards>{cards}</ul>{self.links.framed(body)}", ()

    def _rules(self, _: str) -> Made:
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for kind, name, rule in all_rules(self.rules):
            if kind != "conflicts":
                title = str(getattr(rule, "title", "") or self.words.title(PLURAL.get(kind, kind), name))
                full = rule_name(kind, name)
                groups.setdefault(kind, []).append((f"/knowledge/rule/{full}", title, full))
        shown = [(title, sorted(groups.get(kind, ()), key=lambda one: one[1].casefold())) for kind, title in KINDS]
        return self._index("Rules", "What the program concludes, from what, and what that rests on.", shown)

    def _rule(self, name: str) -> Made | None:
        kind, _, rest = name.partition(".")
        plural = PLURAL.get(kind)
        if kind == "fact":
            return self._fact(rest)
        if rest.startswith("_device_gate."):
            return self._device(rest)
        known = {one: rule for found, one, rule in all_rules(self.rules) if found == plural}
        if plural is None or rest not in known:
            return None
        listed = self._cases.get(plural, {}).get(rest, [])
        markdown = _FENCE.sub("", rule_page(self.catalogue, plural, rest, listed))
        drawn = flow.pathways(self.catalogue).get(name)
        after = ""
        if drawn is not None:
            after = "<h2>Flowchart</h2>" + self.links.linked(flow.to_list(drawn()).replace("<h1>", "<p><b>", 1)
                                                             .replace("</h1>", "</b></p>", 1))  # fmt: skip
        title = str(getattr(known[rest], "title", "") or getattr(known[rest], "topic", "") or name)
        shelf = "conflicts" if plural == "conflicts" else "rules"
        return self._page(title, markdown, (_TITLES[shelf], f"/knowledge/{shelf}"), after=after)

    def _device(self, name: str) -> Made | None:
        gate: Mapping[str, Any] = self.rules.tables["device_gate"]
        for group in ("mri", "contrast", "radiation"):
            for entry in gate[group]:
                if f"_device_gate.{entry['id']}" == name:
                    rows = "".join(
                        f"<dt>{escape(str(key).replace('_', ' '))}</dt><dd>{escape(_flat(value))}</dd>"
                        for key, value in entry.items()
                    )
                    way = (("Knowledge", "/knowledge"), ("Rules", "/knowledge/rules"))
                    return f"Before any {group}: {entry['id'].replace('_', ' ')}", f"<dl class=facts>{rows}</dl>", way
        return None

    def _facts(self, _: str) -> Made:
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for name, entry in self.rules.facts.items():
            groups.setdefault(entry.group, []).append((f"/knowledge/fact/{name}", self.words.label(name), name))
        shown = [(title, groups.get(group, [])) for group, title in self.catalogue.groups.items()]
        derived = [(f"/knowledge/fact/{name}", self.words.label(name), name) for name in sorted(self.rules.derived)]
        return self._index(
            "Facts", "What can be recorded, and what is computed from it.", [*shown, ("Computed", derived)]
        )

    def _fact(self, name: str) -> Made | None:
        known = (*self.rules.facts, *self.rules.derived)
        head = name if name in known else name.split(".")[0]
        if head not in known:
            return None
        pattern = re.compile(rf"(?<![\w.]){re.escape(head)}(?![\w.])")
        reading = {".".join(path.split(".")[:2]) for path, text in self.rules.texts.items() if pattern.search(text)}
        told = one_fact(self.catalogue, head)
        told += "\nRead by: " + (", ".join(f"`{one}`" for one in sorted(reading)) or "nothing") + ".\n"
        label = self.words.label(head)
        return self._page(label[:1].upper() + label[1:], told, ("Facts", "/knowledge/facts"))

    def _thresholds(self, _: str) -> Made:
        return self._page(
            "Thresholds", re.sub(r"\s*A site writes[^\n]*\n[^\n]*\.md\)\.", "", thresholds_page(self.catalogue))
        )

    def _evidence(self, name: str) -> Made | None:
        if name:
            one = self.rules.evidence.get(name)
            if one is None:
                return None
            told = one_source(self.catalogue, one, citations(self.rules).get(name, []))
            return self._page(name, told, ("Evidence", "/knowledge/evidence"))
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for one in self.rules.evidence.values():
            year = f", {one.year}" if one.year else ""
            groups.setdefault(one.tier, []).append((f"/knowledge/evidence/{one.id}", f"{one.title}{year}", one.id))
        shown = [(self.words.title("tier", tier).capitalize(), listed) for tier, listed in groups.items()]
        return self._index("Evidence", "What each source was seen to show. A rule may cite it only for that.", shown)

    def _conflicts(self, _: str) -> Made:
        listed = [(f"/knowledge/rule/conflict.{name}", one.topic, name) for name, one in self.rules.conflicts.items()]
        return self._index(
            "Conflicts", "Where sources disagree. A plan names those that touch the case.", [("All", listed)]
        )

    def _claims(self, _: str) -> Made:
        return self._page("Claims", claims_page(self.rules, self._claimed))

    def _claim(self, name: str) -> Made | None:
        found = next((one for one in claims_list(self.rules, self._claimed) if one["claim"] == name), None)
        return None if found is None else self._page(name, claim_page(found), ("Claims", "/knowledge/claims"))

    def _flowcharts(self, _: str) -> Made:
        entries: dict[str, list[tuple[str, str, str]]] = {}
        for name in flow.pathways(self.catalogue):
            kind, dot, rest = name.partition(".")
            title = self.words.title(kind, rest) if dot else name
            head = {"gate": "Gates", "red_flag": "Red flags", "generator": "Generators"}.get(kind, "The whole")
            entries.setdefault(head, []).append((f"/knowledge/flowchart/{name}", title, name))
        return self._index("Flowcharts", "Drawn from the rules themselves.", entries.items())

    def _flowchart(self, name: str) -> Made | None:
        drawn = flow.pathways(self.catalogue).get(name)
        if drawn is None:
            return None
        made = drawn()
        body = re.sub(r"<h1>.*?</h1>", "", flow.to_list(made), count=1)
        way = (("Knowledge", "/knowledge"), ("Flowcharts", "/knowledge/flowcharts"))
        return made.title, self.links.linked(body), way


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value["t"]) if "t" in value else ", ".join(f"{name}: {_flat(one)}" for name, one in value.items())
    return ", ".join(_flat(one) for one in value) if isinstance(value, list | tuple) else str(value)


def library_routes(work: Work, settings: Settings) -> APIRouter:
    """`/knowledge` and everything below it. No page has a patient's value, so that they are plain addresses."""
    routes = APIRouter()
    library = Library(work.rules)

    async def shown(shelf: str, name: str = "") -> Response:
        made = await work.do(lambda: library.made(shelf, name))
        if made is None:
            raise refused("I208", "the knowledge base has no such entry", "address", "look for it at /knowledge")
        title, body, way = made
        return page(
            "library.html", title=title, body=Markup(body), way=way, here="knowledge",  # escaped above
            knowledge_version=work.rules.version,
        )  # fmt: skip

    @routes.get("/knowledge")
    async def start() -> Response:
        return await shown("start")

    @routes.get("/knowledge/{shelf}")
    async def whole(request: Request, shelf: str) -> Response:
        if shelf not in _TITLES:
            raise refused("I208", "the knowledge base has no such part", "address", "look for it at /knowledge")
        return await shown(shelf)

    @routes.get("/knowledge/{shelf}/{name:path}")
    async def single(shelf: str, name: str) -> Response:
        known = ("rule", "fact", "evidence", "claim", "flowchart")
        return await shown(shelf if shelf in known else "", name)

    return routes
