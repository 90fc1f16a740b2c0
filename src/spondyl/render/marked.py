"""A reading as one HTML page that stands alone: the note with its facts marked, and beside it the list of them.

No script, no request, everything escaped. It shows what was read; it never decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from spondyl.explain import Words
from spondyl.render.marked_text import LABELS, Span, marked, shown
from spondyl.render.marked_words import by_group, group_title, name_of, value_of

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE: Final = """
:root { color-scheme: light dark; --line: #8888; --ink: #1b1b1b; --page: #fff;
  --present: #0b57a4; --negated: #5b5b5b; --uncertain: #8a4b00; --past: #5d3a9b; --ahead: #00695c; --unread: #b00020; }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --page: #161616; --present: #8cc2ff; --negated: #b9b9b9;
  --uncertain: #ffb866; --past: #cbb2ff; --ahead: #7fdccf; --unread: #ff8a94; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.2rem 0 .4rem; }
h3 { font-size: .95rem; margin: 1rem 0 .2rem; }
p { margin: .3rem 0; } ul { list-style: none; margin: 0; padding: 0; }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; border: 1px solid var(--line); padding: .5rem .7rem; }
.sheet { display: grid; gap: 0 2rem; }
@media (min-width: 62rem) { .sheet { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); align-items: start; } }
.text { white-space: pre-wrap; border: 1px solid var(--line); padding: .8rem; line-height: 1.9; tab-size: 4;
  unicode-bidi: isolate; }
mark { background: none; color: inherit; }
mark a { color: inherit; text-decoration-skip-ink: none; text-underline-offset: .22em; }
.present :is(a, .how) { text-decoration: underline solid 2px var(--present); }
.negated :is(a, .how) { text-decoration: underline double 1px var(--negated); }
.uncertain :is(a, .how) { text-decoration: underline wavy 1px var(--uncertain); }
.historical :is(a, .how) { text-decoration: underline dotted 2px var(--past); }
.planned :is(a, .how) { text-decoration: underline dashed 2px var(--ahead); }
.hypothetical :is(a, .how) { text-decoration: underline dashed 1px var(--ahead); }
.family :is(a, .how) { text-decoration: overline dotted 2px var(--past); }
.unread :is(a, .how) { text-decoration: none; border: 1px dashed var(--unread); padding: 0 .1em; }
.label { white-space: nowrap; font: 700 .68rem/1.2 system-ui, sans-serif; padding: 0 .25em;
  margin-right: .25em; border: 1px solid currentcolor; border-radius: .25em; vertical-align: .25em; }
