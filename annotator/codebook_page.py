"""The codebook as a page to print and to lay beside the screen: contents first, then every code with all that it says."""

from collections.abc import Mapping
from typing import Any

from .codebook import Codebook, ancestors, path_of
from .model import Attribute, Code

LINES = (("use_when", "Use when"), ("not_when", "Not when"), ("boundary", "Boundary"))  # in the order a coder asks
TYPES = {
    "text": "free words",
    "number": "a number",
    "scale": "a scale",
    "one of": "one of",
    "several of": "several of",
    "entity": "an actor, place or body",
}


def page(codebook: Codebook) -> str:
    """One self-contained HTML page. Whatever the codebook says is escaped."""
    from jinja2 import Environment

    codes = {code.id: code for code in codebook.codes}
    attributes = {one.id: one for one in codebook.attributes}
    facts = [f"{sum(code.codable and not code.retired for code in codebook.codes)} codes"]
    facts += [f"version {codebook.version}"] if codebook.version is not None else []
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE).render(
        book=codebook,
        facts=" · ".join(facts),
        attributes=[_attribute(one) for one in codebook.attributes],
        entries=[_entry(codes, attributes, code) for code in codebook.codes],
        style=STYLE,
    )


def _attribute(attribute: Attribute) -> dict[str, Any]:
    labels = attribute.labels or ("",) * len(attribute.choices)
    choices = [f"{choice} {label}".strip() for choice, label in zip(attribute.choices, labels, strict=True)]
    words = TYPES[attribute.type] + (": " + ", ".join(choices) if choices else "")
    return {"name": attribute.name, "takes": words, "definition": attribute.definition}


def _entry(codes: Mapping[str, Code], attributes: Mapping[str, Attribute], code: Code) -> dict[str, Any]:
    above, into = list(ancestors(codes, code)), codes.get(code.merged_into or "")
    return {
        "code": code,
        "depth": len(above),
        "within": path_of(codes, above[0]) if above else "",
        "lines": [(title, words) for field, title in LINES if (words := getattr(code, field))],
        "asked": [(attributes[id].name, id in code.required) for id in code.attributes if id in attributes],
        "crosswalk": [f"{scheme.upper()} {place}" for scheme, place in code.crosswalk.items() if place],
        "into": path_of(codes, into) if into else "",
    }


STYLE = """
:root { --text: #1b1f24; --muted: #5d666f; --rule: #e3e6ea; --edge: #c3c8ce; color-scheme: light; }
* { box-sizing: border-box; }
html { background: #fff; color: var(--text); font: 15px/1.5 "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif; }
body { max-width: 760px; margin: 56px auto 96px; padding: 0 24px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 18px; line-height: 1.35; margin: 48px 0 4px; }
h3 { font-size: 15px; line-height: 24px; margin: 0; display: flex; align-items: center; gap: 8px; }
p { margin: 0; overflow-wrap: anywhere; }
a { color: inherit; text-decoration: none; }
a:hover { text-decoration: underline; }
.muted, dt { color: var(--muted); }
.swatch { flex: none; display: inline-block; width: 12px; height: 12px; border-radius: 3px; }
kbd { flex: none; min-width: 22px; padding: 0 6px; border: 1px solid var(--edge); border-radius: 4px; color: var(--muted);
  font: inherit; font-size: 12px; font-weight: 400; line-height: 18px; text-align: center; }
.fill { flex: 1; }
nav { margin: 32px 0 0; columns: 2; column-gap: 40px; }
nav p { display: flex; align-items: center; gap: 8px; line-height: 24px; break-inside: avoid; }
nav .family { font-weight: 700; margin-top: 8px; break-after: avoid; }
article { margin: 16px 0 0; padding: 16px 0 0; border-top: 1px solid var(--rule); }
article > p { margin: 4px 0 8px; }
dl { display: grid; grid-template-columns: 88px 1fr; gap: 4px 16px; margin: 8px 0 0; font-size: 13.5px; }
dd { margin: 0; overflow-wrap: anywhere; }
dd p + p { margin-top: 2px; }
.retired h3 { color: var(--muted); }
@page { size: A4; margin: 20mm 20mm 22mm; @bottom-right { content: counter(page); font: 8pt "Noto Sans", sans-serif; } }
@media print {
  html { font-size: 9.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { max-width: none; margin: 0; padding: 0; }
  h1 { font-size: 18pt; } h2 { font-size: 12pt; margin-top: 9mm; } h3 { font-size: 10pt; }
  dl { font-size: 9pt; }
  h2, h2 + p { break-after: avoid; }
  article { break-inside: avoid; margin-top: 3mm; padding-top: 3mm; }
  .contents { break-after: page; }
}
"""

