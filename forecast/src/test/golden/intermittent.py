"""Writes the golden values of SBA and TSB by their published recursions, in exact rational arithmetic.

Run from the forecast folder with Python 3.9 or newer:
    python3 src/test/golden/intermittent.py > src/test/resources/io/foreshard/forecast/intermittent/intermittent.properties

Sources: Syntetos and Boylan, The accuracy of intermittent demand estimates, 2005, equation 5; Teunter, Syntetos and Babai,
Intermittent demand: linking forecasting to inventory obsolescence, 2011, section 3. The means of the samples so far start TSB.
"""

import sys
from fractions import Fraction

SERIES = [0, 0, 3, 0, 0, 0, 0, 5, 1, 0, 0, 0, 0, 0, 0, 9, 0, 2, 0, 0, 0, 0, 0, 4, 0, 0, 0, 7, 0, 0]


def sba(series, alpha):
    size = interval = None
    since = 0
    for demand in series:
        since += 1
        if demand > 0:
            size = Fraction(demand) if size is None else alpha * demand + (1 - alpha) * size
            interval = Fraction(since) if interval is None else alpha * since + (1 - alpha) * interval
            since = 0
        yield Fraction(0) if size is None else (1 - alpha / 2) * size / interval


def smooth(values, gain):
    """Plain means until the gain is above one over their number, then exponential smoothing."""
    state = Fraction(0)
    for count, value in enumerate(values, start=1):
        share = max(gain, Fraction(1, count))
        state = share * value + (1 - share) * state
    return state


def tsb(series, alpha, beta):
    for length in range(1, len(series) + 1):
        seen = series[:length]
        yield smooth([int(demand > 0) for demand in seen], beta) * smooth([demand for demand in seen if demand > 0], alpha)


def row(key, values):
    print(f"{key} = {','.join(repr(float(value)) for value in values)}")


print(f"# Computed using Python {sys.version.split()[0]} by src/test/golden/intermittent.py: forecasts after each sample.")
row("series", SERIES)
row("sba.1", sba(SERIES, Fraction(1, 10)))
row("sba.4", sba(SERIES, Fraction(4, 10)))
row("tsb.1", tsb(SERIES, Fraction(1, 10), Fraction(1, 10)))
row("tsb.4", tsb(SERIES, Fraction(4, 10), Fraction(5, 100)))
