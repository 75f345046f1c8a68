"""Online intervals around an adaptive autoregression: six methods, one step and 24 steps ahead, nominal 95 %.

    python3 conformal_online.py DIR SCORES [--series a,b] [--horizons 1,24]

DIR holds an `index` (name,period) and one `<name>.csv` a series: one value a line on a regular grid, NaN where there is no
sample. SCORES gets series,horizon,method,coverage,worst200,interval_score,naive_error,mae,n,cpu_s, scored on the second half in time.

The forecast: recursive least squares with forgetting on 12 lags, a constant and, where the series is long enough, the lags of a day
and a week; iterated for 24 steps and held within the range of the past, widened by half, as it would explode otherwise. Where it erred
half as much again as the last value on the first half, the last value is the forecast. A residual counts once its sample is there.
The methods: Gaussian with the mean square of all residuals; Gaussian with exponentially weighted mean square (.03); split conformal
over the newest 500 absolute residuals; adaptive conformal inference (Gibbs and Candes 2021, g = .01) over the same; the quantile
tracker (Angelopoulos, Candes and Tibshirani 2023), step relative to the range of the newest scores; the same for each side alone.
"""

import argparse
import bisect
import csv
import os
import time

import numpy as np

LEVEL = 0.05
Z = 1.959963984540054
WINDOW = 500
LAGS = 12
FORGETTING = 0.9995
TRACKER_STEP = 0.02
WARM_UP = 50
GIVE_UP = 1.5


def coefficients(y, lags, forgetting):
    """Recursive least squares; row t: what is known after sample t."""
    n, k = len(y), len(lags) + 1
    first = max(lags)
    filled = y.copy()
    w, p = np.zeros(k), np.eye(k) * 1e3
    w[1] = 1.0
    all_w = np.zeros((n, k))
    all_w[:first] = w
    back = np.array(lags)
    x = np.ones(k)
    for t in range(n):
        if t < first:
            if np.isnan(filled[t]):
                filled[t] = filled[t - 1] if t else 0.0
            continue
        x[1:] = filled[t - back]
        forecast = w @ x
        if np.isnan(filled[t]):
            filled[t] = forecast
        else:
            px = p @ x
            gain = px / (forgetting + x @ px)
            w = w + gain * (filled[t] - forecast)
            p = (p - np.outer(gain, px)) / forgetting
            p = (p + p.T) / 2
            trace = np.trace(p)
            if trace > 1e6 * k:
                p *= 1e6 * k / trace
        all_w[t] = w
    return filled, all_w


