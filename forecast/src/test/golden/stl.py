"""Writes the golden values of StlGoldenTest that statsmodels computes, as a second witness.

Run from the forecast folder on Debian 12 with python3-statsmodels:
    /usr/bin/python3 src/test/golden/stl.py > src/test/resources/io/foreshard/forecast/decomposition/stl-statsmodels.properties
"""

import numpy as np
import statsmodels
from statsmodels.tsa.seasonal import STL

print(f"# Computed using statsmodels {statsmodels.__version__} by src/test/golden/stl.py")
random = np.random.RandomState(20240611)
steps = np.arange(180)
for name, robust, jumps in (("plain", False, (1, 1, 1)), ("robust", True, (2, 3, 2))):
    series = 50 + 0.1 * steps + 8 * np.sin(2 * np.pi * steps / 14) + random.standard_normal(180)
    series[random.randint(0, 180, 5)] += 30
    series = np.round(series, 4)
    fit = STL(series, period=14, seasonal=13, trend=27, low_pass=15, seasonal_deg=1, trend_deg=1, low_pass_deg=1,
              robust=robust, seasonal_jump=jumps[0], trend_jump=jumps[1], low_pass_jump=jumps[2]).fit(
                  inner_iter=2, outer_iter=5 if robust else 0)
    for key, values in (("series", series), ("seasonal", fit.seasonal[::3]), ("trend", fit.trend[::3])):
        print(f"{name}.{key} = " + ",".join(repr(float(value)) for value in values))
