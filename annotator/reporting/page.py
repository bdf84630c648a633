"""A report as a web page. It needs nothing else: no script, no font, no picture from elsewhere; it prints on A4."""

import base64
from pathlib import Path

from annotator.reporting.blocks import Report, kind

TEMPLATE = Path(__file__).with_name("page.html.j2")
COLOURS = {"text": "#1b1f24", "muted": "#5c646d", "rule": "#d9dde2"}


def page(report: Report) -> str:
    """The whole page."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(report=report, kind=kind, colours=COLOURS, encoded=_encoded)


def _encoded(svg: str) -> str:
    return base64.b64encode(svg.encode()).decode()
