# Writes the golden values of StlGoldenTest and DecompositionFitterTest, computed by R and its package forecast.
#
# Run from the forecast folder on Debian 12 with r-cran-forecast:
#     Rscript src/test/golden/stl.R > src/test/resources/io/foreshard/forecast/decomposition/stl.properties

suppressMessages(library(forecast))

line <- function(name, key, values)
  cat(name, ".", key, " = ", paste(format(values, digits = 15, trim = TRUE), collapse = ","), "\n", sep = "")

series <- function(n, periods, heights, noise, outliers = 0) {
  t <- seq_len(n)
  y <- 100 + 0.05 * t + cumsum(rnorm(n, sd = noise / 5)) + rnorm(n, sd = noise)
  for (i in seq_along(periods))
    y <- y + (heights[i] + t / n) * sin(2 * pi * t / periods[i]) + heights[i] / 3 * cos(4 * pi * t / periods[i] + 1)
  at <- sample(n, outliers)
  y[at] <- y[at] + 50
  round(y, 4)
}

# The robust cases have odd lengths: for even ones stl of R 4.2.2 takes now and then another value than the median of the
# remainders (6 times the median 3.302 came out as 3.627), for odd ones it equals the paper and statsmodels.

# Every third step, and all of the last cycle, is enough to see a difference.
kept <- function(n) unique(c(seq(1, n, by = 3), n - 11:0))

stl_case <- function(name, y, period, ...) {
  fit <- stl(ts(y, frequency = period), ...)$time.series
  at <- kept(length(y))
  line(name, "series", y)
  line(name, "steps", at - 1)
  line(name, "seasonal", fit[at, "seasonal"])
  line(name, "trend", fit[at, "trend"])
  line(name, "remainder", fit[at, "remainder"])
}

cat("# Computed using R", paste(R.version$major, R.version$minor, sep = "."), "and forecast",
    format(packageVersion("forecast")), "by src/test/golden/stl.R;\n# steps: those at which the parts are given.\n")
set.seed(20240611)
stl_case("default", series(200, 24, 10, 2), 24, s.window = 11)
stl_case("periodic", series(131, 12, 10, 2), 12, s.window = "periodic")
stl_case("robust", series(151, 7, 8, 1, outliers = 9), 7, s.window = 7, t.window = 21, robust = TRUE)
stl_case("everyPoint", series(100, 10, 5, 1), 10, s.window = 9, s.degree = 1, t.degree = 0, l.degree = 0,
         t.window = 17, l.window = 13, s.jump = 1, t.jump = 1, l.jump = 1)
stl_case("longWindow", series(51, 24, 5, 1), 24, s.window = 35, inner = 3, outer = 2)

y <- msts(series(421, c(24, 168), c(10, 6), 1), seasonal.periods = c(24, 168))
fit <- mstl(y)
at <- kept(length(y))
line("mstl", "series", y)
line("mstl", "steps", at - 1)
line("mstl", "seasonal24", fit[at, "Seasonal24"])
line("mstl", "seasonal168", fit[at, "Seasonal168"])
line("mstl", "trend", fit[at, "Trend"])
line("mstl", "remainder", fit[at, "Remainder"])
robust <- mstl(y, s.window = 13, robust = TRUE, iterate = 3)
line("mstl", "robustTrend", robust[at, "Trend"])
line("mstl", "robustSeasonal168", robust[at, "Seasonal168"])
line("mstl", "naive", forecast(fit, method = "naive", h = 200)$mean)
drift <- forecast(fit, method = "rwdrift", h = 200)
line("mstl", "drift", drift$mean)
line("mstl", "driftResiduals", drift$residuals[-1])
line("mstl", "strength24", 1 - var(fit[, "Remainder"]) / var(fit[, "Remainder"] + fit[, "Seasonal24"]))
line("mstl", "trendStrength", 1 - var(fit[, "Remainder"]) / var(fit[, "Remainder"] + fit[, "Trend"]))
day <- ts(y, frequency = 24)
line("mstl", "heuristic", forecast:::seas.heuristic(day))
