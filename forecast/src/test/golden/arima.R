# Writes the golden values of ArimaGoldenTest, computed by R's stats::arima and forecast::auto.arima.
#
# Run from the forecast folder on Debian 12 with r-base-core 4.2.2 and r-cran-forecast 8.20:
#     Rscript src/test/golden/arima.R > src/test/resources/io/foreshard/forecast/arima/arima.properties
suppressPackageStartupMessages(library(forecast))

HORIZON <- 24

row <- function(name, key, values) {
  cat(name, ".", key, " = ", paste(format(as.numeric(values), digits = 17, trim = TRUE), collapse = ","), "\n", sep = "")
}

# The likelihood is that of the differenced series: R's own for d > 0 rests on a diffuse start and differs in the sixth digit.
case <- function(name, series, order, constant = FALSE) {
  series <- as.numeric(series)
  control <- list(reltol = 1e-13, maxit = 2000)
  regressor <- if (constant && order[2] == 1) seq_along(series) else NULL
  fit <- if (is.null(regressor)) {
    arima(series, order, include.mean = constant && order[2] == 0, method = "ML", optim.control = control)
  } else {
    arima(series, order, xreg = regressor, method = "ML", optim.control = control)
  }
  ahead <- predict(fit, HORIZON, newxreg = if (is.null(regressor)) NULL else length(series) + seq_len(HORIZON))
  p <- order[1]; q <- order[3]
  coefficients <- coef(fit)
  row(name, "series", series)
  row(name, "order", order)
  row(name, "constant", if (constant) coefficients[p + q + 1] else numeric(0))
  row(name, "ar", head(coefficients, p))
  row(name, "ma", coefficients[p + seq_len(q)])
  row(name, "sigma2", fit$sigma2)
  if (!anyNA(series)) {
    stationary <- arima(diff_of(series, order[2]), c(p, 0, q), include.mean = constant, method = "ML", fixed = coefficients,
      transform.pars = FALSE)
    row(name, "loglik", stationary$loglik)
  } else if (order[2] == 0) {
    row(name, "loglik", fit$loglik)
  }
  row(name, "forecast", ahead$pred)
  row(name, "se", ahead$se)
}

diff_of <- function(series, d) if (d == 0) series else diff(series, differences = d)

automatic <- function(name, series) {
  fit <- auto.arima(as.numeric(series), seasonal = FALSE, approximation = FALSE)
  row(name, "auto.order", arimaorder(fit))
  row(name, "auto.aicc", fit$aicc)
  row(name, "auto.constant", as.integer(any(c("intercept", "drift") %in% names(coef(fit)))))
}

cat("# R ", R.version$major, ".", R.version$minor, ", forecast ", as.character(packageVersion("forecast")),
  "; written by src/test/golden/arima.R\n", sep = "")

set.seed(20240611)
case("lh", lh, c(1, 0, 1), TRUE)
case("huron", LakeHuron, c(2, 0, 0), TRUE)
case("nile", Nile, c(0, 1, 1))
case("nileDrift", Nile, c(1, 1, 1), TRUE)
case("www", WWWusage, c(3, 1, 0))
case("www2", WWWusage, c(0, 2, 2))
case("sales", BJsales, c(1, 1, 1))
case("sunspots", sqrt(sunspot.year), c(3, 0, 1), TRUE)
case("zeroMean", arima.sim(list(ar = c(.6, -.5), ma = c(.5, .7)), 500), c(2, 0, 2))
case("movingAverage", 100 + arima.sim(list(ma = c(-.4, .3, .2, .1, -.3)), 400), c(0, 0, 5), TRUE)
case("presidents", presidents, c(3, 0, 0), TRUE)
gaps <- cumsum(0.3 + arima.sim(list(ar = .5, ma = .4), 200))
gaps[c(20, 41:45, 100, 102, 150:170)] <- NA
case("gaps", gaps, c(1, 1, 1), TRUE)
for (name in c("lh", "LakeHuron", "Nile", "WWWusage", "BJsales", "uspop", "discoveries", "nhtemp", "lynx")) {
  automatic(name, get(name))
  row(name, "series", as.numeric(get(name)))
}
