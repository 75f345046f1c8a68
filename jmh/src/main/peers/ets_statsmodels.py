"""The processor time of a choice among the forms of exponential smoothing with statsmodels, one series after the other.

    python3 ets_statsmodels.py DIR ROWS

DIR holds an `index` (name,period,horizon) and one `<name>.csv` a series. ROWS gets series,cpu_s,form. Statsmodels fits one form at a
time, so the choice is a loop over the forms that R's ets() tries (no multiplicative trend, no multiplicative season with an additive
error), by the corrected criterion of Akaike.
"""

import csv
import os
import sys
import time
import warnings

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

TRENDS = [(None, False), ("add", False), ("add", True)]
ERRORS_AND_SEASONS = [("add", None), ("add", "add"), ("mul", None), ("mul", "add"), ("mul", "mul")]


def fits(y, period):
    for error, season in ERRORS_AND_SEASONS:
        if y.min() <= 0 and "mul" in (error, season):
            continue
        for trend, damped in TRENDS:
            model = ETSModel(
                y, error=error, trend=trend, damped_trend=damped, seasonal=season, seasonal_periods=period if season else None
            )
            yield model.fit(disp=False).aicc, f"{error} {trend} {'damped ' if damped else ''}{season}"


def main(folder, rows):
    warnings.simplefilter("ignore")
    with open(os.path.join(folder, "index")) as f, open(rows, "w") as out:
        out.write("series,cpu_s,form\n")
        for row in csv.DictReader(f):
            y = np.loadtxt(os.path.join(folder, row["name"] + ".csv"))
            start = time.process_time()
            form = min(fits(y, int(row["period"])))[1]
            out.write(f"{row['name']},{time.process_time() - start:.4f},{form}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
