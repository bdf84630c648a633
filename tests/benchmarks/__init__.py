"""Budgets, measured: `python -m tests.benchmarks [--json FILE] [NAME ...]`.

Each module here has MEASURES: name -> what measures it and returns a `figure`.
"""


def figure(name: str, value: float, unit: str, *, budget: float, naive: float, yardstick: str) -> dict:
    """One measured budget. `naive` is what the yardstick took, in the same unit: the ratio is `value` to it."""
    return {
        "name": name,
        "value": float(f"{value:.4g}"),
        "unit": unit,
        "budget": budget,
        "ratio": float(f"{value / naive:.3g}"),
        "yardstick": yardstick,
    }
