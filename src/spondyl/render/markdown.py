"""The plan as Markdown: the whole of what the text form shows, in tables where that helps, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.render.parts import DONE_NOW, Sheet, count, short_of

_SPECIAL = "\\`*_[]|~#"
Row = Sequence[str]


def plan_markdown(record: Mapping[str, Any], words: Words) -> str:
    """The record as Markdown."""
    lines: list[str] = []
    for part in _parts(Sheet(record, words)):
        lines += part
    return "\n".join(lines).rstrip("\n") + "\n"


def escape(text: str) -> str:
    r"""The text so that Markdown and HTML show it as it is.

    >>> print(escape("a <b> | c_d"))
    a &lt;b&gt; \| c\_d
    """
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{one}" if one in _SPECIAL else one for one in plain)


def table(head: Row, rows: Iterable[Row]) -> list[str]:
    """A table, or nothing when it has no rows."""
    listed = [f"| {' | '.join(escape(cell) for cell in row)} |" for row in rows]
    if not listed:
        return []
    return ["", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *listed]


def bullets(said: Iterable[str]) -> list[str]:
    """A list, or nothing when it is empty."""
    listed = [f"- {escape(one)}" for one in said]
    return ["", *listed] if listed else []


def _section(title: str, *parts: list[str]) -> list[str]:
    content = [line for part in parts for line in part]
    return ["", f"## {title}", *content] if content else []


def _parts(page: Sheet) -> Iterator[list[str]]:
    words, record = page.words, page.record
    yield _head(page)
    yield _section(
        words.fixed("generators_title"),
        table(("", "cause", "standing", words.fixed("for"), words.fixed("against"), "id"), _causes(page)),
        bullets([f"{words.fixed('would_change')}: {flip}" for flip in page.flips()]),
    )
    yield _section(
        words.fixed("imaging_title"), table(("order", "status", "rating", "why", "check first", "id"), _orders(page))
    )
    for title, statuses in (
        ("now_title", (*DONE_NOW, "consider")),
        ("next_title", ("not_yet",)),
        ("not_title", ("avoid",)),
    ):
        rows = [_treated(page, group) for group in page.grouped(*statuses)]
        yield _section(words.fixed(title), table(("treatment", "why", "check first", "take care", "id"), rows))
    yield _section(
        words.fixed("gates_title"), table(("intervention", "result", "met", "short", "by profile", "id"), _gates(page))
    )
    options = [
        (
            f"{words.title('revision', one['option'])} for {words.title('generator', one['for'])}",
            "; ".join(page.text(name) for name in one["benefits"]),
            "; ".join(page.text(name) for name in one["risks"]),
        )
        for one in record["revision_options"]
    ]
    yield _section(words.fixed("revision_title"), table(("option", "benefits", "risks"), options))
    referrals = [
        (
            words.title("referral", one["to"]),
            one["urgency"],
            page.text(one["statement"]),
            page.short.get(one["statement"], ""),
        )
        for one in record["referrals"]
    ]
    yield _section(words.fixed("referrals_title"), table(("to", "urgency", "why", "id"), referrals))
    yield _section(words.fixed("pitfalls_title"), bullets(_said(page, record["pitfalls"])))
    yield _section(words.fixed("outcomes_title"), bullets(_said(page, record["outcomes"])))
    yield _section(words.fixed("prognosis_better"), bullets(_said(page, record["prognosis"]["better"])))
    yield _section(words.fixed("prognosis_worse"), bullets(_said(page, record["prognosis"]["worse"])))
    yield _section(words.fixed("prevention_title"), bullets(_said(page, record["prevention"])))
    reviews = [
        (day, ", ".join(what), ", ".join(page.short.get(one, "") for one in made)) for day, what, made in page.reviews()
    ]
    yield _section(words.fixed("review_title"), table(("on", "what", "id"), reviews))
    asked = [(one["ask"], one["fact"]) for one in record["questions"][:7]]
    yield _section(words.fixed("questions_title"), table(("question", "fact"), asked))
    yield _section(words.fixed("contested_title"), table(("topic", "applied", "why", "id"), _contested(page)))
    yield _section(words.fixed("facts_title"), table(("fact", "value", "asserted", "on", "words"), _facts(page)))
    yield _section(words.fixed("evidence_title"), bullets(evidence(page)))
    yield _foot(page)


def _head(page: Sheet) -> list[str]:
    words, triage = page.words, page.record["triage"]
    urgency = triage["urgency"]
    lines = [f"# {escape(page.who())}", "", f"**{urgency.upper()}**, {escape(page.when())}. {escape(page.lead())}"]
    established = [
        (
            words.title("red_flag", one["red_flag"]),
            one["urgency"],
            words.site(one["site"]),
            page.text(one["statement"]),
            page.quoted(one["statement"]),
            page.short.get(one["statement"], ""),
        )
        for one in triage["established"]
    ]
    lines += table(("finding", "urgency", "site", "what to do", "words", "id"), established)
    opened = [
        (page.text(one["statement"]), one["urgency"], page.short.get(one["statement"], ""))
        for one in triage["not_excluded"]
    ]
    lines += table((words.fixed("not_excluded"), "if it were so", "id"), opened)
    if page.record["contradictions"]:
        names = page.labels([one["fact"] for one in page.record["contradictions"]])
        lines += ["", f"**{escape(words.fixed('contradictions_title'))}**: {escape(names)}"]
    return [*lines, "", f"**{escape(str(page.record['safety_net']))}**"]


def _causes(page: Sheet) -> Iterator[Row]:
    for one in page.record["generators"]:
        sides = ["; ".join(page.text(name) for name in one[side]) for side in ("for", "against")]
        standing = page.words.title("standing", one["standing"])
        yield str(one["rank"]), page.cause(one), standing, *sides, page.short.get(one["statement"], "")


def _orders(page: Sheet) -> Iterator[Row]:
    words = page.words
    for one in page.record["imaging"]:
        yield (
            words.title("order", one["order"]),
            words.title("imaging_status", one["status"]),
            words.title("rating", one["rating"]),
            page.reason(one, 9),
            page.labels(one["check_first"]),
            page.short.get(one["statement"], ""),
        )


def _treated(page: Sheet, group: Sequence[Mapping[str, Any]]) -> Row:
    facts = [fact for one in group for fact in one["check_first"]]
    cautions = dict.fromkeys(page.text(name) for one in group for name in one["cautions"])
    ids = [page.short.get(one["statement"], "") for one in group]
    return (
        page.treatment(group, counted=group[0]["status"] == "not_yet"),
        page.reason(group[0], 9),
        page.labels(facts),
        " ".join(cautions),
        ", ".join(ids),
    )


def _gates(page: Sheet) -> Iterator[Row]:
    words = page.words
    for one in page.record["gates"]:
        target = f" for {words.title('generator', one['target'])}" if one["target"] else ""
        site = f", {words.site(one['site'])}" if one["site"] else ""
        met, total = count(one)
        short = short_of(one)
        said = f"{short['label']}: {words.title('criterion_result', short['result'])}" if short is not None else ""
        profiles = [profile for profile, result in one["by_profile"].items() if result != one["result"]]
        differing = ", ".join(
            f"{profile} {words.title('gate_result', one['by_profile'][profile])}" for profile in profiles
        )
        because = f", {words.title('because', one['because'])}" if one["because"] else ""
        yield (
            words.title("gate", one["gate"]) + target + site,
            words.title("gate_result", one["result"]) + because,
            f"{met} of {total}",
            said,
            differing,
            page.short.get(one["statement"], ""),
        )


def _contested(page: Sheet) -> Iterator[Row]:
    for one in page.record["conflicts"]:
        yield one["topic"], page.text(one["applied"]), one["why"], page.short.get(one["applied"], "")


def _said(page: Sheet, statements: Sequence[str]) -> list[str]:
    return [page.text(one) + page.mark(one) for one in statements]


def _facts(page: Sheet) -> Iterator[Row]:
    for fact in page.record["facts"]:
        source = fact["source"]
        words = source.get("text") or source.get("path") or ", ".join(source.get("from", ()))
        yield fact["fact"], _value(fact["value"]), fact["assertion"], fact["on"] or "", words


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    if isinstance(value, Mapping):
        return f"{value.get('low')} to {value.get('high')}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def evidence(page: Sheet) -> list[str]:
    """The sources behind the statements of a record, each once, by id."""
    cited = {(one["source"], one["tier"]) for made in page.statements.values() for one in made["evidence"]}
    listed = []
    for source, tier in sorted(cited):
        known = page.words.rules.evidence.get(source)
        if known is None:
            continue
        about = [known.authors, known.title, known.journal, str(known.year) if known.year else ""]
        where = [f"PubMed {known.pmid}" if known.pmid else "", known.url or (f"doi {known.doi}" if known.doi else "")]
        said = ". ".join(part.rstrip(".") for part in [*about, *where] if part)
        listed.append(f"{source} ({tier.replace('_', ' ')}): {said}")
    return listed


def _foot(page: Sheet) -> list[str]:
    words, record = page.words, page.record
    profile = words.fixed("profile_line", profile=str(record["profile"]))
    version = words.fixed("knowledge_line", version=record["knowledge"]["version"])
    unverified = page.unverified()
    lines = ["", "---", "", f"{record['as_of']} · {escape(profile)} · {escape(version)}"]
    if unverified:
        lines += ["", escape(words.fixed("not_verified_line", ids=", ".join(unverified)))]
    return [*lines, "", escape(" ".join(str(words.table["disclaimer"]).split()))]