.negated .label { color: var(--negated); } .uncertain .label { color: var(--uncertain); }
.historical .label, .family .label { color: var(--past); }
.planned .label, .hypothetical .label { color: var(--ahead); }
.unread .label { color: var(--unread); }
.label, .sign { user-select: none; }
.sign { font: .7rem/1 ui-monospace, monospace; border: 1px dotted currentcolor; padding: 0 .15em; }
li { padding: .15rem 0 .15rem .4rem; border-bottom: 1px solid var(--line); }
.key li { border: 0; padding: 0; }
li > a { color: inherit; } q { font-style: italic; } .place { font-size: .85rem; opacity: .85; white-space: nowrap; }
.alarm { border-left: .4rem solid var(--unread); padding: .3rem .7rem; margin: .8rem 0; }
:target { outline: 3px solid var(--present); outline-offset: 2px; }
a:focus-visible { outline: 3px solid var(--uncertain); }
footer { margin-top: 2rem; font-size: .85rem; }
@media print { body { max-width: none; font-size: 10pt; color: #000; background: #fff; }
  .text { border: 0; padding: 0; }
  .sheet { display: block; } li, .key { break-inside: avoid; } h2, h3 { break-after: avoid; } }
"""
_MEANT: Final = {
    "present": "present",
    "negated": "negated",
    "uncertain": "uncertain",
    "historical": "historical",
    "planned": "planned",
    "hypothetical": "hypothetical: if it happens",
    "family": "a relative's",
    "unread": "looks clinical, was not understood",
}


def marked_page(answer: Mapping[str, Any], words: Words) -> str:
    """The page of a reading; the reading carries its text. The words are those of the locale."""
    title = escape(f"What was read: {answer['name']}")
    return (
        f'<!doctype html>\n<html lang="{escape(words.locale)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(_body(answer, words, title))
        + "\n</body>\n</html>\n"
    )


def _body(answer: Mapping[str, Any], words: Words, title: str) -> Iterator[str]:
    facts, unread = answer["facts"], answer["unread"]
    written = answer["written_on"] or words.fixed("not_recorded")
    yield f"<header>\n<h1>{title}</h1>"
    yield (
        f"<p>Written on {escape(str(written))} · {_count(len(facts), 'fact')} · "
        f'<a href="#unread">{_count(len(unread), "passage")} not understood</a>. Nothing is decided here.</p>'
    )
    yield "</header>\n<main>"
    if answer.get("not_read"):
        items = "".join(f"<li>{shown(str(what))}</li>" for what in answer["not_read"])
        yield f'<section class="alarm" aria-labelledby="left"><h2 id="left">Not read</h2><ul>{items}</ul></section>'
    yield '<section aria-labelledby="key"><h2 id="key">How to read the marks</h2>'
    yield f'<ul class="key">{"".join(_key(facts, unread))}</ul></section>'
    yield '<div class="sheet">\n<section aria-labelledby="note"><h2 id="note">The note</h2>'
    yield f'<div class="text">{"".join(marked(str(answer["text"]), _spans(facts, unread)))}</div></section>'
    yield '<section aria-labelledby="list"><h2 id="list">Facts</h2>'
    for group, listed in by_group(facts, words).items():
        yield f"<h3>{escape(group_title(group, words))}</h3>\n<ul>"
        yield from (_fact(number, fact, words) for number, fact in listed)
        yield "</ul>"
    if not facts:
        yield "<p>None.</p>"
    yield '<h2 id="unread">Not understood</h2>'
    yield f"<ul>{''.join(_unread(number, one) for number, one in enumerate(unread))}</ul>" if unread else "<p>None.</p>"
    yield "</section>\n</div>\n</main>"
    yield f"<footer>SHA-256 of the text: {escape(answer['text_sha256'])}</footer>"


def _spans(facts: list[Mapping[str, Any]], unread: list[Mapping[str, Any]]) -> list[Span]:
    spans = [
        Span(fact["source"]["start"], fact["source"]["end"], fact["assertion"], f"f{number}")
        for number, fact in enumerate(facts)
        if "start" in fact["source"]
    ]
    return spans + [Span(one["start"], one["end"], "unread", f"u{number}") for number, one in enumerate(unread)]


def _key(facts: list[Mapping[str, Any]], unread: list[Mapping[str, Any]]) -> Iterator[str]:
    """The marks that occur on this page."""
    used = {fact["assertion"] for fact in facts} | ({"unread"} if unread else set())
    for kind, meant in _MEANT.items():
        if kind in used:
            label = f'<span class="label">{LABELS[kind]}</span>' if LABELS[kind] else ""
            yield f'<li class="{kind}">{label}<span class="how">{escape(meant)}</span></li>'


def _fact(number: int, fact: Mapping[str, Any], words: Words) -> str:
    name, value = name_of(fact["fact"], words), value_of(fact["fact"], fact["value"], words)
    said = escape(f"{name}: {value}" if value else name)
    label = LABELS[fact["assertion"]]
    tag = f'<span class="label">{label}</span>' if label else ""
    on = f" ({escape(str(fact['on']))})" if fact["on"] else ""
    source = fact["source"]
    if "start" not in source:
        return f'<li id="f{number}" class="{fact["assertion"]}">{tag}{said}{on} {_place(source)}</li>'
    return (
        f'<li id="f{number}" class="{fact["assertion"]}">{tag}<a href="#p{source["start"]}">{said}</a>{on} '
        f"<q>{shown(_one_line(source['text']))}</q> {_place(source)}</li>"
    )


def _unread(number: int, one: Mapping[str, Any]) -> str:
    return (
        f'<li id="u{number}" class="unread"><a href="#p{one["start"]}">{shown(_one_line(one["text"]))}</a> '
        f"({escape(one['why'])}) {_place(one)}</li>"
    )


def _place(source: Mapping[str, Any]) -> str:
    locator = source.get("locator") or source.get("path")
    return f'<span class="place">{shown(str(locator))}</span>' if locator else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
