"""Writes the golden values of DampedTrendTest, computed by statsmodels.

Run from the forecast folder on Debian 12 with python3-statsmodels:
    /usr/bin/python3 src/test/golden/damped_trend.py > src/test/resources/io/foreshard/forecast/trend/damped-trend.properties
"""

import sys

import numpy as np
import pandas as pd
import statsmodels
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import Holt

HORIZON = 24


def cases():
    random = np.random.RandomState(20240607)
    steps = np.arange(60)
    yield "noise", 50 + 5 * random.standard_normal(60), 0.3, 0.1, 0.9, 49.0, 0.25
    yield "ramp", 10 + 2.5 * steps + random.standard_normal(60), 0.5, 0.2, 0.98, 8.0, 2.0
    yield "shift", np.where(steps < 30, 1e6, 3e6) + 1e4 * random.standard_normal(60), 0.8, 0.4, 0.85, 1e6, 0.0
    yield "walk", -5 + np.cumsum(random.standard_normal(60)), 1.0, 1.0, 0.8, -5.0, -1.0


def row(name, key, values):
    print(f"{name}.{key} = {','.join(repr(float(value)) for value in np.atleast_1d(values))}")


print(f"# Computed using statsmodels {statsmodels.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}")
print("# by src/test/golden/damped_trend.py: Holt(damped_trend=True) with known initial state and fixed parameters;")
print("# growth: square root of the analytic forecast variance of ETSModel(error='add', trend='add',")
print("# damped_trend=True), over that of step 1.")
for name, series, alpha, beta, phi, level, trend in cases():
    fit = Holt(
        series, damped_trend=True, initialization_method="known", initial_level=level, initial_trend=trend
    ).fit(smoothing_level=alpha, smoothing_trend=beta, damping_trend=phi, optimized=False)
    ets = ETSModel(
        pd.Series(series), error="add", trend="add", damped_trend=True,
        initialization_method="known", initial_level=level, initial_trend=trend,
    ).smooth([alpha, alpha * beta, phi])
    variance = np.asarray(ets.get_prediction(start=60, end=60 + HORIZON - 1).forecast_variance)
    row(name, "alpha", alpha)
    row(name, "beta", beta)
    row(name, "phi", phi)
    row(name, "level0", level)
    row(name, "trend0", trend)
    row(name, "series", series)
    row(name, "fitted", fit.fittedvalues)
    row(name, "forecast", fit.forecast(HORIZON))
    row(name, "growth", np.sqrt(variance / variance[0]))
