"""Writes the second witness of EtsGoldenTest, computed by statsmodels.

Run from the forecast folder on Debian 12 with python3-statsmodels:
    /usr/bin/python3 src/test/golden/ets_statsmodels.py > src/test/resources/io/foreshard/forecast/ets/ets-statsmodels.properties
"""

import sys

import numpy as np
import pandas as pd
import statsmodels
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

HORIZON = 18
SEASON = np.array([9.0, 4, -6, -11, -2, 6])


def row(name, key, values):
    print(f"{name}.{key} = {','.join(repr(float(value)) for value in np.atleast_1d(values))}")


random = np.random.RandomState(20240612)
steps = np.arange(96)
series = (70 + 0.4 * steps) * (1 + np.tile(SEASON, 16) / 40) * (1 + 0.03 * random.standard_normal(96))

print(f"# Computed using statsmodels {statsmodels.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}")
print("# by src/test/golden/ets_statsmodels.py: ETSModel with known initial states and fixed parameters;")
print("# growth (additive errors only): standard deviations of the forecasts over that of step 1.")
row("witness", "series", series)
for error, trend, damped, season in [
    ("add", "add", True, "add"), ("add", None, False, "add"), ("add", "add", False, None), ("mul", None, False, "add"), ("mul", "add", False, "add"),
]:
    names = f"{error}.{'damped' if damped else trend or 'none'}.{season or 'none'}"
    states = SEASON if season == "add" else 1 + SEASON / 40
    model = ETSModel(
        pd.Series(series), error=error, trend=trend, damped_trend=damped, seasonal=season,
        seasonal_periods=6 if season else None, initialization_method="known", initial_level=69.0,
        initial_trend=0.5 if trend else None, initial_seasonal=list(states) if season else None,
    )
    gains = [0.4] + ([0.05] if trend else []) + ([0.3] if season else []) + ([0.95] if damped else [])
    fit = model.smooth(gains)
    row(names, "fitted", fit.fittedvalues)
    row(names, "mean", fit.forecast(HORIZON))
    if error == "add":
        variance = np.asarray(fit.get_prediction(start=96, end=96 + HORIZON - 1).forecast_variance)
        row(names, "growth", np.sqrt(variance / variance[0]))