def forecasts(y, lags, forgetting, horizon):
    """Forecast of sample t + horizon made at t, for all t at once."""
    scale = np.nanmean(np.abs(y[: max(lags)])) or np.nanstd(y[: len(y) // 2]) or 1.0
    filled, w = coefficients(y / scale, lags, forgetting)
    n = len(y)
    low, high = np.minimum.accumulate(filled), np.maximum.accumulate(filled)
    room = (high - low) / 2
    ahead = np.zeros((n, horizon))
    for step in range(horizon):
        value = w[:, 0].copy()
        for j, lag in enumerate(lags):
            known = step - lag
            if known < 0:
                value += w[:, j + 1] * np.concatenate([np.full(min(n, -known - 1), filled[0]), filled[: n + known + 1]])
            else:
                value += w[:, j + 1] * ahead[:, known]
        ahead[:, step] = np.clip(value, low - room, high + room)
    return ahead[:, horizon - 1] * scale


def last_values(y):
    at = np.maximum.accumulate(np.where(np.isnan(y), 0, np.arange(len(y))))
    return y[at]


def error_on_first_half(y, h, forecast, start):
    half = len(y) // 2
    return np.nanmean(np.abs(y[start + h : half] - forecast[start : half - h]))


def delayed(value, h):
    """What was known when the forecast of each target was made."""
    return np.concatenate([np.full(h, value[0]), value[:-h]])


def gauss_all(r, h):
    mean_square = np.cumsum(r**2) / np.arange(1, len(r) + 1)
    width = Z * np.sqrt(delayed(mean_square, h))
    return -width, width


def gauss_ewma(r, h, weight=0.03):
    square = np.empty(len(r))
    s = np.mean(r[:WARM_UP] ** 2)
    for i, e in enumerate(r):
        s += weight * (e * e - s)
        square[i] = s
    width = Z * np.sqrt(delayed(square, h))
    return -width, width


class Newest:
    """The newest scores, in order of size."""

    def __init__(self):
        self.queue, self.sorted = [], []

    def add(self, score):
        self.queue.append(score)
        bisect.insort(self.sorted, score)
        if len(self.queue) > WINDOW:
            old = self.queue.pop(0)
            del self.sorted[bisect.bisect_left(self.sorted, old)]

    def quantile(self, level):
        """The conformal quantile; the largest score where the sample is too small for the level."""
        n = len(self.sorted)
        if n == 0:
            return 0.0
        rank = int(np.ceil((n + 1) * level))
        return self.sorted[min(max(rank, 1), n) - 1]

    def range(self):
        return self.sorted[-1] - self.sorted[0] if self.sorted else 0.0


def split(r, h):
    newest, width = Newest(), np.empty(len(r))
    for i in range(len(r)):
        if i >= h:
            newest.add(abs(r[i - h]))
        width[i] = newest.quantile(1 - LEVEL)
    return -width, width


def adaptive(r, h, gamma=0.01):
    newest, width, alpha = Newest(), np.empty(len(r)), LEVEL
    for i in range(len(r)):
        if i >= h:
            score = abs(r[i - h])
            alpha += gamma * (LEVEL - (score > width[i - h]))
            newest.add(score)
        width[i] = newest.quantile(1 - alpha)
    return -width, width


def track(scores, h, level, step):
    """Quantile tracking: up by (1 - level) after a miss, down by level after a hit, in units of the range of newest scores."""
    newest, bound = Newest(), np.empty(len(scores))
    q = np.quantile(scores[:WARM_UP], 1 - level)
    for i in range(len(scores)):
        if i >= h:
            newest.add(scores[i - h])
            q += step * newest.range() * ((scores[i - h] > bound[i - h]) - level)
        bound[i] = q
    return bound


def tracker(r, h, step=TRACKER_STEP):
    width = track(np.abs(r), h, LEVEL, step)
    return -width, width


def tracker_sides(r, h, step=TRACKER_STEP):
    return -track(-r, h, LEVEL / 2, step), track(r, h, LEVEL / 2, step)


METHODS = {
    "gauss-all": gauss_all,
    "gauss-ewma": gauss_ewma,
    "split-500": split,
    "aci-0.01": adaptive,
    "tracker": tracker,
    "tracker-sides": tracker_sides,
}


def score(y, forecast, low, high):
    inside = (y >= low) & (y <= high)
    miss = np.maximum(low - y, 0) + np.maximum(y - high, 0)
    window = np.convolve(inside, np.ones(200), "valid") / 200 if len(y) >= 200 else inside.mean(keepdims=True)
    return inside.mean(), window.min(), np.mean(high - low + 2 / LEVEL * miss)


def run(y, period, h):
    seasonal = (period, period + 1, 7 * period, 7 * period + 1)
    lags = list(range(1, LAGS + 1)) + [lag for lag in seasonal if lag < len(y) // 4]
    forecast = forecasts(y, lags, FORGETTING, h)
    if error_on_first_half(y, h, forecast, max(lags)) > GIVE_UP * error_on_first_half(y, h, last_values(y), max(lags)):
        forecast = last_values(y)
    at = np.arange(max(lags) + h, len(y))
    at = at[~np.isnan(y[at])]
    truth, expected = y[at], forecast[at - h]
    half = at >= len(y) // 2
    r = truth - expected
    naive = np.nanmean(np.abs(y[at[half]] - y[at[half] - h]))
    rows = []
    for name, method in METHODS.items():
        low, high = method(r, h)
        coverage, worst, mean_score = score(truth[half], expected[half], expected[half] + low[half], expected[half] + high[half])
        rows.append((name, coverage, worst, mean_score, naive, np.abs(r[half]).mean(), half.sum()))
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("scores")
    parser.add_argument("--series")
    parser.add_argument("--horizons", default="1,24")
    given = parser.parse_args()
    with open(os.path.join(given.directory, "index")) as f:
        index = [(row["name"], int(row["period"])) for row in csv.DictReader(f)]
    wanted = given.series.split(",") if given.series else [name for name, _ in index]
    with open(given.scores, "w") as out:
        out.write("series,horizon,method,coverage,worst200,interval_score,naive_error,mae,n,cpu_s\n")
        for name, period in index:
            if name not in wanted:
                continue
            y = np.loadtxt(os.path.join(given.directory, name + ".csv"))
            for h in map(int, given.horizons.split(",")):
                start = time.process_time()
                rows = run(y, period, h)
                spent = time.process_time() - start
                for row in rows:
                    out.write("%s,%d,%s,%.5f,%.4f,%.8g,%.8g,%.8g,%d,%.2f\n" % ((name, h) + row + (spent,)))
                out.flush()


if __name__ == "__main__":
    main()
