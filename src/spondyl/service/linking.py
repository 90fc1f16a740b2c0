"""Names of rules, facts, sources and claims in a page of the catalogue become links to their own pages."""

from __future__ import annotations

import re

from spondyl.knowledge import Ruleset, claims
from spondyl.render.catalogue.naming import all_rules, rule_name
from spondyl.render.catalogue.telling import DEFAULT

_TEXT = re.compile(r"(<code>)([^<]*)(</code>)|(<a [^>]*>.*?</a>|<pre>.*?</pre>|<h1.*?</h1>|<[^>]*>)|([^<]+)", re.DOTALL)
_WORD = re.compile(r"[A-Za-z][\w.]*(?:-[\w.]+)*")
_RELATIVE = re.compile(r'<a href="(?!https?:|#|/)[^"]*">(.*?)</a>')


class Linking:
    """What can be linked, in one knowledge base."""

    def __init__(self, rules: Ruleset) -> None:
        self._rules = {rule_name(kind, name) for kind, name, _ in all_rules(rules)}
        self._folders = {f"{kind}/{name}": rule_name(kind, name) for kind, name, _ in all_rules(rules)}
        self._facts = {*rules.facts, *rules.derived}
        self._sources = set(rules.evidence) - {DEFAULT}
        self._claims = {str(one["claim"]) for register in claims() for one in register["claims"]}

    def linked(self, html: str) -> str:
        """The page with its links; what is no name stays as it is. The page is escaped already, and stays so."""
        html = self.framed(_RELATIVE.sub(r"\1", html))
        for folder, name in self._folders.items():
            if folder in html:
                html = re.sub(rf"(?<![\w/]){re.escape(folder)}(?![\w/.])", name, html)
        return _TEXT.sub(self._piece, html)

    def framed(self, html: str) -> str:
        """The page with tables that can be scrolled by keyboard, and heads that say what they head."""
        frame = '<div class="wide" tabindex="0" role="group" aria-label="Table">'
        html = html.replace('<div class="wide">', frame).replace("<th></th>", "<td></td>")  # it heads nothing
        return html.replace("<th>", '<th scope="col">')

    def _piece(self, match: re.Match[str]) -> str:
        if match[1]:
            return f"{match[1]}{_WORD.sub(self._code, match[2])}{match[3]}"
        if match[4]:
            return match[4]
        return _WORD.sub(self._prose, match[5])

    def _code(self, match: re.Match[str]) -> str:
        word = match[0]
        if word in self._rules:
            return f'<a href="/knowledge/rule/{word}">{word}</a>'
        head = word.split(".")[0]
        if word in self._facts:
            return f'<a href="/knowledge/fact/{word}">{word}</a>'
        if head in self._facts:
            return f'<a href="/knowledge/fact/{head}">{word}</a>'
        return self._prose(match)

    def _prose(self, match: re.Match[str]) -> str:
        word = match[0]
        bare = word.rstrip(".")
        rest = word[len(bare) :]
        if bare in self._sources:
            return f'<a href="/knowledge/evidence/{bare}">{bare}</a>{rest}'
        if bare in self._claims:
            return f'<a href="/knowledge/claim/{bare}">{bare}</a>{rest}'
        if "." in bare and bare in self._rules:
            return f'<a href="/knowledge/rule/{bare}">{bare}</a>{rest}'
        return word