TEMPLATE = """<!DOCTYPE html>
<html{% if book.language %} lang="{{ book.language }}"{% endif %}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ book.name }}</title>
<style>{{ style | safe }}</style>
</head>
<body>
{% macro swatch(code) %}<span class="swatch" style="background: {{ code.colour[0] }}"></span>{% endmacro %}
<header class="contents">
<h1 dir="auto">{{ book.name }}</h1>
<p class="muted">{{ facts }}</p>
{% if book.note %}<p dir="auto">{{ book.note }}</p>{% endif %}
<nav>
{% for e in entries %}
<p{% if not e.code.codable %} class="family"{% endif %} style="padding-left: {{ [e.depth - 1, 0] | max * 16 }}px">
{% if e.code.codable %}{{ swatch(e.code) }}{% endif %}
<a class="fill" dir="auto" href="#{{ e.code.id }}">{{ e.code.name }}</a>
{% if e.code.key and not e.code.retired %}<kbd>{{ e.code.key }}</kbd>{% endif %}
</p>
{% endfor %}
{% if attributes %}<p class="family"><a href="#attributes">Attributes</a></p>{% endif %}
</nav>
</header>
<main>
{% for e in entries %}
{% if not e.code.codable %}
<section id="{{ e.code.id }}">
<h2 dir="auto">{{ e.code.name }}</h2>
{% if e.code.definition %}<p class="muted" dir="auto">{{ e.code.definition }}</p>{% endif %}
</section>
{% else %}
<article id="{{ e.code.id }}"{% if e.code.retired %} class="retired"{% endif %}>
<h3>{{ swatch(e.code) }}<span class="fill" dir="auto">{{ e.code.name }}{% if e.code.retired %} (retired){% endif %}</span>
{% if e.code.key and not e.code.retired %}<kbd>{{ e.code.key }}</kbd>{% endif %}</h3>
{% if e.code.definition %}<p dir="auto">{{ e.code.definition }}</p>{% endif %}
<dl>
{% if e.depth > 1 %}<dt>Within</dt><dd dir="auto">{{ e.within }}</dd>{% endif %}
{% if e.into %}<dt>Merged into</dt><dd dir="auto">{{ e.into }}</dd>{% endif %}
{% for title, words in e.lines %}
<dt>{{ title }}</dt><dd dir="auto">{{ words }}</dd>
{% endfor %}
{% if e.code.examples %}
<dt>Examples</dt><dd>{% for one in e.code.examples %}<p dir="auto">“{{ one }}”</p>{% endfor %}</dd>
{% endif %}
{% if e.asked %}
<dt>Attributes</dt><dd>{% for name, required in e.asked -%}
{{ name }}{% if required %} (required){% endif %}{% if not loop.last %}, {% endif %}
{%- endfor %}</dd>
{% endif %}
{% if e.crosswalk %}<dt>Compare</dt><dd>{{ e.crosswalk | join(" · ") }}</dd>{% endif %}
</dl>
</article>
{% endif %}
{% endfor %}
{% if attributes %}
<section id="attributes"><h2>Attributes</h2></section>
{% for one in attributes %}
<article>
<h3 dir="auto">{{ one.name }}</h3>
{% if one.definition %}<p dir="auto">{{ one.definition }}</p>{% endif %}
<dl><dt>Takes</dt><dd dir="auto">{{ one.takes }}</dd></dl>
</article>
{% endfor %}
{% endif %}
</main>
</body>
</html>
"""
