"""Writes the golden values of ArimaGapTest: likelihoods and filters with missing samples, computed by statsmodels.

Run from the forecast folder on Debian 12 with python3-statsmodels:
    /usr/bin/python3 src/test/golden/arima_gaps.py > src/test/resources/io/foreshard/forecast/arima/arima-gaps.properties
"""

import sys

import numpy as np
import statsmodels
from statsmodels.tsa.statespace.sarimax import SARIMAX

HORIZON = 12


def cases():
    yield "arma", [0.7, -0.2], 0, [0.4], 5.0, 80, [10, 11, 12, 30, 32, 79]
    yield "ar", [0.5, 0.1, -0.3, 0.2, 0.1], 0, [], 0.0, 60, [0, 1, 20, 40, 41, 42, 43, 44, 45, 46]
    yield "ma", [], 0, [0.5, -0.2, 0.1, 0.3, -0.25], -3.0, 60, [7, 8, 9, 10, 11, 12, 13, 30, 59]
    yield "walk", [0.6], 1, [-0.3], 0.25, 90, [5, 6, 7, 50, 52, 88, 89]
    yield "level", [], 1, [-0.8], 0.0, 70, [20, 21, 22, 23, 24, 25, 26, 27, 28, 29]
    yield "trend", [0.4], 2, [-0.6, 0.2], 0.0, 90, [10, 30, 31, 33, 60, 61, 62, 63, 89]
    yield "complete", [0.4, 0.2], 2, [-0.9], 0.0, 60, []


def row(name, key, values):
    print(f"{name}.{key} = {','.join(repr(float(value)) for value in np.atleast_1d(values))}")


def simulated(random, ar, d, ma, constant, length):
    noise = random.standard_normal(length + 100)
    series = np.zeros(length + 100)
    for t in range(5, length + 100):
        series[t] = noise[t]
        series[t] += sum(phi * series[t - 1 - i] for i, phi in enumerate(ar))
        series[t] += sum(theta * noise[t - 1 - j] for j, theta in enumerate(ma))
    series = series[100:] + constant
    for _ in range(d):
        series = np.cumsum(series)
    return series


def main():
    print(f"# statsmodels {statsmodels.__version__}; written by src/test/golden/arima_gaps.py")
    random = np.random.RandomState(20240611)
    for name, ar, d, ma, constant, length, missing in cases():
        series = simulated(random, ar, d, ma, constant, length)
        series[missing] = np.nan
        # The mean or drift is taken out beforehand: as a regressor it would only add the same line again.
        line = constant * (np.ones(length) if d == 0 else np.arange(length)) if d < 2 else np.zeros(length)
        model = SARIMAX(series - line, order=(len(ar), d, len(ma)), use_exact_diffuse=d > 0)
        result = model.filter(np.r_[ar, ma, 1.0])
        filtered = result.filter_results
        ahead = result.get_forecast(HORIZON)
        steps = length + np.arange(HORIZON)
        row(name, "series", series)
        row(name, "order", [len(ar), d, len(ma)])
        row(name, "ar", ar)
        row(name, "ma", ma)
        row(name, "constant", constant)
        row(name, "expected", filtered.forecasts[0] + line)
        row(name, "variance", filtered.forecasts_error_cov[0, 0])
        row(name, "loglik", filtered.llf_obs[d:].sum())
        row(name, "forecast", ahead.predicted_mean + (constant if d == 0 else constant * steps if d == 1 else 0))
        row(name, "se", ahead.se_mean[0])


if __name__ == "__main__":
    sys.exit(main())
