"""Writes the golden values of ThetaGoldenTest: the dynamic optimised and the optimised Theta model, and statsmodels' Theta model.

The first two are written down here from the equations of Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler, "Models for optimising
the theta method and their relationship to state space models" (International Journal of Forecasting 32, 2016), over plain lists, and
fitted by Nelder-Mead from several starts over the initial level, alpha and theta, so that nothing is shared with the code under test.
The first two errors, before the trend line exists, do not count; the initial level, which a large alpha leaves all but undetermined,
is held near the mean over theta, within twice the largest distance of a sample from the mean.

Run from the forecast folder on Debian 12 with python3-statsmodels:
    /usr/bin/python3 src/test/golden/theta.py > src/test/resources/io/foreshard/forecast/theta/theta.properties
"""

import warnings

import numpy as np
import scipy
import statsmodels
from scipy.optimize import minimize
from statsmodels.tsa.forecasting.theta import ThetaModel

HORIZON = 12


def run(series, level, alpha, theta, dynamic, horizon):
    """The one-step means of the series, then the forecasts."""
    steps = np.arange(1, len(series) + 1)
    slope, intercept = (0.0, 0.0) if dynamic else np.polyfit(steps, series, 1)
    mean, means, values = 0.0, [], list(series)
    for t in range(1, len(series) + horizon + 1):
        remains = (1 - alpha) ** (t - 1)
        mu = level + (1 - 1 / theta) * (remains * intercept + (1 - (1 - alpha) ** t) / alpha * slope)
        means.append(mu)
        if t > len(series):
            values.append(mu)
        y = values[t - 1]
        level = alpha * y + (1 - alpha) * level
        if dynamic:
            slope = 0.0 if t == 1 else ((t - 2) * slope + 6 / t * (y - mean)) / (t + 1)
            mean = ((t - 1) * mean + y) / t
            intercept = mean - slope * (t + 1) / 2
    return means


def loss(parameters, series, dynamic):
    level, alpha, theta = parameters
    mean = np.mean(series)
    near = abs(level - mean / theta) <= 2 * np.max(np.abs(series - mean))
    if not (0.1 <= alpha <= 0.99 and 1 <= theta <= 1e10 and near):
        return 1e300
    means = run(series, level, alpha, theta, dynamic, 0)
    return sum((y - mu) ** 2 for y, mu in zip(series[2:], means[2:]))


def fit(series, dynamic):
    best = None
    for alpha in (0.15, 0.5, 0.85):
        for theta in (1.3, 2, 6):
            point = np.array([series[0] / theta, alpha, theta])
            for _ in range(4):
                result = minimize(loss, point, (series, dynamic), "Nelder-Mead",
                                  options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000})
                point = result.x
            best = result if best is None or result.fun < best.fun else best
    return best


def write(key, values):
    print(f"{key} = " + ",".join(repr(float(value)) for value in np.atleast_1d(values)))


print(f"# Computed using scipy {scipy.__version__} from the equations of the paper, and statsmodels {statsmodels.__version__},")
print("# by src/test/golden/theta.py")
random = np.random.RandomState(20240613)
steps = np.arange(50)
cases = {
    "ramp": 20 + 1.5 * steps + 3 * random.standard_normal(50),
    "walk": 100 + np.cumsum(0.4 + random.standard_normal(50)),
    "bend": 10 + 0.02 * steps**2 + random.standard_normal(50),
}
for name, series in cases.items():
    series = np.round(series, 3)
    write(f"{name}.series", series)
    for form, dynamic in (("optimised", False), ("dynamic", True)):
        found = fit(list(series), dynamic)
        level, alpha, theta = found.x
        means = run(list(series), level, alpha, theta, dynamic, HORIZON)
        write(f"{name}.{form}.parameters", found.x)
        write(f"{name}.{form}.loss", found.fun)
        write(f"{name}.{form}.means", means)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = ThetaModel(series, deseasonalize=False).fit(use_mle=False)
    write(f"{name}.statsmodels.parameters", theirs.params)
    write(f"{name}.statsmodels.forecast", theirs.forecast(HORIZON, theta=2))
