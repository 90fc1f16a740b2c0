"""How documents look: on a screen, in the dark, on paper. All rules stand under `.doc`, so that a page can hold one."""

from __future__ import annotations

_WIDTHS = (4, 5, 6, 8, 10, 12, 14, 15, 16, 18, 20, 22, 24, 25, 26, 28, 30, 32, 34, 35, 36, 38, 40, 42, 44, 45, 50, 60)
_COLUMNS = "\n".join(f".doc col.c{width} {{ width: {width}%; }}" for width in _WIDTHS)

STYLE = f"""
:root {{ color-scheme: light dark; }}
.doc {{ font: 16px/1.45 "DejaVu Sans", "Liberation Sans", Arial, sans-serif; max-width: 62rem; margin: 0 auto; }}
.doc h1 {{ font-size: 1.45em; line-height: 1.2; margin: 0 0 .5em; }}
.doc h2 {{ font-size: 1.1em; margin: 1.5em 0 .4em; padding-bottom: .15em; border-bottom: 1px solid; }}
.doc h3 {{ font-size: 1em; margin: 1em 0 .3em; }}
.doc p {{ margin: .4em 0; }}
.doc ul, .doc ol {{ margin: .4em 0; padding-left: 1.4em; }}
.doc li {{ margin: .2em 0; }}
.doc ul.boxes {{ list-style: none; padding-left: .2em; }}
.doc ul.boxes li {{ padding-left: 1.7em; text-indent: -1.7em; }}
.doc ul.boxes li::before {{ content: "☐"; display: inline-block; width: 1.7em; text-indent: 0; }}
.doc ul.signs {{ columns: 2 17em; column-gap: 1.5em; }}
.doc nav ul {{ columns: 2 15em; list-style: none; padding-left: 0; }}
.doc nav a {{ color: inherit; }}
.doc ul.fine {{ font-size: .75em; list-style: none; padding-left: 0; columns: 2 20em; column-gap: 2em; }}
.doc ul.fine li {{ overflow-wrap: anywhere; break-inside: avoid; }}
.doc .soft, .doc .small, .doc .id {{ opacity: .8; }}
.doc .small, .doc .id {{ font-size: .85em; }}
.doc .lead {{ font-weight: bold; }}
.doc .section {{ font-weight: bold; margin-top: .9em; }}
.doc .warn {{ border: 2px solid; padding: .4em .7em; font-weight: bold; }}
.doc q {{ quotes: "“" "”"; font-style: italic; }}
.doc .mark {{ font-weight: bold; white-space: nowrap; }}
.doc .banner {{ border: 1px solid; border-left: .6em solid; padding: .5em .9em; margin: .7em 0; }}
.doc .banner.emergency, .doc .banner.urgent {{ border-width: 3px; border-left-width: 1.1em; }}
.doc .banner.emergency {{ border-color: #b00020; }}
.doc .banner.urgent {{ border-color: #a65a00; }}
.doc .wide {{ overflow-x: auto; }}
.doc table {{ border-collapse: collapse; width: 100%; font-size: .9em; margin: .4em 0; }}
.doc caption {{ text-align: left; font-weight: bold; padding: .3em 0; }}
.doc th, .doc td {{ border: 1px solid #8889; padding: .3em .5em; text-align: left; vertical-align: top; }}
.doc tbody th {{ font-weight: normal; }}
.doc thead th {{ border-bottom: 2px solid; }}
.doc table.pairs th, .doc table.pairs td {{ border: 0; padding: .1em .8em .1em 0; }}
.doc table.pairs th {{ width: 12.5em; font-weight: bold; }}
.doc figure.picture {{ margin: .8em 0; }}
.doc figure.picture svg, .doc figure.picture img {{ max-width: 100%; height: auto; display: block; }}
.doc figcaption {{ font-weight: bold; margin-bottom: .3em; }}
.doc-patient {{ font-size: 19px; max-width: 44rem; }}
.doc-patient .banner {{ border-width: 3px; border-left-width: .7em; font-size: 1.05em; }}
.doc .leaflet-help {{ border: 3px solid; padding: .1em .9em .5em; margin-top: 1.1em; }}
.doc .leaflet-help h2 {{ border: 0; margin-top: .4em; }}
.doc-patient .banner.note {{ border-width: 1px; }}
{_COLUMNS}
@media print {{
  .doc {{ max-width: none; font-size: 11px; }}
  .doc figure.picture svg, .doc figure.picture img {{ max-height: 240mm; }}
  .doc-patient {{ font-size: 17px; line-height: 1.3; }}
  .doc-patient h2 {{ margin-top: .9em; }}
  .doc-patient li {{ margin: .12em 0; }}
  .doc-guide {{ font-size: 15px; }}
  .doc h2, .doc h3, .doc caption {{ break-after: avoid; }}
  .doc tr, .doc li, .doc .banner, .doc figure {{ break-inside: avoid; }}
  .doc .break {{ break-before: page; }}
  .doc nav {{ display: none; }}
}}
"""

PAGED = """
@page { margin: 15mm 16mm 17mm; }
@page { @bottom-left { font: 8px "DejaVu Sans", "Liberation Sans", sans-serif; color: #333; }
        @bottom-right { font: 8px "DejaVu Sans", "Liberation Sans", sans-serif; color: #333; } }
html { color: #000; }
.doc h2 { break-after: avoid; }
.doc .wide { overflow: visible; }
.doc th, .doc td { border-color: #888; }
.doc .soft, .doc .small, .doc .id { opacity: 1; color: #444; }
"""
