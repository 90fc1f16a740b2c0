"""The rules of axe on a page as it is now, in the light and in the dark."""

from __future__ import annotations

from typing import Any

from browser.watched import AXE

# In the dark only what colors can change is looked at again.
ONLY_COLORS = {"runOnly": ["color-contrast", "link-in-text-block"]}
RUN = """async ([where, only]) => {
    const told = await axe.run(where, {resultTypes: ["violations"], preload: false, ...only});
    const node = one => `${one.target} ${one.html.slice(0, 160)}`;
    return told.violations.map(one => `${one.id}: ${one.nodes.map(node).join(" | ")}`);
}"""


def violations(page: Any, dark: bool = True, changed: str = "body") -> list[str]:
    """What axe finds, in words that say where; in the dark within what changed. The page is light before and after."""
    if not page.evaluate("!!window.axe"):
        page.context.add_init_script(path=AXE)
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, ["html", {}])
    if dark:
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in page.evaluate(RUN, [changed, ONLY_COLORS])]
        page.emulate_media(color_scheme="light")
    return list(found)
