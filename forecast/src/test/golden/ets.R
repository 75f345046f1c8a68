# Writes the golden values of EtsGoldenTest, computed by R forecast.
#
# Run from the forecast folder on Debian 12 with r-cran-forecast:
#     Rscript src/test/golden/ets.R > src/test/resources/io/foreshard/forecast/ets/ets.properties

suppressMessages(library(forecast))
set.seed(20240611)
options(digits = 17)
horizon <- 18
steps <- 1:120
season <- rep(c(9, 4, -6, -11, -2, 6), 20)

series <- list(
  walk = ts(50 + cumsum(rnorm(120))),
  ramp = ts(20 + 0.8 * steps + rnorm(120, sd = 2)),
  relative = ts(40 * exp(0.004 * steps) * (1 + rnorm(120, sd = 0.06))),
  seasonal = ts(100 + 0.3 * steps + season + rnorm(120, sd = 3), frequency = 6),
  drifting = ts(80 + cumsum(rnorm(120, sd = 0.7)) + season + rnorm(120), frequency = 6),
  factors = ts((60 + 0.5 * steps) * (1 + season / 30) * (1 + rnorm(120, sd = 0.04)), frequency = 6),
  mixed = ts((90 + cumsum(rnorm(120))) * (1 + season / 40) * (1 + rnorm(120, sd = 0.03)), frequency = 6))

row <- function(name, key, values)
  cat(sprintf("%s.%s = %s\n", name, key, paste(format(as.numeric(values), digits = 17, trim = TRUE), collapse = ",")))

cat(sprintf("# Computed using R %s.%s, forecast %s, by src/test/golden/ets.R: ets() of each form on generated series;\n",
  R.version$major, R.version$minor, packageVersion("forecast")))
cat("# fit: alpha, beta, gamma, phi, level, trend, sigma, log-likelihood, AICc; season: of the first step first;\n")
cat("# upper: of the 80 % intervals, then of the 95 % intervals, over the mean.\n")
cat("# mean: the point forecasts; for damped trends with multiplicative seasons the exact means, which differ a little.\n")
for (name in names(series)) {
  y <- series[[name]]
  row(name, "series", y)
  automatic <- ets(y)
  row(name, "best", automatic$aicc)
  for (error in c("A", "M")) for (trend in c("N", "A", "Ad")) for (kind in if (frequency(y) > 1) c("N", "A", "M") else "N") {
    if (error == "A" && kind == "M") next
    key <- paste0(name, ".", error, ".", trend, ".", kind)
    fit <- try(ets(y, model = paste0(error, substr(trend, 1, 1), kind), damped = trend == "Ad"), silent = TRUE)
    if (inherits(fit, "try-error")) next
    value <- function(parameter, default) ifelse(parameter %in% names(fit$par), fit$par[parameter], default)
    state <- as.numeric(fit$states[1, ])
    row(key, "fit", c(value("alpha", 0), value("beta", 0), value("gamma", 0), value("phi", 1), state[1],
      if (trend == "N") 0 else state[2], sqrt(fit$sigma2), fit$loglik, fit$aicc))
    if (kind != "N") row(key, "season", rev(tail(state, frequency(y))))
    future <- forecast(fit, h = horizon, level = c(80, 95))
    # forecast() gives the exact mean of a multiplicative season; the recursion gives the point forecast, but damps wrongly.
    pointwise <- kind == "M" && trend != "Ad"
    point <- if (pointwise) forecast:::pegelsfcast.C(horizon, fit, npaths = 2, level = 90, bootstrap = FALSE)$mu
    row(key, "mean", if (pointwise) point else future$mean)
    row(key, "upper", c(future$upper[, 1] - future$mean, future$upper[, 2] - future$mean))
  }
}
