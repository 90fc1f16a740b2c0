"""`spondyl knowledge show`: the knowledge base read out as text, Markdown, HTML or JSON. It judges nobody."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.cli.streams import give, site_of
from spondyl.cli.usage import WrongUsageError
from spondyl.knowledge import cases, claims, load
from spondyl.render.catalogue import flow
from spondyl.render.catalogue.claims import claim_page, claims_list, claims_page
from spondyl.render.catalogue.data import plain, rule_data
from spondyl.render.catalogue.forms import to_html, to_text
from spondyl.render.catalogue.naming import PLURAL, SINGULAR, all_rules, rule_name
from spondyl.render.catalogue.overview import numbers, overview_page
from spondyl.render.catalogue.rules import kind_page, listed, rules_page
from spondyl.render.catalogue.single import rule_page
from spondyl.render.catalogue.sources import (
    citations,
    conflicts_page,
    evidence_page,
    one_source,
    thresholds_page,
    used_by,
)
from spondyl.render.catalogue.telling import Catalogue, names
from spondyl.render.catalogue.vocabulary import facts_page, one_fact

WHATS = (*SINGULAR, "overview", "rules", "facts", "thresholds", "evidence", "claims", "pathways")
# A page as Markdown, and the same as data.
Shown = tuple[str, Any]


def show(settings: Namespace) -> int:
    """Reads out what is wanted; always 0."""
    page = Catalogue(load(site_of(settings.site)))
    what, one = _wanted(page, settings.what or "overview", settings.id)
    drawn = _flow(page, one) if what == "pathways" and one is not None else None
    if drawn is not None:
        text = _drawn(drawn, settings.format)
    else:
        markdown, data = _shown(page, what, one)
        pathway = flow.pathways(page).get(rule_name(what, one)) if what in SINGULAR and one is not None else None
        text = _form(markdown, data, settings.format, pathway() if pathway is not None else None)
    give(text, settings.output)
    return 0


_MERMAID = re.compile(r"## Pathway\n+```mermaid\n.*?```\n", re.DOTALL)


def _form(markdown: str, data: Any, form: str, drawn: flow.Flow | None) -> str:
    """A page in one of the forms; only Markdown can draw a Mermaid chart, the others get it as lists."""
    if form == "json":
        return _json(data)
    markdown = re.sub(r"\n{3,}", "\n\n", re.sub(r"<!--.*?-->\n*", "", markdown, flags=re.DOTALL)).strip() + "\n"
    if form == "md":
        return markdown
    title = markdown.partition("\n")[0].lstrip("# ")
    markdown = _MERMAID.sub("", markdown)
    if form == "html":
        extra = "" if drawn is None else flow.to_list(drawn).replace("<h1>", "<h2>Pathway: ").replace("</h1>", "</h2>")
        return to_html(markdown, title, extra)
    return to_text(markdown) + ("" if drawn is None else f"\nPathway: {flow.to_lines(drawn)}")


def _drawn(drawn: flow.Flow, form: str) -> str:
    if form == "json":
        return _json(flow.as_json(drawn))
    if form == "md":
        return flow.to_markdown(drawn)
    return to_html("", drawn.title, flow.to_list(drawn)) if form == "html" else flow.to_lines(drawn)


def _json(data: Any) -> str:
    import orjson

    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n"


def _wanted(page: Catalogue, what: str, one: str | None) -> tuple[str, str | None]:
    """What was typed as a kind and an id: `gates nsaid`, `gate.nsaid` and `gate:nsaid` are the same rule."""
    kind, mark, name = what.replace(":", ".", 1).partition(".")
    if mark and kind in PLURAL and one is None:
        what, one = PLURAL[kind], name
    what = PLURAL.get(what, what)
    if what == "rules" and one is not None:
        found = [(kind, name) for kind, name, _ in all_rules(page.rules) if one in (name, rule_name(kind, name))]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            several = ", ".join(rule_name(kind, name) for kind, name in found)
            raise WrongUsageError("I101", "several rules have this name", "id", f"name one: {several}")
        raise _unknown(one, "rules", [name for _, name, _ in all_rules(page.rules)])
    if what not in WHATS:
        raise _unknown(what, "what to show", WHATS)
    return what, one


def _unknown(word: str, where: str, known: Sequence[str]) -> WrongUsageError:
    import difflib

    near = difflib.get_close_matches(word, known, n=1)
    remedy = f"did you mean {near[0]}?" if near else f"one of {', '.join(known[:24])}"
    return WrongUsageError("I103", "there is no such entry in the knowledge base", where, remedy)


def _shown(page: Catalogue, what: str, one: str | None) -> Shown:
    rules = page.rules
    if what == "overview":
        told = numbers(rules, cases(), claims())
        return overview_page(told, rules.tables["wording"]["values"]["titles"]["tier"]), told
    if what == "claims":
        return _claims(page, one)
    if what == "pathways":
        return _pathways(page)
    if what == "evidence":
        return _evidence(page, one)
    if what == "facts":
        return _facts(page, one)
    if what == "thresholds":
        return _thresholds(page, one)
    if what == "rules":
        by_kind = {kind: [_data(page, kind, name) for name in listed(page, kind)] for kind in SINGULAR}
        return rules_page(page), by_kind
    return _rules(page, what, one)


def _rules(page: Catalogue, kind: str, one: str | None) -> Shown:
    known = listed(page, kind)
    if one is None:
        whole = conflicts_page(page) if kind == "conflicts" else kind_page(page, kind)
        return whole, [_data(page, kind, name) for name in known]
    if one not in known:
        raise _unknown(one, kind, list(known))
    return rule_page(page, kind, one, _cases(kind, one)), _data(page, kind, one)


def _data(page: Catalogue, kind: str, name: str) -> dict[str, Any]:
    return rule_data(page, kind, listed(page, kind)[name], _cases(kind, name))


def _cases(kind: str, name: str) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = cases().get(kind, {}).get(name, [])
    return found


def _claims(page: Catalogue, one: str | None) -> Shown:
    told = claims_list(page.rules, claims())
    if one is None:
        return claims_page(page.rules, claims()), told
    found = [claim for claim in told if one in (claim["claim"], claim["claim"].partition("-")[0])]
    if not found:
        raise _unknown(one, "claims", [claim["claim"] for claim in told])
    if one == found[0]["claim"]:
        return claim_page(found[0]), found[0]
    chosen = [register for register in claims() if register["document"] == one]
    return claims_page(page.rules, chosen), found


def _pathways(page: Catalogue) -> Shown:
    known = list(flow.pathways(page))
    lines = "\n".join(f"- `{name}`" for name in known)
    return f"# Pathways\n\nShow one with `spondyl knowledge show pathways NAME`.\n\n{lines}\n", known


def _flow(page: Catalogue, one: str) -> flow.Flow:
    known = flow.pathways(page)
    name = one.replace(":", ".", 1)
    for candidate in (name, f"gate.{name}", f"red_flag.{name}", f"generator.{name}"):
        if candidate in known:
            return known[candidate]()
    raise _unknown(one, "pathways", list(known))


def _evidence(page: Catalogue, one: str | None) -> Shown:
    where = citations(page.rules)
    if one is None:
        told = [
            {**plain(page, source), "cited_by": where.get(name, [])} for name, source in page.rules.evidence.items()
        ]
        return evidence_page(page), told
    if one not in page.rules.evidence:
        raise _unknown(one, "evidence", list(page.rules.evidence))
    source, cited = page.rules.evidence[one], where.get(one, [])
    return one_source(page, source, cited).replace("### ", "# ", 1), {**plain(page, source), "cited_by": cited}


def _facts(page: Catalogue, one: str | None) -> Shown:
    base = page.rules.facts
    if one is None:
        derived = [plain(page, entry) for entry in page.rules.derived.values()]
        return facts_page(page), {"facts": [plain(page, entry) for entry in base.values()], "derived": derived}
    if one not in base and one not in page.rules.derived:
        raise _unknown(one, "facts", [*base, *page.rules.derived])
    entry: Any = base[one] if one in base else page.rules.derived[one]
    used = sorted({".".join(path.split(".")[:2]) for path, text in page.rules.texts.items() if _reads(text, one)})
    return f"{one_fact(page, one)}\nRead by: {names(used) or 'nothing'}.\n", {**plain(page, entry), "read_by": used}


def _reads(text: str, fact: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(fact)}(?![\w.])", text) is not None


def _thresholds(page: Catalogue, one: str | None) -> Shown:
    where = used_by(page.rules)
    if one is None:
        told = [{**plain(page, entry), "used_by": where[name]} for name, entry in page.rules.thresholds.items()]
        return thresholds_page(page), told
    entry = page.rules.thresholds.get(one)
    if entry is None:
        raise _unknown(one, "thresholds", list(page.rules.thresholds))
    rows = "\n".join(
        f"- `{profile}`: {number:g} {entry.unit or ''}, {entry.sources.get(profile, 'expert default, not verified')}"
        for profile, number in entry.values.items()
    )
    text = f"# {entry.id}\n\n{entry.title}.\n\n{rows}\n\nUsed by: {names(where[one])}.\n"
    return text, {**plain(page, entry), "used_by": where[one]}
